import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { t } from '../../../i18n/words.ts'
import { Avatar, Icon, Time } from '../../../ui/parts.tsx'
import { Name } from '../../../ui/name.tsx'
import { reasonOf } from './words.ts'

/**
 * What a post quotes, on a page that everybody may read. The server gives strangers only what they may see; for the rest
 * there is a line. `body` draws the words of the quoted post.
 */
export function PublicQuote({ status, body }: { status: Status; body: (quoted: Status) => ComponentChildren }) {
  const { quote } = status
  if (!quote || !('quoted_status' in quote)) return null
  const quoted = quote.quoted_status
  if (!quoted)
    return (
      <p class="quote quote-none">
        <Icon name="quote" />
        {reasonOf(quote.state === 'accepted' ? 'unauthorized' : quote.state)}
      </p>
    )
  const { account } = quoted
  const name = <Name account={account} />
  return (
    <blockquote class="quote" cite={quoted.url ?? quoted.uri}>
      <div class="quote-head">
        <Avatar src={account.avatar} size={24} />
        <a class="card-name" href={account.url}>
          {name}
        </a>
        <span class="card-handle">@{account.acct}</span>
        <a class="card-time" href={quoted.url ?? quoted.uri}>
          <Time at={quoted.created_at} short />
        </a>
      </div>
      {body(quoted)}
      {quoted.quote && (
        <a class="quote-inner" href={quoted.url ?? quoted.uri}>
          <Icon name="quote" small />
          <span>{t('quotes.innerUnknown', 'quotes a post')}</span>
        </a>
      )}
    </blockquote>
  )
}
