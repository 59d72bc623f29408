import type { IconName } from '../../../sprite.ts'
import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { makeStatusTimeline, type StatusTimeline } from '../../api/status-timeline.ts'
import { changeStatus, keepStatus, statusOf } from '../../api/store.ts'
import { hearStream, type StreamEvent } from '../../api/stream.ts'
import { ColumnHead } from '../../app/column.tsx'
import { knowsSizes, VirtualFeed, type PlaceNow, type StartPlace } from '../../app/virtual-feed.tsx'
import { t } from '../../i18n/words.ts'
import { isAnswer } from '../../ui/pressed.ts'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { written } from '../statuses/composer-state.ts'
import { arrange, usualView, type Arrangement, type Item } from './arrange.ts'
import { HOME, homeShelf } from './places.ts'
import { fetchParents } from './parents.ts'
import { NewPosts } from './new-posts.tsx'
import { positionsOf, TimelineItem } from './timeline-item.tsx'

export type Stream = Record<string, string>
type TimelinePageProps = {
  title: string
  path: string
  stream?: Stream
  back?: boolean
  empty: { title: string; text: ComponentChildren; icon?: IconName }
  /** Whether a post that was just written here belongs at the top. */
  takesOwn?: boolean
  how?: Arrangement
  startAt?: StartPlace | undefined
  onPlace?: (place: PlaceNow) => void
  /** Tools in the title row. */
  tools?: ComponentChildren
  tabs?: ComponentChildren
  /** Above the list, on its sheet. */
  above?: ComponentChildren
}

const kept = new Map<string, StatusTimeline>()
const MOST_KEPT = 12

/** Lists are kept while the app is open, so that Back finds them as they were. */
export function keptTimeline(path: string): StatusTimeline {
  const known = kept.get(path)
  if (known) return known
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
  const fresh = makeStatusTimeline(path, path === HOME ? homeShelf : undefined)
  kept.set(path, fresh)
  return fresh
}

const usual: Arrangement = { view: { ...usualView, grouped: false }, hidesDirect: false }

/** A list of posts under a title, with what arrives live waiting in the title row. */
export function TimelinePage(props: TimelinePageProps) {
  const { title, path, stream, back = false, takesOwn = false, tools, tabs, above } = props
  const timeline = useMemo(() => keptTimeline(path), [path])
  useEffect(() => (stream ? hearStream(stream, (event) => take(timeline, stream, event)) : undefined), [path])
  const own = written.value
  useEffect(() => {
    if (!own || !takesOwn || own.in_reply_to_id) return
    timeline.arrive(own)
    // At the top of the page it would push away what is read; there it waits like any other, unless it is what was pressed for.
    if (scrollY > 0 || timeline.rows.peek().length === 0 || isAnswer()) timeline.showWaiting()
  }, [own])
  return (
    <>
      <ColumnHead title={title} back={back} tabs={tabs}>
        <NewPosts timeline={timeline} />
        {tools}
      </ColumnHead>
      <div class="sheet column-sheet">
        {above}
        <StatusList {...props} timeline={timeline} />
      </div>
    </>
  )
}

type ListProps = Pick<TimelinePageProps, 'title' | 'empty' | 'how' | 'startAt' | 'onPlace'> & {
  timeline: StatusTimeline
}

/** The list alone, with all the states that it can be in. */
export function StatusList({ timeline, title, empty, how = usual, startAt, onPlace }: ListProps) {
  useEffect(() => {
    if (timeline.state.peek() === 'first') void timeline.start(startAt?.key)
  }, [timeline])
  const list = useMemo(() => arrange(timeline.rows.value, (id) => statusOf(id).peek(), how), [timeline.rows.value, how])
  useEffect(() => fetchParents(list.flatMap((item) => (item.kind === 'card' ? item.id : []))), [list])
  const still = timeline.still.peek()
  useEffect(() => {
    timeline.still.value = []
  }, [list])
  const positions = positionsOf(list)
  const state = timeline.state.value
  const isMeasured = useMeasured(list)
  return (
    <>
      {list.length > 0 && (
        <VirtualFeed<Item>
          items={list}
          label={title}
          isBusy={state === 'more' || state === 'first'}
          startAt={startAt}
          hold={still}
          {...(onPlace ? { onPlace } : {})}
          draw={(item, index) => (
            <TimelineItem
              item={item}
              timeline={timeline}
              position={positions[index] ?? 0}
              isLast={index === list.length - 1}
            />
          )}
        />
      )}
      {state === 'end' && list.length === 0 && (
        <Empty title={empty.title} icon={empty.icon}>
          {empty.text}
        </Empty>
      )}
      {state === 'end' && isMeasured && <p class="feed-end">{t('timelines.end', 'That is all there is.')}</p>}
      {(state === 'first' || state === 'more') && <Skeleton rows={state === 'first' ? 5 : 2} />}
      {state === 'failed' && <Fault text={timeline.fault.value} retry={() => void timeline.loadOlder()} />}
    </>
  )
}

/** A list knows its height a moment after its posts are there, unless it comes back: what stands below it comes then. */
function useMeasured(list: readonly Item[]): boolean {
  const hasPosts = list.length > 0
  const [isMeasured, setMeasured] = useState(() => knowsSizes(list))
  useEffect(() => {
    let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => setMeasured(hasPosts))))
    return () => cancelAnimationFrame(frame)
  }, [hasPosts])
  return hasPosts && isMeasured
}

function take(timeline: StatusTimeline, stream: Stream, event: StreamEvent): void {
  if (event.event === 'reopened') void timeline.catchUp()
  if (event.event === 'delete') timeline.remove(event.payload)
  if (event.event === 'status.update') {
    const status = JSON.parse(event.payload) as Status
    changeStatus(status.id, () => status)
  }
  if (event.event !== 'update' || event.stream[0] !== stream.stream) return
  const status = JSON.parse(event.payload) as Status
  keepStatus(status)
  timeline.arrive(status)
}
