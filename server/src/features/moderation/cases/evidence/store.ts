import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type EvidenceRow = {
  status_id: Id
  account_id: Id
  place: 'before' | 'reported' | 'after'
  url: string
  content: string
  spoiler_text: string
  visibility: string
  sensitive: boolean
  language: string | null
  edits: { html: string; warning: string; at: string }[]
  created_at: string
  edited_at: string | null
  /** How it reads today; null when it is gone. */
  now_content: string | null
  now_spoiler_text: string | null
  now_edited_at: string | null
  media: EvidenceMedia[]
}

export type EvidenceMedia = {
  id: Id
  type: string
  description: string | null
  blurhash: string | null
  width: number | null
  height: number | null
}

/** What was kept with a report, in the order of the thread, and how it reads now. One query. */
export async function listEvidence(ctx: Context, reportId: Id): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select e.status_id, e.account_id, e.place, e.url, e.content, e.spoiler_text, e.visibility, e.sensitive, e.language, e.edits,
      e.created_at, e.edited_at, s.content as now_content, s.spoiler_text as now_spoiler_text, s.edited_at as now_edited_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.media_id::text, 'type', m.type, 'description', m.description,
        'blurhash', m.blurhash, 'width', m.width, 'height', m.height) order by m.position)
        from report_media m where m.report_id = e.report_id and m.status_id = e.status_id), '[]') as media
    from report_evidence e left join statuses s on s.id = e.status_id and s.state = 'live'
    where e.report_id = ${reportId}::bigint order by e.created_at, e.status_id`.execute(ctx.db)
  return rows
}
