import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { IconName } from '../../sprite.ts'
import { t } from '../i18n/words.ts'
import type { Feed } from '../api/timeline.ts'
import { Empty, Icon } from './parts.tsx'

/** The shape of what is coming, so that nothing jumps when it is there. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <output aria-label={t('ui.loading', 'Loading')} class="bones">
      {Array.from({ length: rows }, (_, index) => (
        <div class="card skeleton" key={index} aria-hidden="true">
          <span class="bone bone-avatar" />
          <div>
            <span class="bone bone-name" />
            <span class="bone" />
            <span class="bone bone-short" />
          </div>
        </div>
      ))}
    </output>
  )
}

export function Fault({ text, retry }: { text: string; retry?: () => void }) {
  return (
    <div class="empty" role="alert">
      <span class="tile tile-fault">
        <Icon name="fault" />
      </span>
      <h2>{t('ui.failed', 'That did not work')}</h2>
      <p>{text}</p>
      {retry && (
        <button class="button button-outline" type="button" onClick={retry}>
          <Icon name="fresh" />
          {t('ui.tryAgain', 'Try again')}
        </button>
      )}
    </div>
  )
}

type ListProps<T> = {
  feed: Pick<Feed<T>, 'items' | 'state' | 'fault' | 'loadMore'>
  empty: { title: string; text: ComponentChildren; icon?: IconName }
  draw: (item: T) => ComponentChildren
}

/** A list that loads on as its end comes near, with all the states it can be in. */
export function FeedList<T extends { id: string }>({ feed, empty, draw }: ListProps<T>) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (feed.state.value === 'first' && feed.items.value.length === 0) void feed.loadMore()
    const watcher = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting && feed.state.value === 'idle') void feed.loadMore()
      },
      { rootMargin: '1200px' },
    )
    if (end.current) watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [feed])
  const state = feed.state.value
  const items = feed.items.value
  return (
    <>
      {items.map((item) => draw(item))}
      {state === 'end' && items.length === 0 && (
        <Empty title={empty.title} icon={empty.icon}>
          {empty.text}
        </Empty>
      )}
      {(state === 'first' || state === 'more') && <Skeleton rows={state === 'first' ? 5 : 2} />}
      {state === 'failed' && <Fault text={feed.fault.value} retry={() => void feed.loadMore()} />}
      <div ref={end} />
    </>
  )
}
