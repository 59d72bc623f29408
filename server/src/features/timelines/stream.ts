import { sql } from 'kysely'
import { presentStatuses } from '#features/statuses'
import type { Hearing, Heard, Presenter } from '#features/streaming'
import { idTimeMs, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listHome, listPublic, listTagged } from './feeds.ts'

/** What arrives late is read, not announced (architecture 8, Ids). */
const FRESH_MS = 6 * 3_600_000
/** Listeners that are looked after at a time, so that a post with a crowd leaves the database to others too. */
const AT_ONCE = 8

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

/** The feeds themselves are asked for this one post, so that a stream never shows what its feed does not. */
async function tellStatus(ctx: Context, told: Told, hearings: readonly Hearing[]): Promise<Heard[]> {
  const home = await keepHome(ctx, told.id, byName(hearings, 'user'))
  const open = await keepPublic(ctx, told.id, hearings)
  return present(ctx, told, [...home, ...open])
}

function byName(hearings: readonly Hearing[], ...names: string[]): Hearing[] {
  return hearings.filter((one) => names.includes(one.name))
}

const only = (id: Id) => ({ limit: 1, maxId: (BigInt(id) + 1n).toString(), sinceId: (BigInt(id) - 1n).toString() })

async function listMentioned(ctx: Context, id: Id): Promise<Set<Id>> {
  const found = await sql<{ account_id: Id }>`select account_id from mentions where status_id = ${id}`.execute(ctx.db)
  return new Set(found.rows.map((row) => row.account_id))
}

/** One query finds who follows the author; each of them is then asked of their own feed. */
async function keepHome(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Hearing[]> {
  if (hearings.length === 0) return []
  const listening = [...new Set(hearings.map((one) => one.accountId))]
  const near = await sql<{ id: Id }>`
    select f.account_id as id from statuses s join follows f on f.target_account_id = s.account_id and f.state = 'accepted'
    where s.id = ${id} and f.account_id = any(${listening}::bigint[])
    union select s.account_id from statuses s where s.id = ${id} and s.account_id = any(${listening}::bigint[])`.execute(
    ctx.db,
  )
  const shown = await keep(
    near.rows.map((row) => row.id),
    async (accountId) => (await listHome(ctx, accountId, only(id))).length > 0,
  )
  return hearings.filter((one) => shown.has(one.accountId))
}

type Look = (viewerId: Id | null) => Promise<Id[]>

/** How the feed behind a public stream is asked for one post. */
function lookOf(ctx: Context, id: Id, hearing: Hearing): Look | undefined {
  const parts = hearing.name.split(':')
  const feed = {
    local: parts.includes('local'),
    remote: parts.includes('remote'),
    onlyMedia: parts.includes('media'),
  }
  if (parts[0] === 'public') return (viewerId) => listPublic(ctx, viewerId, feed, only(id))
  const name = hearing.param ?? ''
  if (parts[0] === 'hashtag') return (viewerId) => listTagged(ctx, viewerId, { ...feed, name }, only(id))
  return undefined
}

/** A stranger is asked first: what a public feed does not show them, it shows nobody. */
async function keepPublic(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Hearing[]> {
  const byStream = Map.groupBy(hearings, (one) => JSON.stringify(one.stream))
  const kept: Hearing[] = []
  for (const listeners of byStream.values()) {
    const look = listeners[0] && lookOf(ctx, id, listeners[0])
    // oxlint-disable-next-line no-await-in-loop -- streams are few, listeners many
    if (!look || (await look(null)).length === 0) continue
    const people = listeners.map((one) => one.accountId)
    // oxlint-disable-next-line no-await-in-loop -- streams are few, listeners many
    const shown = await keep(people, async (accountId) => (await look(accountId)).length > 0)
    kept.push(...listeners.filter((one) => shown.has(one.accountId)))
  }
  return kept
}

async function keep(accountIds: readonly Id[], isShown: (accountId: Id) => Promise<boolean>): Promise<Set<Id>> {
  const shown = new Set<Id>()
  await forEach([...new Set(accountIds)], async (accountId) => {
    if (await isShown(accountId)) shown.add(accountId)
  })
  return shown
}

/** The post as each person may see it, made once for all their streams. */
async function present(ctx: Context, told: Told, hearings: readonly Hearing[]): Promise<Heard[]> {
  const heard: Heard[] = []
  await forEach([...Map.groupBy(hearings, (one) => one.accountId)], async ([accountId, own]) => {
    const [status] = await presentStatuses(ctx, accountId, [told.id])
    if (!status) return
    const payload = JSON.stringify(status)
    heard.push(...own.map((hearing) => ({ hearing, event: told.event, payload })))
  })
  return heard
}

async function forEach<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- so many at a time, on purpose
    await Promise.all(items.slice(at, at + AT_ONCE).map(run))
  }
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
