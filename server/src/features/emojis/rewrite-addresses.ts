import { sql } from 'kysely'
import type { Tx } from '#platform/context'

/** Gives every emoji of ours its address under a new public base, while nobody elsewhere knows the old one. */
export async function rewriteEmojiAddresses(tx: Tx, from: string, to: string): Promise<void> {
  await sql`update custom_emojis set uri = replace(uri, ${from}, ${to}) where original_key is not null`.execute(tx.db)
}
