import type { Status } from '@hamlet/contract/status'
import { useEffect, useMemo } from 'preact/hooks'
import { changeStatus, dropStatus, keepStatus } from '../../api/store.ts'
import { hearStream, type StreamEvent } from '../../api/stream.ts'
import { makeStatusFeed, type Feed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { StatusCard } from '../statuses/card.tsx'
import { written } from '../statuses/composer-state.ts'

type FeedPageProps = {
  title: string
  path: string
  stream?: Record<string, string>
  back?: boolean
  empty: { title: string; text: string }
  /** What is not shown here, though the feed holds it. */
  hides?: (status: Status) => boolean
  /** Whether a post that was just written here belongs at the top. */
  takesOwn?: boolean
}

const kept = new Map<string, Feed<Status>>()
const MOST_KEPT = 12

/** Lists are kept while the app is open, so that Back finds them as they were. */
function keptFeed(path: string): Feed<Status> {
  const known = kept.get(path)
  if (known) return known
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
  const fresh = makeStatusFeed(path)
  kept.set(path, fresh)
  return fresh
}

/** A list of posts under a title, with what arrives live waiting in the title row. */
export function FeedPage({ title, path, stream, empty, back, hides = () => false, takesOwn = false }: FeedPageProps) {
  const feed = useMemo(() => keptFeed(path), [path])
  useEffect(() => (stream ? hearStream(stream, (event) => take(feed, { stream, hides }, event)) : undefined), [path])
  const own = written.value
  useEffect(() => {
    if (own && takesOwn && !own.in_reply_to_id && !hides(own)) {
      feed.arrive(own)
      feed.showWaiting()
    }
  }, [own])
  return (
    <>
      <ColumnHead title={title} back={back ?? false}>
        <NewPosts feed={feed} />
      </ColumnHead>
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={empty}
          draw={(status) => !hides(status) && <StatusCard key={status.id} id={status.id} />}
        />
      </div>
    </>
  )
}

type Taker = { stream: Record<string, string>; hides: (status: Status) => boolean }

function take(feed: Feed<Status>, { stream, hides }: Taker, event: StreamEvent): void {
  if (event.event === 'delete') {
    dropStatus(event.payload)
    feed.remove((status) => status.id === event.payload)
  }
  if (event.event === 'status.update') {
    const status = JSON.parse(event.payload) as Status
    changeStatus(status.id, () => status)
  }
  if (event.event !== 'update' || event.stream[0] !== stream.stream) return
  const status = JSON.parse(event.payload) as Status
  if (hides(status)) return
  keepStatus(status)
  feed.arrive(status)
}

const FACES = 3

/** In the title row, so that it covers no words. */
function NewPosts({ feed }: { feed: Feed<Status> }) {
  const waiting = feed.waiting.value
  if (waiting.length === 0) return null
  const faces = [...new Map(waiting.map((status) => [status.account.id, status.account])).values()].slice(0, FACES)
  return (
    <button
      class="new-posts"
      type="button"
      onClick={() => {
        feed.showWaiting()
        scrollTo({ top: 0, behavior: 'smooth' })
      }}
    >
      <span class="faces">
        {faces.map((account) => (
          <Avatar key={account.id} src={account.avatar} size={24} />
        ))}
      </span>
      {waiting.length} new <span class="wide-only">{waiting.length === 1 ? 'post' : 'posts'}</span>
      <Icon name="up" small />
    </button>
  )
}

export function HomePage() {
  return (
    <FeedPage
      title="Home"
      path="/api/v1/timelines/home"
      stream={{ stream: 'user' }}
      takesOwn
      hides={(status) => status.visibility === 'direct'}
      empty={{
        title: 'Your home is quiet',
        text: 'Follow people, and what they write appears here. Search for a name, or look who writes locally.',
      }}
    />
  )
}

export function LocalPage() {
  return (
    <FeedPage
      title="Local"
      path="/api/v1/timelines/public?local=true"
      stream={{ stream: 'public:local' }}
      empty={{ title: 'Nobody has written yet', text: 'The first public post of this server will appear here.' }}
    />
  )
}

export function TagPage({ name }: { name: string }) {
  return (
    <FeedPage
      title={`#${name}`}
      back
      path={`/api/v1/timelines/tag/${encodeURIComponent(name)}`}
      stream={{ stream: 'hashtag', tag: name }}
      empty={{ title: 'Nothing with this hashtag', text: 'When somebody uses it in a public post, it appears here.' }}
    />
  )
}

export function BookmarksPage() {
  return (
    <FeedPage
      title="Bookmarks"
      path="/api/v1/bookmarks"
      empty={{
        title: 'No bookmarks yet',
        text: 'Keep a post for later with the ribbon under it. Nobody else sees this list.',
      }}
    />
  )
}

export function FavouritesPage() {
  return (
    <FeedPage
      title="Favourites"
      path="/api/v1/favourites"
      empty={{ title: 'No favourites yet', text: 'The heart under a post thanks its author, and keeps the post here.' }}
    />
  )
}
