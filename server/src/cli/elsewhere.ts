import { sql } from 'kysely'
import { accountGone, findAccountByAcct, requireInstanceSigner, resolveActor } from '#features/accounts'
import { forgetStatus } from '#features/statuses'
import { fetchDocument } from '#federation'
import { readHost } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { emit } from '#platform/events'
import { failureKind } from '#platform/net'
import { print, type Arguments } from './command.ts'
import { KEPT } from './local-only.ts'
import { tellProgress } from './progress.ts'
import { readDays } from './read-days.ts'
import { withContext } from './with-context.ts'

const DAY_MS = 24 * 3_600_000
/** Others are asked a few at a time: enough that a slow one holds nobody up, few enough to be no burden. */
const AT_ONCE = 8

type Person = { id: Id; uri: string; acct: string; host: string }

const named = (people: readonly Person[]) => people.map(({ acct }) => acct).toSorted()

/** Does something with each, a few at a time, and tells how far it is. */
async function eachOf<T>(
  all: readonly T[],
  run: (one: T) => Promise<void>,
  tell: (done: number) => void,
): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- thousands at once would take every connection
    await Promise.all(all.slice(from, from + AT_ONCE).map(run))
    tell(Math.min(from + AT_ONCE, all.length))
  }
}

function readHosts(words: readonly string[]): string[] {
  return words.map((text) => {
    const host = readHost(text)
    if (!host) throw new Refusal('invalid', `"${text}" is not a host name such as example.org.`)
    return host
  })
}

/** People of other servers, of some hosts or all, of whom nothing was heard since a time. */
async function findPeople(ctx: Context, { hosts, before }: { hosts: string[]; before?: Date }): Promise<Person[]> {
  const found = await sql<Person>`
    select a.id, a.uri, a.username || '@' || d.host as acct, d.host from accounts a join domains d on d.id = a.domain_id
    where not d.is_local and (cardinality(${hosts}::text[]) = 0 or d.host = any(${hosts}::text[]))
      and greatest(a.last_status_at, a.fetched_at, a.created_at) < ${(before ?? ctx.clock.now()).toISOString()}::timestamptz
    order by a.id`.execute(ctx.db)
  return found.rows
}

/** Everything of theirs goes by the same way as when their own server says that they are gone. */
async function letGo(ctx: Context, people: readonly Person[]): Promise<void> {
  for (const { id } of people)
    // oxlint-disable-next-line no-await-in-loop -- each is a transaction of its own, so that it may be stopped
    await transact(ctx, (tx) => emit(tx, accountGone, { accountId: id }))
}

/** How long nothing was heard of whom the server asks after (tootctl: a week). */
const SILENT_DAYS = 7

type Culled = { gone: Person[]; silent: Set<string>; asked: number }

/** Deletes people whose own server answers that they are gone: 404 or 410. */
export async function cullAccounts(args: Arguments): Promise<void> {
  const hosts = readHosts(args.words)
  const isDry = args.flags['dry-run'] === true
  const tell = tellProgress(args)
  const { gone, silent, asked } = await withContext(async (ctx): Promise<Culled> => {
    const before = new Date(ctx.clock.now().getTime() - SILENT_DAYS * DAY_MS)
    const people = await findPeople(ctx, { hosts, before })
    const signer = await requireInstanceSigner(ctx)
    const found: Culled = { gone: [], silent: new Set(), asked: people.length }
    const ask = async (person: Person) => {
      // One that did not answer once is not waited for again.
      if (found.silent.has(person.host)) return
      try {
        await fetchDocument(ctx, person.uri, signer)
      } catch (error) {
        if (saysGone(error)) found.gone.push(person)
        else if (failureKind(error) !== undefined) found.silent.add(person.host)
      }
    }
    await eachOf(people, ask, (done) => tell('asked', done, people.length))
    if (!isDry) await letGo(ctx, found.gone)
    return found
  })
  const hostsOfSilence = [...silent].toSorted()
  const verb = isDry ? 'are gone' : 'are gone, and go here while the server runs'
  print(args, { asked, gone: named(gone), silent_hosts: hostsOfSilence, dryRun: isDry }, [
    `${gone.length} of ${asked} people ${verb}${gone.length > 0 ? `: ${named(gone).join(', ')}` : ''}.`,
    ...(hostsOfSilence.length > 0 ? [`No answer came from ${hostsOfSilence.join(', ')}: nobody of theirs goes.`] : []),
  ])
}

function saysGone(error: unknown): boolean {
  return failureKind(error) === 'status' && [404, 410].includes(Number((error as Refusal).details['status']))
}

