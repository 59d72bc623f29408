import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** A flat document; its route says what may be in it. Three of its members other apps read too. */
export type WebSettings = Record<string, unknown> & { media?: string; expandWarnings?: boolean; autoplay?: string }

/** How the web app looks and reads for a person; what they never set is absent. One query. */
export async function readWebSettings(ctx: Context, userId: Id): Promise<WebSettings> {
  const row = await ctx.db.selectFrom('users').select('web_settings').where('id', '=', userId).executeTakeFirst()
  return (row?.web_settings ?? {}) as WebSettings
}

/** Sets what is named and leaves the rest, so that two devices do not undo each other's changes. */
export async function changeWebSettings(tx: Tx, userId: Id, change: Record<string, unknown>): Promise<WebSettings> {
  const row = await tx.db
    .updateTable('users')
    .set({ web_settings: sql`web_settings || ${JSON.stringify(change)}::jsonb` })
    .where('id', '=', userId)
    .returning('web_settings')
    .executeTakeFirstOrThrow()
  return row.web_settings as WebSettings
}
