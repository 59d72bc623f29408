import { isHiddenIn, type FilterContext } from '@hamlet/contract/filter'
import type { Status } from '@hamlet/contract/status'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { findFiltering } from '#features/filters'
import { presentStatuses } from '#features/statuses'
import type { Hearing, Heard, Presenter } from '#features/streaming'
import type { ReaderId } from '#features/visibility'
import { idTimeMs, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { isAtHome, isInPublic, isInTag } from './feeds.ts'

/** What arrives late is read, not announced (architecture 8, Ids). */
const FRESH_MS = 6 * 3_600_000
/** A new post, or a boost, for every stream whose feed shows it. */
export const streamStatus: Presenter = (ctx, facts, hearings) => {
  const id = (facts.boostId ?? facts.statusId) as Id
  if (ctx.clock.now().getTime() - idTimeMs(id) > FRESH_MS) return Promise.resolve([])
  return tellStatus(ctx, { id, event: 'update' }, hearings)
}

/** An edit goes where the post went, and to people it names, who may have been told of it. */
export const streamEdit: Presenter = async (ctx, facts, hearings) => {
  const id = facts.statusId as Id
  const listeners = hearings.filter((one) => one.name === 'user:notification')
  const named = listeners.length > 0 ? await listMentioned(ctx, id) : new Set<Id>()
  const direct = listeners.filter((one) => named.has(one.accountId))
  return [
    ...(await tellStatus(ctx, { id, event: 'status.update' }, hearings)),
    ...(await present(ctx, { id, event: 'status.update' }, direct)),
  ]
}

type Told = { id: Id; event: string }

/** The rules of the feeds themselves are asked for this one post, so that a stream never shows what its feed does not. */
async function tellStatus(ctx: Context, told: Told, hearings: readonly Hearing[]): Promise<Heard[]> {
  const home = await keepHome(ctx, told.id, byName(hearings, 'user'))
  const open = await keepPublic(ctx, told.id, hearings)
  return present(ctx, told, [...home, ...open])
}

function byName(hearings: readonly Hearing[], ...names: string[]): Hearing[] {
  return hearings.filter((one) => names.includes(one.name))
}

async function listMentioned(ctx: Context, id: Id): Promise<Set<Id>> {
  const found = await sql<{ account_id: Id }>`select account_id from mentions where status_id = ${id}`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.account_id))
}

/** Of these listeners, those for whom a feed's rule holds of a post. One query, however many. */
async function keep(
  ctx: Context,
  id: Id,
  hearings: readonly Hearing[],
  rule: (reader: RawBuilder<unknown>) => RawBuilder<SqlBool>,
): Promise<Hearing[]> {
  const people = [...new Set(hearings.map((one) => one.accountId))]
  if (people.length === 0) return []
  const found = await sql<{ id: Id }>`
    select reader.id from unnest(${people}::bigint[]) as reader (id)
    where exists (select 1 from statuses s where s.id = ${id} and ${rule(sql`reader.id`)})`.execute(ctx.db)
  const shown = new Set(found.rows.map((row) => row.id))
  return hearings.filter((one) => shown.has(one.accountId))
}