/** Where somebody here did something with a person of another server, or the team did. */
const TIES = `
  select account_id from follows union select target_account_id from follows
  union select account_id from blocks union select target_account_id from blocks
  union select account_id from mutes union select target_account_id from mutes
  union select target_account_id from account_notes union select account_id from list_accounts
  union select target_account_id from endorsements union select target_account_id from reports
  union select reporter_account_id from reports where reporter_account_id is not null
  union select target_account_id from strikes union select target_account_id from moderation_notes
  union select target_account_id from suspension_proposals
  union select from_account_id from notifications union select from_account_id from notification_requests
  union select from_account_id from notification_permissions
  union select account_id from direct_thread_accounts
  union select moved_to_account_id from accounts where moved_to_account_id is not null
  union select target_account_id from moves where target_account_id is not null
  union select account_id from report_evidence where account_id is not null
  union select account_id from favourites union select account_id from poll_votes`

/** Deletes people of other servers with whom nobody here ever had to do. */
export async function pruneAccounts(args: Arguments): Promise<void> {
  const isDry = args.flags['dry-run'] === true
  const pruned = await withContext(async (ctx) => {
    const { rows } = await sql<Person>`
      select a.id, a.uri, a.username || '@' || d.host as acct, d.host from accounts a join domains d on d.id = a.domain_id
      where not d.is_local and a.suspended_at is null and a.limited_at is null and a.sensitized_at is null
        and not exists (select from (${sql.raw(TIES)}) ties (id) where ties.id = a.id)
        and not exists (select from statuses s where s.account_id = a.id and s.id in (${sql.raw(KEPT)}))
      order by a.id`.execute(ctx.db)
    if (!isDry) await letGo(ctx, rows)
    return rows.length
  })
  print(args, { pruned, dryRun: isDry }, [
    `${pruned} people of other servers ${isDry ? 'would go' : 'go while the server runs'}.`,
  ])
}

/** Reads profiles of people of other servers anew. */
export async function refreshAccounts(args: Arguments): Promise<void> {
  const { domain, all } = args.flags
  if (args.words.length === 0 && typeof domain !== 'string' && all !== true)
    throw new Refusal('invalid', 'Say who: NAME@HOST, --domain HOST or --all.')
  const hosts = readHosts(typeof domain === 'string' ? [domain] : [])
  const tell = tellProgress(args)
  const { read, failed } = await withContext(async (ctx) => {
    const people = args.words.length > 0 ? await requirePeople(ctx, args.words) : await findPeople(ctx, { hosts })
    const failures: Person[] = []
    const renew = async (person: Person) => {
      await resolveActor(ctx, person.uri, { isFresh: true }).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        failures.push(person)
      })
    }
    await eachOf(people, renew, (done) => tell('read', done, people.length))
    return { read: people.length - failures.length, failed: named(failures) }
  })
  print(args, { refreshed: read, failed }, [
    `${read} profiles were read anew.`,
    ...(failed.length > 0 ? [`Not to be had: ${failed.join(', ')}.`] : []),
  ])
}

async function requirePeople(ctx: Context, handles: readonly string[]): Promise<Person[]> {
  const people: Person[] = []
  for (const handle of handles) {
    const acct = handle.replace(/^@/, '')
    // oxlint-disable-next-line no-await-in-loop -- a handful, named by hand
    const row = await findAccountByAcct(ctx, acct)
    if (!row || row.is_local) throw new Refusal('notFound', `Nobody of another server is known as @${acct}.`)
    people.push({ id: row.id, uri: row.uri, acct, host: row.host })
  }
  return people
}

const CHUNK = 1_000

/** Deletes old posts of other servers with which nobody here did anything. */
export async function removeStatuses(args: Arguments): Promise<void> {
  const days = readDays(args, 90)
  const isDry = args.flags['dry-run'] === true
  const tell = tellProgress(args)
  const removed = await withContext(async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - days * DAY_MS).toISOString()
    const old = sql`not s.is_local and s.reblog_of_id is null and s.state = 'live' and s.created_at < ${before}::timestamptz
      and s.id not in (${sql.raw(KEPT)})
      and (${args.flags['clean-followed'] === true} or not exists (select from follows f where f.target_account_id = s.account_id))`
    const [{ n } = { n: 0 }] = (
      await sql<{ n: number }>`select count(*)::int as n from statuses s where ${old}`.execute(ctx.db)
    ).rows
    let done = 0
    for (let last = '0'; !isDry;) {
      const { rows } = await sql<{ id: Id; account_id: Id }>`
        select s.id, s.account_id from statuses s where ${old} and s.id > ${last} order by s.id limit ${CHUNK}`.execute(
        ctx.db,
      )
      for (const { id, account_id } of rows) {
        // oxlint-disable-next-line no-await-in-loop -- each is a transaction of its own, so that it may be stopped
        if (await transact(ctx, (tx) => forgetStatus(tx, account_id, id))) done += 1
        tell('deleted', done, n)
      }
      last = rows.at(-1)?.id ?? last
      if (rows.length < CHUNK) break
    }
    return isDry ? n : done
  })
  print(args, { removed, days, dryRun: isDry }, [
    `${removed} posts of other servers ${isDry ? 'would go' : 'are gone'}: older than ${days} days, and nobody here did anything with them.`,
  ])
}
