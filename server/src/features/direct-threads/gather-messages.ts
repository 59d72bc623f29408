import { sql, type RawBuilder } from 'kysely'
import { announce } from '#features/streaming'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** A private mention for one person here who has it. What is muted comes quietly. */
export type Message = { accountId: Id; statusId: Id; isQuiet: boolean }

/** True of a thread's key, person and conversation together: the same people in the same conversation. */
const SAME_THREAD = sql`t.account_id = one.account_id and t.conversation_id = one.conversation_id and t.people_key = one.people_key`

/** Everybody in a status, in SQL: who wrote it and who may read it by name. */
const PEOPLE = sql`(select s.account_id as id union select m.account_id from mentions m where m.status_id = s.id)`

/** What is gathered, one row per message, in SQL: with its thread's conversation and circle. Anything but a live private mention is left out. */
function messagesIn(messages: readonly Message[]): RawBuilder<unknown> {
  const accounts = messages.map((one) => one.accountId)
  const statuses = messages.map((one) => one.statusId)
  const quiet = messages.map((one) => one.isQuiet)
  return sql`(
    select keeper.account_id, s.id as status_id, s.conversation_id, s.account_id = keeper.account_id as is_own, keeper.is_quiet,
      md5(coalesce((select string_agg(person.id::text, ',' order by person.id) from ${PEOPLE} person
        where person.id <> keeper.account_id), '')) as people_key
    from unnest(${accounts}::bigint[], ${statuses}::bigint[], ${quiet}::boolean[]) keeper (account_id, status_id, is_quiet)
    join statuses s on s.id = keeper.status_id
    where s.visibility = 'direct' and s.state = 'live' and s.reblog_of_id is null)`
}

/**
 * Puts messages into the threads of those who have them; a thread that was put away comes back. Only what others write is
 * unread, and an answer of one's own says that all before it was read. Each is gathered once, however often this runs;
 * in a fixed number of statements. The caller holds the posts, so that a deletion comes after.
 */
export async function gatherMessages(tx: Tx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  const given = messagesIn(messages)
  await sql`
    insert into direct_threads as t (account_id, conversation_id, people_key, last_status_id)
    select one.account_id, one.conversation_id, one.people_key, max(one.status_id) from ${given} one
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (account_id, conversation_id, people_key)
    do update set last_status_id = greatest(t.last_status_id, excluded.last_status_id)`.execute(tx.db)
  await sql`
    insert into direct_thread_accounts (thread_id, account_id)
    select distinct t.id, person.id from ${given} one join direct_threads t on ${SAME_THREAD}
    join statuses s on s.id = one.status_id cross join lateral ${PEOPLE} person
    where person.id <> t.account_id on conflict do nothing`.execute(tx.db)
  const added = await sql<{ thread_id: Id }>`
    insert into direct_thread_statuses (thread_id, status_id)
    select t.id, one.status_id from ${given} one join direct_threads t on ${SAME_THREAD}
    on conflict do nothing returning thread_id, status_id`.execute(tx.db)
  await markUnread(tx, given, added.rows as AddedRow[])
}

type AddedRow = { thread_id: Id; status_id: Id }

/** What the newest of the added messages says of its thread. A quiet one says nothing. */
async function markUnread(tx: Tx, given: RawBuilder<unknown>, added: readonly AddedRow[]): Promise<void> {
  if (added.length === 0) return
  const threads = added.map((row) => row.thread_id)
  const statuses = added.map((row) => row.status_id)
  const changed = await sql<{ id: Id; account_id: Id }>`
    update direct_threads t set unread = case when newest.is_quiet then t.unread else not newest.is_own end
    from (select distinct on (added.thread_id) added.thread_id, added.status_id, one.is_own, one.is_quiet
      from unnest(${threads}::bigint[], ${statuses}::bigint[]) added (thread_id, status_id)
      join direct_threads t on t.id = added.thread_id
      join ${given} one on ${SAME_THREAD} and one.status_id = added.status_id
      order by added.thread_id, added.status_id desc) newest
    where t.id = newest.thread_id and (not newest.is_own or t.last_status_id = newest.status_id)
    returning t.id, t.account_id`.execute(tx.db)
  for (const { id, account_id } of changed.rows)
    tx.afterCommit(() => announce(tx.streams, 'conversation', { threadId: id, accountId: account_id }))
}
