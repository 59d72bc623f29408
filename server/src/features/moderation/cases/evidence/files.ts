import { sql } from 'kysely'
import { dropFiles, sweepFiles } from '#features/media'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { makeBlobKey } from '#platform/blobs'
import { defineJob, type Schedule } from '#platform/jobs'

const KIND = 'evidence'
/** How long what was reported is kept after the case was closed, for appeals. */
const KEPT_MS = 30 * 24 * 3_600_000
const CHUNK = 200

/** Copies the files of reported posts, so that they outlive the posts: once, however many reports name a picture. */
export const keepEvidenceFiles = defineJob<{ reportId: Id }>({
  name: 'moderation.keep-evidence-files',
  class: 'slow',
  run: async (ctx, { reportId }) => {
    const waiting = await ctx.db
      .selectFrom('report_media')
      .select(['media_id', 'source_key'])
      .where('report_id', '=', reportId)
      .where('file_key', 'is', null)
      .execute()
    for (const { media_id, source_key } of waiting) if (source_key !== null) await keepFile(ctx, media_id, source_key)
  },
})

async function keepFile(ctx: Context, mediaId: Id, sourceKey: string): Promise<void> {
  const content = await ctx.blobs.get(sourceKey)
  // It went with its post before it could be copied; its digest stays.
  if (!content) return
  const key = makeBlobKey(KIND, sourceKey.split('.').at(-1) ?? 'bin')
  await ctx.blobs.put(key, content)
  if (!(await transact(ctx, (tx) => nameFile(tx, mediaId, key)))) await ctx.blobs.delete(key)
}

/** Names the copy wherever the picture was reported; false where there was one already, which then stands for all. */
async function nameFile({ db }: Tx, mediaId: Id, key: string): Promise<boolean> {
  const rows = await db
    .selectFrom('report_media')
    .select('file_key')
    .where('media_id', '=', mediaId)
    .orderBy('report_id')
    .forUpdate()
    .execute()
  const known = rows.find((row) => row.file_key !== null)?.file_key ?? null
  await db
    .updateTable('report_media')
    .set({ file_key: known ?? key })
    .where('media_id', '=', mediaId)
    .where('file_key', 'is', null)
    .execute()
  return known === null && rows.length > 0
}

/** Lets files go that no report names any more, once this transaction is durable. */
export async function dropEvidenceFiles(tx: Tx, keys: readonly (string | null)[]): Promise<void> {
  const named = [...new Set(keys.filter((key) => key !== null))]
  if (named.length === 0) return
  const held = new Set(await findNamed(tx, named))
  await dropFiles(
    tx,
    named.filter((key) => !held.has(key)),
  )
}

async function findNamed(ctx: Context, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct file_key as key from report_media where file_key = any(${[...keys]})`.execute(ctx.db)
  return rows.map((row) => row.key)
}

/** Pictures of cases that were closed a month ago go, and what those cases had in common with others. */
export async function pruneEvidence(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  let gone: number
  do gone = await transact(ctx, (tx) => pruneChunk(tx, before))
  while (gone === CHUNK)
  await transact(ctx, (tx) => sql`delete from evidence_reveals where day < ${before.slice(0, 10)}::date`.execute(tx.db))
  await sweepFiles(ctx, [KIND], (keys) => findNamed(ctx, keys))
}

async function pruneChunk(tx: Tx, before: string): Promise<number> {
  const { rows } = await sql<{ id: Id }>`
    select r.id from reports r where r.resolved_at < ${before}::timestamptz
      and (r.group_keys <> '{}' or exists (select 1 from report_media m where m.report_id = r.id))
    order by r.id limit ${CHUNK} for update skip locked`.execute(tx.db)
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return 0
  const media = await sql<{ file_key: string | null }>`
    delete from report_media where report_id = any(${ids}::bigint[]) returning file_key`.execute(tx.db)
  await sql`update reports set group_keys = '{}' where id = any(${ids}::bigint[])`.execute(tx.db)
  await dropEvidenceFiles(
    tx,
    media.rows.map((row) => row.file_key),
  )
  return ids.length
}

const prune = defineJob<Record<string, never>>({
  name: 'moderation.prune-evidence',
  class: 'slow',
  run: pruneEvidence,
})

export const evidenceSchedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
