import type { Draft } from '@hamlet/contract/draft'
import { presentOwnMedia } from '#features/media'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listDrafts, type DraftRow } from '../drafts/store.ts'

/** An account's drafts as JSON, of these ids or all, in two queries. */
export async function presentDrafts(ctx: Context, accountId: Id, ids?: readonly Id[]): Promise<Draft[]> {
  const rows = await listDrafts(ctx, accountId, ids)
  const media = await presentOwnMedia(
    ctx,
    accountId,
    rows.flatMap((row) => row.media_ids),
  )
  return rows.map((row) => presentRow(row, media))
}

function presentRow(row: DraftRow, media: Awaited<ReturnType<typeof presentOwnMedia>>): Draft {
  return {
    id: row.id,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
    visibility: row.visibility,
    quote_approval_policy: row.quote_policy,
    reply_policy: row.reply_policy,
    language: row.language,
    in_reply_to_id: row.in_reply_to_id,
    quoted_status_id: row.quoted_status_id,
    parts: row.parts.map(({ media_ids, ...part }) => ({
      ...part,
      media_attachments: media_ids.map((id) => media.get(id)).filter((one) => one !== undefined),
    })),
  }
}
