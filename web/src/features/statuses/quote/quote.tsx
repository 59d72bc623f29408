import type { Quote, Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { statusOf } from '../../../api/store.ts'
import { rich, t } from '../../../i18n/words.ts'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { Name } from '../../../ui/name.tsx'
import { nameOf } from '../../../ui/people.tsx'
import { Ago } from '../../../ui/time.tsx'
import { fetchStatus, pathOf } from '../acts.ts'
import { audienceIcons, audienceName } from '../audience.ts'
import { Content } from '../card/content.tsx'
import { reasonOf } from './words.ts'

/** What a post quotes, under its words: the quoted post, or why it is not shown (web-spec 4.3). Nothing for other posts. */
export function QuoteCard({ status }: { status: Status }) {
  const { quote } = status
  if (!quote || !('quoted_status' in quote)) return null
  return <Shown key={quote.quoted_status?.id} quote={quote} />
}

function Shown({ quote }: { quote: Quote }) {
  const [isAsked, setAsked] = useState(false)
  const { state, quoted_status: quoted } = quote
  const why = state === 'accepted' ? filterOf(quoted) : reasonOf(state)
  if (quoted && (why === undefined || isAsked)) return <QuotedPost status={quoted} />
  return (
    <Placeholder>
      {why ?? reasonOf('unauthorized')}
      {quoted && (
        <button class="button button-outline button-small" type="button" onClick={() => setAsked(true)}>
          {t('quotes.show', 'Show it')}
        </button>
      )}
    </Placeholder>
  )
}

/** A quoted post that the reader filters waits for a press, whatever the filter would do with it in a list. */
function filterOf(quoted: Status | null): string | undefined {
  const match = quoted?.filtered?.find(({ filter }) => filter.filter_action !== 'blur')
  return match && t('quotes.filtered', 'Kept back by your filter “{title}”.', { title: match.filter.title })
}

function Placeholder({ children }: { children: ComponentChildren }) {
  return (
    <div class="quote quote-none">
      <Icon name="quote" small />
      <p>{children}</p>
    </div>
  )
}

/** The quoted post itself; a press anywhere but on its own controls opens it. */
export function QuotedPost({ status }: { status: Status }) {
  const { account } = status
  return (
    <div
      role="group"
      class="quote"
      aria-label={t('quotes.quotedFrom', 'Quoted from {name}', { name: nameOf(account) })}
    >
      <header class="quote-head">
        <Avatar src={account.avatar} size={24} />
        <a class="card-name" href={`/@${account.acct}`}>
          <Name account={account} />
        </a>
        <span class="card-handle">@{account.acct}</span>
        <a class="card-time quote-open" href={pathOf(status)}>
          <span title={audienceName(status.visibility)}>
            <Icon name={audienceIcons[status.visibility]} small />
            <span class="visually-hidden">{audienceName(status.visibility)}, </span>
          </span>
          <Ago at={status.created_at} />
        </a>
      </header>
      <Content status={status} isRoot={false} />
      <InnerQuote status={status} />
    </div>
  )
}

/** A quote inside a quote is a line that leads there. */
function InnerQuote({ status }: { status: Status }) {
  const { quote } = status
  const id = quote && 'quoted_status_id' in quote ? quote.quoted_status_id : quote?.quoted_status?.id
  useEffect(() => {
    // Who is quoted there is said once it is known; until then the line says no more than that.
    if (id && !statusOf(id).peek()) fetchStatus(id).catch(() => undefined)
  }, [id])
  if (!id) return null
  const inner = statusOf(id).value
  const name = inner && <Name account={inner.account} />
  return (
    <a class="quote-inner" href={inner ? pathOf(inner) : `/@${status.account.acct}/${id}`}>
      <Icon name="quote" small />
      <span>{name ? rich('quotes.inner', 'quotes {name}', { name }) : t('quotes.innerUnknown', 'quotes a post')}</span>
    </a>
  )
}
