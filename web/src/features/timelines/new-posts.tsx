import { signal } from '@preact/signals'
import { statusOf } from '../../api/store.ts'
import type { StatusTimeline } from '../../api/status-timeline.ts'
import { amount, t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'

const FACES = 3
const EXACT_BELOW = 40
const KEPT_MS = 120_000

/** Where the reader was before a jump to the top, for the way back. */
const wayBack = signal<{ path: string; y: number } | undefined>(undefined)
let timer: ReturnType<typeof setTimeout> | undefined

/** Puts what waits on top. Who stays sees nothing move; who goes is shown the way back for two minutes. */
export function showNew(timeline: StatusTimeline, isStaying: boolean): void {
  const y = scrollY
  timeline.showWaiting()
  if (isStaying || y === 0) return
  wayBack.value = { path: timeline.path, y: document.documentElement.scrollHeight - y }
  clearTimeout(timer)
  timer = setTimeout(() => (wayBack.value = undefined), KEPT_MS)
  scrollTo({ top: 0 })
}

/** In the title row, so that it covers no words (web-spec I-4). A press goes to the newest; with Shift it stays. */
export function NewPosts({ timeline }: { timeline: StatusTimeline }) {
  const waiting = timeline.waiting.value.filter((row) => row.kind === 'post')
  if (waiting.length === 0) return <WayBack path={timeline.path} />
  const people = waiting.map((row) => statusOf(row.id).peek()?.account).filter((account) => account !== undefined)
  const faces = [...new Map(people.map((account) => [account.id, account])).values()].slice(0, FACES)
  return (
    <button class="new-posts" type="button" onClick={(event) => showNew(timeline, event.shiftKey)}>
      <span class="new-posts-room" aria-hidden="true">
        <span class="faces-room" />
        <Count n={EXACT_BELOW} />
      </span>
      <span key={waiting.length}>
        <span class="faces">
          {faces.map((account) => (
            <Avatar key={account.id} src={account.avatar} size={24} />
          ))}
        </span>
        <Count n={waiting.length} />
      </span>
    </button>
  )
}

/** How many wait; the button has room for the most that it says, so that it stands still while it counts. */
function Count({ n }: { n: number }) {
  const count = n >= EXACT_BELOW ? `${amount(EXACT_BELOW)}+` : amount(n)
  return (
    <>
      <span class="wide-only">
        {t('timelines.newPosts', '{n, plural, one {{count} new post} other {{count} new posts}}', { n, count })}
      </span>
      <span class="phone-only">{t('timelines.new', '{count} new', { count })}</span>
      <Icon name="up" small />
    </>
  )
}

function WayBack({ path }: { path: string }) {
  const way = wayBack.value
  if (!way || way.path !== path) return null
  return (
    <button
      class="new-posts"
      type="button"
      onClick={() => {
        wayBack.value = undefined
        scrollTo({ top: document.documentElement.scrollHeight - way.y })
      }}
    >
      <span>
        <span class="wide-only">{t('timelines.wayBack', 'Back to where you were')}</span>
        <span class="phone-only">{t('timelines.back', 'Back')}</span>
        <Icon name="down" small />
      </span>
    </button>
  )
}