/** Whoever follows the author is found first: few of many listeners. */
async function keepHome(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Hearing[]> {
  const near = await keep(
    ctx,
    id,
    hearings,
    (reader) => sql<SqlBool>`(s.account_id = ${reader} or exists (
      select 1 from follows f where f.account_id = ${reader} and f.target_account_id = s.account_id and f.state = 'accepted'))`,
  )
  return keep(ctx, id, near, (reader) => isAtHome(ctx, reader))
}

/** The rule of the feed behind a public stream. */
function ruleOf(ctx: Context, { name, param = '' }: Hearing) {
  const [kind, ...parts] = name.split(':')
  const feed = { local: parts.includes('local'), remote: parts.includes('remote'), onlyMedia: parts.includes('media') }
  if (kind === 'public') return (reader: ReaderId) => isInPublic(ctx, reader, feed)
  if (kind === 'hashtag') return (reader: ReaderId) => isInTag(ctx, reader, { ...feed, name: param })
  return undefined
}

/** Tags that a post does not carry cost nothing: their listeners are sorted out before any rule is asked. */
async function keepPublic(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Hearing[]> {
  const found = await sql<{ tags: string[] | null }>`
    select (select array_agg(t.name) from status_tags t where t.status_id = s.id) as tags
    from statuses s where s.id = ${id} and s.visibility = 'public'`.execute(ctx.db)
  const post = found.rows[0]
  if (!post) return []
  const near = hearings.filter((one) => one.param === undefined || post.tags?.includes(one.param))
  const kept: Hearing[] = []
  for (const listeners of Map.groupBy(near, (one) => JSON.stringify(one.stream)).values()) {
    const rule = listeners[0] && ruleOf(ctx, listeners[0])
    // oxlint-disable-next-line no-await-in-loop -- streams are few, listeners many
    if (rule) kept.push(...(await keep(ctx, id, listeners, rule)))
  }
  return kept
}

/** Listeners that are looked after at a time, so that a post with a crowd leaves the database to others too. */
const AT_ONCE = 8

/** The post as each person may see it, made once for all their streams. */
async function present(ctx: Context, told: Told, hearings: readonly Hearing[]): Promise<Heard[]> {
  const heard: Heard[] = []
  const byPerson = Map.groupBy(hearings, (one) => one.accountId)
  const people = [...byPerson]
  const isShared = people.length > 1 && told.event === 'update'
  const shared = isShared ? await presentShared(ctx, told.id) : undefined
  const filtering = shared && (await findFiltering(ctx, [...byPerson.keys()]))
  const tell = async ([accountId, own]: [Id, Hearing[]]) => {
    if (shared && shared.authorId !== accountId && !filtering?.has(accountId)) {
      heard.push(...own.map((hearing) => ({ hearing, event: told.event, payload: shared.payload })))
    } else heard.push(...(await presentOwn(ctx, told, own)))
  }
  for (let at = 0; at < people.length; at += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- so many at a time, on purpose
    await Promise.all(people.slice(at, at + AT_ONCE).map(tell))
  }
  return heard
}

/** The post as one person sees it, for those of their streams in which they do not hide it. */
async function presentOwn(ctx: Context, { id, event }: Told, own: readonly Hearing[]): Promise<Heard[]> {
  const [status] = own[0] ? await presentStatuses(ctx, own[0].accountId, [id]) : []
  if (!status) return []
  const payload = JSON.stringify(status)
  // An edit of what is hidden is told all the same: an app may still show the words from before.
  const heard = event === 'update' ? own.filter((one) => !isHiddenFrom(one, status)) : own
  return heard.map((hearing) => ({ hearing, event, payload }))
}

function isHiddenFrom({ name }: Hearing, { filtered }: Status): boolean {
  const isHome = name === 'user' || name === 'list'
  const context: FilterContext = isHome ? 'home' : name === 'user:notification' ? 'notifications' : 'public'
  return isHiddenIn(filtered, context)
}

/**
 * A new open post reads the same for everybody but its author and those who filter: nobody has marked it yet. It is made from what strangers
 * see, so that nothing of one listener can reach another. What differs from reader to reader (a boost's original, a
 * thread that may be muted, a poll, a quote, a closed post, a policy that is not for all) is made for each.
 */
async function presentShared(ctx: Context, id: Id): Promise<{ authorId: Id; payload: string } | undefined> {
  const [status] = await presentStatuses(ctx, null, [id])
  if (!status || status.reblog || status.in_reply_to_id || status.poll || status.quote) return undefined
  if (!status.quote_approval.automatic.includes('public')) return undefined
  const marks = { favourited: false, reblogged: false, muted: false, bookmarked: false, filtered: [] }
  const quote_approval = { ...status.quote_approval, current_user: 'automatic' }
  return { authorId: status.account.id, payload: JSON.stringify({ ...status, ...marks, quote_approval }) }
}

type Deleted = { statusId: Id; authorId: Id; isLocal: boolean; visibility: string; mentionedIds: Id[] }

/**
 * The post is gone, so the fact says who it was for: that an open post is gone may be known to all, that a closed one is
 * only to those who could read it.
 */
export const streamDelete: Presenter = async (ctx, facts, hearings) => {
  const { statusId, authorId, isLocal, visibility, mentionedIds } = facts as Deleted
  const homes = byName(hearings, 'user')
  const isOpen = visibility === 'public' || visibility === 'unlisted'
  const near = isOpen ? undefined : await listNear(ctx, authorId, homes, visibility === 'private')
  const told = near ? homes.filter((one) => near.has(one.accountId) || mentionedIds.includes(one.accountId)) : homes
  const reach = visibility === 'public' ? hearings.filter((one) => isPublicStream(one, isLocal)) : []
  return [...told, ...reach].map((hearing) => ({ hearing, event: 'delete', payload: statusId }))
}

function isPublicStream({ name }: Hearing, isLocal: boolean): boolean {
  const [kind, ...parts] = name.split(':')
  if (kind !== 'public' && kind !== 'hashtag') return false
  return isLocal ? !parts.includes('remote') : !parts.includes('local')
}

/** A boost that was taken back leaves the homes that may have shown it. */
export const streamUnboost: Presenter = async (ctx, facts, hearings) => {
  const { boostId, accountId } = facts as { boostId: Id; accountId: Id }
  const homes = byName(hearings, 'user')
  const near = await listNear(ctx, accountId, homes, true)
  return homes
    .filter((one) => near.has(one.accountId))
    .map((hearing) => ({ hearing, event: 'delete', payload: boostId }))
}

/** The author, and of those who listen whoever follows them. */
async function listNear(
  ctx: Context,
  authorId: Id,
  hearings: readonly Hearing[],
  withFollowers: boolean,
): Promise<Set<Id>> {
  if (!withFollowers || hearings.length === 0) return new Set([authorId])
  const listening = hearings.map((one) => one.accountId)
  const found = await sql<{ account_id: Id }>`
    select account_id from follows
    where target_account_id = ${authorId} and state = 'accepted' and account_id = any(${listening}::bigint[])`.execute(
    ctx.db,
  )
  return new Set([authorId, ...found.rows.map((row) => row.account_id)])
}
