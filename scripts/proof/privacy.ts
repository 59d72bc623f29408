import { act, ask, follow, search, until } from '../api.ts'
import type { Person } from '../inside.ts'
import { audiences, readRoutes, type Audience, type Post, type Reader, type ReadRoute } from './routes.ts'
import type { Town } from './towns.ts'

export type PrivacyResult = {
  /** Readings that had to show nothing, and readings that had to show the post. */
  forbidden: number
  wanted: number
  leaked: string[]
  missing: string[]
}

const TAG = 'slowharbour'

/** A post as a reader's town knows it, before a reader. */
export type Walk = { post: Post; reader: Reader }[]

/** Writes one post for each audience, and names everybody who will try to read it. The people follow each other across the towns. */
export async function prepareWalk(home: Town, away: Town, prefix: string): Promise<Walk> {
  const here = await home.inside.people(...names(prefix, 'author', 'follower', 'mentioned', 'stranger'))
  const there = await away.inside.people(...names(prefix, 'follower', 'mentioned', 'stranger'))
  const person = (people: Record<string, Person>, role: string) => people[`${prefix}_${role}`] as Person
  const author = person(here, 'author')
  await follow(person(here, 'follower'), author.handle)
  const authorAway = await follow(person(there, 'follower'), author.handle)
  await follow(author, person(there, 'follower').handle)
  const mentioned = [person(here, 'mentioned'), person(there, 'mentioned')]
  const posts = await writePosts(author, mentioned, prefix)
  const foreign = await findAway(posts, person(there, 'mentioned'), authorAway)
  const readers: Reader[] = [
    ...(['author', 'follower', 'mentioned', 'stranger'] as const).map(
      (role) => ({ role, side: 'home', url: home.process.url, token: person(here, role).token }) as const,
    ),
    ...(['follower', 'mentioned', 'stranger'] as const).map(
      (role) => ({ role, side: 'away', url: away.process.url, token: person(there, role).token }) as const,
    ),
    { role: 'nobody', side: 'home', url: home.process.url },
    { role: 'nobody', side: 'away', url: away.process.url },
  ]
  return readers.flatMap((reader) => (reader.side === 'home' ? posts : foreign).map((post) => ({ post, reader })))
}

/**
 * Every audience × every reader × every way to read, in the author's town and in the other: the post must be where it
 * belongs and nowhere else.
 */
export async function walkPrivacy(walk: Walk): Promise<PrivacyResult> {
  const result: PrivacyResult = { forbidden: 0, wanted: 0, leaked: [], missing: [] }
  for (const { post, reader } of walk) for (const route of readRoutes) await readOnce(result, route, post, reader)
  return result
}

const names = (prefix: string, ...roles: string[]) => roles.map((role) => `${prefix}_${role}`)

/** One post for each audience, in a thread below a public one, all naming the same two people. */
async function writePosts(author: Person, mentioned: Person[], prefix: string): Promise<Post[]> {
  const root = await act(author, '/api/v1/statuses', { status: 'Root of a thread' })
  const handles = mentioned.map((one) => `@${one.handle}`).join(' ')
  const posts: Post[] = []
  for (const audience of audiences) {
    const marker = `${prefix}word${audience}`
    const json = {
      status: `${handles} ${marker} #${TAG}${prefix}`,
      visibility: audience satisfies Audience,
      in_reply_to_id: root.id,
    }
    const made = await act(author, '/api/v1/statuses', json)
    posts.push({
      audience,
      marker,
      tag: `${TAG}${prefix}`,
      uri: made.uri,
      id: made.id,
      authorId: author.accountId,
      authorName: author.username,
      rootId: root.id,
    })
  }
  return posts
}

/** The same posts under the ids that the other town gave them: whoever is named there may see all of them. */
async function findAway(posts: Post[], mentioned: Person, authorId: string): Promise<Post[]> {
  const found: Post[] = []
  for (const post of posts) {
    let status: { id: string; in_reply_to_id: string } | undefined
    await until(`the ${post.audience} post has arrived in the other town`, async () => {
      status = (await search(mentioned, post.uri)).statuses[0]
      return status !== undefined
    })
    if (status) found.push({ ...post, id: status.id, rootId: status.in_reply_to_id, authorId })
  }
  return found
}

async function readOnce(result: PrivacyResult, route: ReadRoute, post: Post, reader: Reader): Promise<void> {
  const path = route.path(post, reader)
  if (path === undefined) return
  const answer = await ask(`${reader.url}${path}`, {
    token: reader.token,
    ...(route.accept ? { headers: { accept: route.accept } } : {}),
  })
  if (answer.status >= 500) throw new Error(`GET ${path} was answered ${answer.status}: ${answer.text}`)
  const isShown = route.finds ? route.finds(answer, post) : answer.text.includes(post.marker)
  const isWanted = route.shows(post.audience, reader)
  result[isWanted ? 'wanted' : 'forbidden'] += 1
  const cell = `${post.audience} post, ${reader.role} ${reader.side === 'home' ? 'in its town' : 'elsewhere'}, ${route.name}`
  if (isShown && !isWanted) result.leaked.push(cell)
  if (!isShown && isWanted) result.missing.push(cell)
}
