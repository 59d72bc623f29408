import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Visibility } from '#features/visibility'
import type { Context } from '#platform/context'
import type { QuotePolicy } from '../quote/set-policy.ts'
import type { ReplyPolicy } from '../store.ts'

/** A poll as it is asked for, before it is one. */
export type PollWish = { options: string[]; expires_in: number; multiple: boolean; hide_totals: boolean }

/** One post of a draft. */
export type StoredPart = {
  text: string
  spoiler_text: string
  sensitive: boolean
  poll: PollWish | null
  media_ids: Id[]
}

const columns = [
  'id',
  'version',
  'visibility',
  'quote_policy',
  'reply_policy',
  'language',
  'in_reply_to_id',
  'quoted_status_id',
  'parts',
  'media_ids',
  'created_at',
  'updated_at',
] as const

type Row = Awaited<ReturnType<typeof selectDrafts>>[number]
export type DraftRow = Omit<Row, 'parts' | 'visibility' | 'quote_policy' | 'reply_policy'> & {
  parts: StoredPart[]
  visibility: Visibility | null
  quote_policy: QuotePolicy | null
  reply_policy: ReplyPolicy | null
}

function selectDrafts(ctx: Context, accountId: Id, ids?: readonly Id[]) {
  return ctx.db
    .selectFrom('drafts')
    .select(columns)
    .where('account_id', '=', accountId)
    .$if(ids !== undefined, (query) => query.where('id', '=', sql<string>`any(${[...(ids ?? [])]}::bigint[])`))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** An account's drafts, of these ids or all, the one that was changed last first. */
export async function listDrafts(ctx: Context, accountId: Id, ids?: readonly Id[]): Promise<DraftRow[]> {
  return (await selectDrafts(ctx, accountId, ids)) as unknown as DraftRow[]
}
