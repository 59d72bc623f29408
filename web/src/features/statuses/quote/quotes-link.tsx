import type { Status } from '@hamlet/contract/status'
import { amount, rich } from '../../../i18n/words.ts'
import { pathOf } from '../acts.ts'

/** Under the post of a thread: how many quote it, as the way to them. Nothing for none. */
export function QuotesLink({ status }: { status: Status }) {
  const { quotes_count: n } = status
  if (n === 0) return null
  const count = <b>{amount(n)}</b>
  return (
    <a href={`${pathOf(status)}/quotes`}>
      {rich('quotes.count', '{count} {n, plural, one {quote} other {quotes}}', { count, n })}
    </a>
  )
}
