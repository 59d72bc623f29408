import type { Status } from '@hamlet/contract/status'
import type { Feed } from '../../api/timeline.ts'
import { formats, t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Message } from './message.tsx'

/** As many as a page holds: a shorter first page is all there is. */
export const AT_ONCE = 40
const DAY_MS = 24 * 3_600_000
const dayOf = (at: string) => new Date(at).toDateString()

function nameOfDay(at: string): string {
  const days = Math.round((Date.parse(dayOf(at)) - Date.parse(new Date().toDateString())) / DAY_MS)
  if (days > -2) return new Intl.RelativeTimeFormat(formats(), { numeric: 'auto' }).format(days, 'day')
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear()
  const year = isThisYear ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(formats(), { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(
    Date.parse(at),
  )
}

/** Messages in the order in which they were written; the newest are seen first, earlier ones are asked for. */
export function MessageLog({ feed, isGroup }: { feed: Feed<Status>; isGroup: boolean }) {
  const messages = feed.items.value.toReversed()
  const state = feed.state.value
  return (
    <div class="message-log" role="log" aria-label={t('direct-threads.messages', 'Messages')}>
      <div class="message-lines">
        {state === 'idle' && messages.length >= AT_ONCE && (
          <button class="button button-outline button-small earlier" type="button" onClick={() => void feed.loadMore()}>
            {t('direct-threads.earlier', 'Earlier messages')}
          </button>
        )}
        {(state === 'first' || state === 'more') && <Skeleton rows={3} />}
        {state === 'failed' && <Fault text={feed.fault.value} retry={() => void feed.loadMore()} />}
        {messages.map((status, index) => (
          <Line key={status.id} status={status} before={messages[index - 1]} isGroup={isGroup} />
        ))}
      </div>
    </div>
  )
}

type LineProps = { status: Status; before: Status | undefined; isGroup: boolean }

function Line({ status, before, isGroup }: LineProps) {
  const isNewDay = !before || dayOf(before.created_at) !== dayOf(status.created_at)
  const isFirst = isNewDay || before.account.id !== status.account.id
  return (
    <>
      {isNewDay && (
        <p class="day">
          <span>{nameOfDay(status.created_at)}</span>
        </p>
      )}
      <Message id={status.id} isFirst={isFirst} isNamed={isGroup} />
    </>
  )
}
