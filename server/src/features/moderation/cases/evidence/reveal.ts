import { sql } from 'kysely'
import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { pictureAddress } from '#features/media'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { labelOf } from '../../label.ts'
import { findReport } from '../../store.ts'

type Revealed = { url: string | null; today: number }
/** Stands for the words of a post that was for few. */
const WORDS = '0'

/**
 * Uncovers a picture of a report for a moderator. It is counted by day, since seeing such things wears people down
 * (web-spec M-12); the same picture again is not counted again.
 */
export async function revealMedia(tx: Tx, moderatorId: Id, reportId: string, mediaId: string): Promise<Revealed> {
  if (!isId(reportId) || !isId(mediaId)) throw notFound()
  const media = await tx.db
    .selectFrom('report_media')
    .select(['file_key', 'source_key', 'remote_url', 'type'])
    .where('report_id', '=', reportId)
    .where('media_id', '=', mediaId)
    .executeTakeFirst()
  if (!media) throw notFound()
  await noteReveal(tx, moderatorId, reportId, mediaId)
  return { url: addressOf(tx, mediaId, media), today: await countRevealed(tx, moderatorId) }
}

type Kept = { file_key: string | null; source_key: string | null; remote_url: string | null; type: string }

function addressOf(ctx: Context, mediaId: Id, { file_key, source_key, remote_url, type }: Kept): string | null {
  const key = file_key ?? source_key
  if (key !== null) return ctx.blobs.url(key)
  if (remote_url === null || type !== 'image') return remote_url
  return pictureAddress(ctx, { kind: 'attachment', subjectId: mediaId, url: remote_url }, 'original')
}

/** How many pictures a moderator has opened today. One query. */
export async function countRevealed(ctx: Context, moderatorId: Id): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from evidence_reveals
    where moderator_id = ${moderatorId} and day = ${dayOf(ctx)}::date and media_id <> ${WORDS}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

const dayOf = (ctx: Context) => ctx.clock.now().toISOString().slice(0, 10)

async function noteReveal(tx: Tx, moderatorId: Id, reportId: Id, mediaId: Id): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence_reveals (report_id, moderator_id, media_id, day)
    values (${reportId}, ${moderatorId}, ${mediaId}, ${dayOf(tx)}::date) on conflict do nothing returning day`.execute(
    tx.db,
  )
  return rows.length > 0
}

/** That a moderator read what was for few is written down, once a day: reported or not, it was private. */
export async function noteReading(ctx: Context, moderatorId: Id, reportId: Id): Promise<void> {
  await transact(ctx, async (tx) => {
    if (!(await noteReveal(tx, moderatorId, reportId, WORDS))) return
    const report = await findReport(tx, reportId)
    const target = report && (await findAccount(tx, report.target_account_id))
    await writeAudit(tx, {
      actorId: moderatorId,
      action: 'report.read-private',
      targetType: 'report',
      targetId: reportId,
      label: target ? labelOf(target) : '',
    })
  })
}
