import { sql } from 'kysely'
import { onlyVisible } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { keepEvidenceFiles } from './files.ts'

/** Around so many of the reported posts the thread is kept, too: the first ones. */
const MOST_THREADS = 5
const AROUND = 2

type Reported = { reportId: Id; reporterId: Id; statusIds: readonly Id[] }

/**
 * Writes down what was reported as it is now, with two posts above and two below it, as far as the reporter could see
 * them: all of it may be changed or gone when somebody looks. A fixed number of queries, however many posts.
 */
export async function keepEvidence(tx: Tx, { reportId, reporterId, statusIds }: Reported): Promise<void> {
  if (statusIds.length === 0) return
  await copyPosts(tx, reportId, 'reported', statusIds)
  const around = await listAround(tx, statusIds.slice(0, MOST_THREADS))
  const seen = new Set(
    await onlyVisible(
      tx,
      reporterId,
      around.map((one) => one.id),
    ),
  )
  for (const place of ['before', 'after'] as const)
    await copyPosts(
      tx,
      reportId,
      place,
      around.filter((one) => one.place === place && seen.has(one.id)).map((one) => one.id),
    )
  if (await copyMedia(tx, reportId)) await enqueue(tx, keepEvidenceFiles, { reportId })
}

type Around = { id: Id; place: 'before' | 'after' }

async function listAround(tx: Tx, ids: readonly Id[]): Promise<Around[]> {
  const { rows } = await sql<Around>`
    with recursive up as (
      select s.in_reply_to_id as id, 1 as depth from statuses s
      where s.id = any(${[...ids]}::bigint[]) and s.in_reply_to_id is not null
      union all
      select s.in_reply_to_id, up.depth + 1 from up join statuses s on s.id = up.id
      where up.depth < ${AROUND} and s.in_reply_to_id is not null
    ), down as (
      select r.id from unnest(${[...ids]}::bigint[]) as named (id)
      cross join lateral (select s.id from statuses s where s.in_reply_to_id = named.id and s.state = 'live' order by s.id limit ${AROUND}) r
    )
    select id, 'before' as place from up where id is not null union select id, 'after' from down`.execute(tx.db)
  return rows
}

/** A post stands once among the evidence of a report, at the first place it was found. */
async function copyPosts(tx: Tx, reportId: Id, place: string, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into report_evidence (report_id, status_id, account_id, place, url, content, spoiler_text, visibility, sensitive, language,
      edits, created_at, edited_at)
    select ${reportId}::bigint, s.id, s.account_id, ${place}, s.url, s.content, s.spoiler_text, s.visibility, s.sensitive, s.language,
      coalesce((select jsonb_agg(jsonb_build_object('html', e.content, 'warning', e.spoiler_text, 'at', e.created_at) order by e.id)
        from status_edits e where e.status_id = s.id and ${place} = 'reported'), '[]'),
      s.created_at, s.edited_at
    from statuses s where s.id = any(${[...ids]}::bigint[]) on conflict do nothing`.execute(tx.db)
}

/** What the reported posts hold; gives whether there are files to keep. A picture that is kept already is shared. */
async function copyMedia(tx: Tx, reportId: Id): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    insert into report_media (report_id, status_id, media_id, position, type, description, blurhash, width, height, digest, remote_url,
      source_key, file_key)
    select e.report_id, e.status_id, m.id, m.position, m.type, m.description, m.blurhash, m.width, m.height, m.digest, m.remote_url,
      m.original_key, (select k.file_key from report_media k where k.media_id = m.id and k.file_key is not null limit 1)
    from report_evidence e join media m on m.status_id = e.status_id
    where e.report_id = ${reportId}::bigint and e.place = 'reported'
    on conflict do nothing returning source_key is not null and file_key is null as waits`.execute(tx.db)
  return rows.some((row) => row.waits)
}
