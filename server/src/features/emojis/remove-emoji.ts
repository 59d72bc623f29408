import { requireLocalDomain } from '#features/domains'
import { dropFiles } from '#features/media'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { readShortcode } from './add-emoji.ts'

/** Takes an emoji of this server away: where it stands in texts, its name is shown. Its files go after commit. */
export async function removeEmoji(tx: Tx, name: string): Promise<{ shortcode: string }> {
  const shortcode = readShortcode(name)
  const domain = await requireLocalDomain(tx)
  const gone = await tx.db
    .deleteFrom('custom_emojis')
    .where('domain_id', '=', domain.id)
    .where('shortcode', '=', shortcode)
    .returning(['original_key', 'static_key'])
    .executeTakeFirst()
  if (!gone) throw new Refusal('notFound', `There is no emoji :${shortcode}: here.`)
  await dropFiles(tx, [gone.original_key, gone.static_key])
  return { shortcode }
}
