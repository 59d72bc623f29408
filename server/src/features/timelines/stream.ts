import type { FilterContext } from '@hamlet/contract/filter'
import { isHiddenIn } from '@hamlet/contract/fold'
import type { FeedReason, Status } from '@hamlet/contract/status'
import { sql } from 'kysely'
import { findFiltering } from '#features/filters'
import { presentStatuses } from '#features/statuses'
import type { Hearing, Heard, Presenter } from '#features/streaming'
import type { ReaderId } from '#features/visibility'
import { idTimeMs, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { isInPublic, isInTag } from './feeds.ts'
import { byName, keep, keepHome, keepLists, type Kept } from './listeners.ts'
import { giveReason } from './present.ts'

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
    ...(await present(
      ctx,
      { id, event: 'status.update' },
      direct.map((hearing) => ({ hearing })),
    )),
  ]
}

type Told = { id: Id; event: string }

/** The rules of the feeds themselves are asked for this one post, so that a stream never shows what its feed does not. */
async function tellStatus(ctx: Context, told: Told, hearings: readonly Hearing[]): Promise<Heard[]> {
  const home = await keepHome(ctx, told.id, byName(hearings, 'user'))
  const lists = await keepLists(ctx, told.id, byName(hearings, 'list'))
  const open = await keepPublic(ctx, told.id, hearings)
  return present(ctx, told, [...home, ...lists, ...open.map((hearing) => ({ hearing }))])
}

async function listMentioned(ctx: Context, id: Id): Promise<Set<Id>> {
  const found = await sql<{ account_id: Id }>`select account_id from mentions where status_id = ${id}`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.account_id))
}

/** The rule of the feed behind a public stream. */
function ruleOf(ctx: Context, { name, param = '' }: Hearing) {
  const [kind, ...parts] = name.split(':')
  const feed = { local: parts.includes('local'), remote: parts.includes('remote'), onlyMedia: parts.includes('media') }
  if (kind === 'public') return (reader: ReaderId) => isInPublic(ctx, reader, feed)
  if (kind === 'hashtag') return (reader: ReaderId) => isInTag(ctx, reader, { ...feed, any: [param] })
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

/** The post as each person may see it, made once for all their streams; in feeds of people with the reason why. */
async function present(ctx: Context, told: Told, kept: readonly Kept[]): Promise<Heard[]> {
  const heard: Heard[] = []
  const byPerson = Map.groupBy(kept, (one) => one.hearing.accountId)
  const people = [...byPerson]
  const isShared = people.length > 1 && told.event === 'update'
  const shared = isShared ? await presentShared(ctx, told.id) : undefined
  const filtering = shared && (await findFiltering(ctx, [...byPerson.keys()]))
  const payload = shared && makePayloads(shared)
  const tell = async ([accountId, own]: [Id, Kept[]]) => {
    if (payload && shared.account.id !== accountId && !filtering?.has(accountId)) {
      heard.push(...own.map(({ hearing, reason }) => ({ hearing, event: told.event, payload: payload(reason) })))
    } else heard.push(...(await presentOwn(ctx, told, own)))
  }
  for (let at = 0; at < people.length; at += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- so many at a time, on purpose
    await Promise.all(people.slice(at, at + AT_ONCE).map(tell))
  }
  return heard
}

/** The JSON of a post with a reason, written once for each reason that there is. */
function makePayloads(status: Status): (reason: FeedReason | undefined) => string {
  const written = new Map<string, string>()
  return (reason) => {
    const key = JSON.stringify(reason ?? null)
    const payload = written.get(key) ?? JSON.stringify(giveReason(status, reason))
    written.set(key, payload)
    return payload
  }
}

/** The post as one person sees it, for those of their streams in which they do not hide it. */
async function presentOwn(ctx: Context, { id, event }: Told, own: readonly Kept[]): Promise<Heard[]> {
  const [status] = own[0] ? await presentStatuses(ctx, own[0].hearing.accountId, [id]) : []
  if (!status) return []
  const payload = makePayloads(status)
  // An edit of what is hidden is told all the same: an app may still show the words from before.
  const heard = event === 'update' ? own.filter((one) => !isHiddenFrom(one.hearing, status)) : own
  return heard.map(({ hearing, reason }) => ({ hearing, event, payload: payload(reason) }))
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
async function presentShared(ctx: Context, id: Id): Promise<Status | undefined> {
  const [status] = await presentStatuses(ctx, null, [id])
  if (!status || status.reblog || status.in_reply_to_id || status.poll || status.quote) return undefined
  if (!status.quote_approval.automatic.includes('public')) return undefined
  const marks = { favourited: false, reblogged: false, muted: false, bookmarked: false, filtered: [] }
  const quote_approval = { ...status.quote_approval, current_user: 'automatic' }
  return { ...status, ...marks, quote_approval }
}

type Deleted = { statusId: Id; authorId: Id; isLocal: boolean; visibility: string; mentionedIds: Id[] }

/**
 * The post is gone, so the fact says who it was for: that an open post is gone may be known to all, that a closed one is
 * only to those who could read it.
 */
export const streamDelete: Presenter = async (ctx, facts, hearings) => {
  const { statusId, authorId, isLocal, visibility, mentionedIds } = facts as Deleted
  const homes = byName(hearings, 'user', 'list')
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
  const homes = byName(hearings, 'user', 'list')
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
