import type { StatusTimeline } from '../../api/status-timeline.ts'
import { accountOf, statusOf } from '../../api/store.ts'
import { rich, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { People } from '../../ui/people.tsx'
import { moment } from '../../ui/time.tsx'
import { useNear } from '../../ui/use-near.ts'
import { foldHere } from '../filters/fold.ts'
import { pathOf } from '../statuses/acts.ts'
import { StatusCard } from '../statuses/card.tsx'
import { excerptOf } from '../statuses/card/context-line.tsx'
import type { Item } from './arrange.ts'

/** The place of each line among the posts, from 1: lines between posts have none, nor has what a filter hides (ARIA feed). */
export function positionsOf(items: readonly Item[]): number[] {
  let place = 0
  return items.map((item) => {
    const status = item.kind === 'card' ? statusOf(item.id).peek() : null
    if (status && foldHere(status.reblog ?? status)?.action !== 'hide') place += 1
    return place
  })
}

type ItemProps = { item: Item; timeline: StatusTimeline; position: number; isLast: boolean }

/** One line of a timeline as it is drawn. The last one reads on as it comes near. */
export function TimelineItem({ item, timeline, position, isLast }: ItemProps) {
  const end = useNear(isLast, () => {
    if (timeline.state.peek() === 'idle') void timeline.loadOlder()
  })
  return (
    <div ref={end}>
      {item.kind === 'card' && <CardItem item={item} position={position} />}
      {item.kind === 'also' && <AlsoLine item={item} />}
      {item.kind === 'gap' && <GapRow gap={item} timeline={timeline} />}
      {item.kind === 'up-to-date' && <UpToDate since={item.since} />}
    </div>
  )
}

function CardItem({ item, position }: { item: Extract<Item, { kind: 'card' }>; position: number }) {
  const status = statusOf(item.id).value
  const length = item.thread.length
  return (
    <StatusCard
      id={item.id}
      boosters={item.boosters}
      position={position}
      below={
        length > 1 &&
        status && (
          <a class="card-thread" href={pathOf(status)}>
            <Icon name="thread" small />
            {t('timelines.showThread', '1 of {n} · Show thread', { n: length })}
          </a>
        )
      }
    />
  )
}

function AlsoLine({ item }: { item: Extract<Item, { kind: 'also' }> }) {
  const status = statusOf(item.id).value
  const accounts = item.boosters.map((id) => accountOf(id).value).filter((account) => account !== undefined)
  if (!status || accounts.length === 0) return null
  return (
    <p class="also-line">
      <Icon name="boost" small />
      <span>
        {rich('timelines.alsoBoosted', '{names} also boosted', { names: <People accounts={accounts} /> })}{' '}
        <a href={pathOf(status)}>
          <bdi>{excerptOf(status)}</bdi>
        </a>
      </span>
    </p>
  )
}

function GapRow({ gap, timeline }: { gap: Extract<Item, { kind: 'gap' }>; timeline: StatusTimeline }) {
  return (
    <div class="gap-row" aria-busy={gap.state === 'loading'}>
      <Icon name="gap" small />
      <span>
        {gap.state === 'failed'
          ? t('timelines.gapFailed', 'That did not work. Try again.')
          : t('timelines.gap', 'There are posts between.')}
      </span>
      <button
        class="button button-outline button-small"
        type="button"
        onClick={() => void timeline.fillGap(gap.id, 'newer')}
      >
        {t('timelines.gapNewer', 'Load newer ones')}
      </button>
      <button
        class="button button-outline button-small"
        type="button"
        onClick={() => void timeline.fillGap(gap.id, 'older')}
      >
        {t('timelines.gapOlder', 'Load older ones')}
      </button>
    </div>
  )
}

function UpToDate({ since }: { since: string | undefined }) {
  return (
    <p class="up-to-date">
      <span>
        {since
          ? t('timelines.upToDateSince', 'You are up to date since {when}', { when: moment(since) })
          : t('timelines.upToDate', 'You are up to date')}
      </span>
    </p>
  )
}
