import type { Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { nameOf } from '../../../ui/people.tsx'
import { excerptOf } from '../card/context-line.tsx'
import { leaveOf } from './words.ts'

/** In the composer: what is about to be quoted, whether its author is asked first, and a way to quote it no longer. */
export function QuotingCard({ status, remove }: { status: Status; remove: () => void }) {
  const name = nameOf(status.account)
  return (
    <div role="group" class="quote quoting" aria-label={t('quotes.quoting', 'You quote {name}', { name })}>
      <header class="quote-head">
        <Avatar src={status.account.avatar} size={24} />
        <strong class="card-name">
          <bdi>{name}</bdi>
        </strong>
        <span class="card-handle">@{status.account.acct}</span>
        <button
          class="icon-button"
          type="button"
          aria-label={t('quotes.stop', 'Do not quote this')}
          title={t('quotes.stop', 'Do not quote this')}
          onClick={remove}
        >
          <Icon name="close" />
        </button>
      </header>
      <p class="quoting-words" dir="auto">
        {excerptOf(status)}
      </p>
      {status.quote_approval.current_user === 'manual' && <p class="meta">{leaveOf(status)}</p>}
    </div>
  )
}
