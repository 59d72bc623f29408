import type { Answer } from '../api.ts'

export const audiences = ['public', 'unlisted', 'private', 'direct'] as const
export type Audience = (typeof audiences)[number]

export type Role = 'nobody' | 'stranger' | 'follower' | 'mentioned' | 'author'

/** Who reads, and in which of the two towns: `home` is the author's. */
export type Reader = { role: Role; side: 'home' | 'away'; url: string; token?: string | undefined }

/** A post as one town knows it: ids differ from town to town, the address does not. */
export type Post = {
  audience: Audience
  /** A word that stands in this post alone: whoever reads it has seen the post. */
  marker: string
  tag: string
  uri: string
  id: string
  authorId: string
  authorName: string
  /** The public post that it continues; everything newer in a feed comes after it. */
  rootId: string
}

/** A way to read posts, and to whom it should show one. */
export type ReadRoute = {
  name: string
  /** Undefined where this reader has no such way. */
  path: (post: Post, reader: Reader) => string | undefined
  accept?: string
  /** Whether an answer gives the post away; usual: its word stands there. */
  finds?: (answer: Answer, post: Post) => boolean
  shows: (audience: Audience, reader: Reader) => boolean
}

const isOpen = (audience: Audience) => audience === 'public' || audience === 'unlisted'

/** Who may see a post at all (Mastodon API, Status#visibility; ActivityPub 5.6): the rule that is proven here. */
function mayRead(audience: Audience, { role }: Reader): boolean {
  if (isOpen(audience) || role === 'author' || role === 'mentioned') return true
  return audience === 'private' && role === 'follower'
}

const isPublic = (audience: Audience) => audience === 'public'
const isAnswered = (answer: Answer) => answer.status === 200
const status = (post: Post, rest = '') => `/api/v1/statuses/${post.id}${rest}`
/** Feeds are read from the root on, so that what else is written in the meantime pushes nothing out of the page. */
const feed = (path: string, post: Post) => `${path}${path.includes('?') ? '&' : '?'}limit=40&min_id=${post.rootId}`
const signedIn = (reader: Reader, path: string) => (reader.token === undefined ? undefined : path)

const ofStatus: ReadRoute[] = [
  { name: 'status', path: (post) => status(post), shows: mayRead },
  { name: 'several statuses', path: (post) => `/api/v1/statuses?id[]=${post.id}`, shows: mayRead },
  { name: 'context of the post', path: (post) => status(post, '/context'), finds: isAnswered, shows: mayRead },
  { name: 'context around it', path: (post) => `/api/v1/statuses/${post.rootId}/context`, shows: mayRead },
  { name: 'favourited_by', path: (post) => status(post, '/favourited_by'), finds: isAnswered, shows: mayRead },
  { name: 'reblogged_by', path: (post) => status(post, '/reblogged_by'), finds: isAnswered, shows: mayRead },
  { name: 'history', path: (post) => status(post, '/history'), shows: mayRead },
]

const feeds: ReadRoute[] = [
  {
    name: 'account statuses',
    path: (post) => feed(`/api/v1/accounts/${post.authorId}/statuses`, post),
    shows: mayRead,
  },
  {
    name: 'home',
    path: (post, reader) => signedIn(reader, feed('/api/v1/timelines/home', post)),
    shows: (audience, { role }) => role === 'author' || (role === 'follower' && audience !== 'direct'),
  },
  { name: 'public timeline', path: (post) => feed('/api/v1/timelines/public', post), shows: isPublic },
  {
    name: 'local timeline',
    path: (post) => feed('/api/v1/timelines/public?local=true', post),
    shows: (audience, { side }) => isPublic(audience) && side === 'home',
  },
  {
    name: 'remote timeline',
    path: (post) => feed('/api/v1/timelines/public?remote=true', post),
    shows: (audience, { side }) => isPublic(audience) && side === 'away',
  },
  { name: 'hashtag timeline', path: (post) => feed(`/api/v1/timelines/tag/${post.tag}`, post), shows: isPublic },
  {
    name: 'search by address',
    path: (post, reader) =>
      `/api/v2/search?q=${encodeURIComponent(post.uri)}${reader.token === undefined ? '' : '&resolve=true'}`,
    shows: mayRead,
  },
  {
    name: 'notifications',
    path: (_post, reader) => signedIn(reader, '/api/v2/notifications?limit=80&include_filtered=true'),
    shows: (_audience, { role }) => role === 'mentioned',
  },
]

const HTML = 'text/html'
const ACTIVITY = 'application/activity+json'
/** Open doors, which know no reader: only somebody without a name comes to them, and only at the author's town. */
const open = (name: string, accept: string, path: (post: Post) => string): ReadRoute => ({
  name,
  accept,
  path: (post, { role, side }) => (role === 'nobody' && side === 'home' ? path(post) : undefined),
  shows: isOpen,
})
const actor = (post: Post) => `/ap/users/${post.authorId}`

const doors: ReadRoute[] = [
  open('page of the post', HTML, (post) => `/@${post.authorName}/${post.id}`),
  open('page of the profile', HTML, (post) => `/@${post.authorName}`),
  open('ActivityPub object', ACTIVITY, (post) => `${actor(post)}/statuses/${post.id}`),
  open('ActivityPub activity', ACTIVITY, (post) => `${actor(post)}/statuses/${post.id}/activity`),
  open('outbox', ACTIVITY, (post) => `${actor(post)}/outbox?page=true`),
  {
    ...open('page of the hashtag', HTML, (post) => `/tags/${post.tag}`),
    shows: isPublic,
  },
]

export const readRoutes: readonly ReadRoute[] = [...ofStatus, ...feeds, ...doors]
