import { sql, type Insertable } from 'kysely'
import { ensureDomain } from '#features/domains'
import { forgetPicturesNamed } from '#features/media'
import type { RemoteEmoji } from '#federation'
import type { Host } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import type { DB } from '#platform/db'

/** A server with more than that invents them; what is over the limit stays text. */
const MOST_OF_A_SERVER = 10_000

/**
 * Takes in the emoji that an object of another server brought along. One that is known changes when its picture has
 * another address, or its server says that it is newer (federation.md h.5). Nobody else can change ours.
 */
export async function storeEmojis(tx: Tx, host: Host, emojis: readonly RemoteEmoji[]): Promise<void> {
  if (emojis.length === 0) return
  const domain = await ensureDomain(tx, host)
  if (domain.isLocal) return
  // In one order everywhere, so that two posts with the same emoji never wait for each other in a circle.
  const sorted = emojis.toSorted((a, b) => (a.shortcode < b.shortcode ? -1 : 1))
  const known = await findKnown(tx, domain.id, sorted)
  const changed = sorted.filter((emoji) => isChange(emoji, known.get(emoji.shortcode)))
  if (changed.length === 0) return
  const hasRoom =
    changed.every((emoji) => known.has(emoji.shortcode)) || (await countOf(tx, domain.id)) < MOST_OF_A_SERVER
  for (const emoji of changed) {
    const before = known.get(emoji.shortcode)
    if (before || hasRoom) await store(tx, domain.id, emoji, before)
  }
}

type Known = { id: Id; shortcode: string; remote_url: string | null; updated_at: string }

async function findKnown(
  tx: Tx,
  domainId: Id,
  emojis: readonly Pick<RemoteEmoji, 'shortcode'>[],
): Promise<Map<string, Known>> {
  const rows = await tx.db
    .selectFrom('custom_emojis')
    .select(['id', 'shortcode', 'remote_url', 'updated_at'])
    .where('domain_id', '=', domainId)
    .where('shortcode', '=', sql<string>`any(${emojis.map((emoji) => emoji.shortcode)})`)
    .execute()
  return new Map(rows.map((row) => [row.shortcode, row]))
}

function isChange(emoji: RemoteEmoji, known: Known | undefined): boolean {
  if (!known || known.remote_url !== emoji.url) return true
  return emoji.updated !== undefined && emoji.updated.getTime() > Date.parse(known.updated_at)
}

async function countOf(tx: Tx, domainId: Id): Promise<number> {
  const row = await tx.db
    .selectFrom('custom_emojis')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('domain_id', '=', domainId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** What is kept of the picture goes, also when only its date is newer: the same address may have another picture. */
async function store(tx: Tx, domainId: Id, emoji: RemoteEmoji, known: Known | undefined): Promise<void> {
  const now = tx.clock.now()
  const updated_at = (emoji.updated ?? now).toISOString()
  const values = { uri: emoji.uri, remote_url: emoji.url, updated_at }
  if (!known) return insert(tx, { domain_id: domainId, shortcode: emoji.shortcode, ...values })
  await tx.db.updateTable('custom_emojis').set(values).where('id', '=', known.id).execute()
  await forgetPicturesNamed(tx, 'emoji', [known.id])
}

const TRIES = 5

/** Ids hold 16 random bits a millisecond, so a clash is rare and simply tried again; a name that is taken meanwhile stays as it is. */
async function insert(tx: Tx, row: Omit<Insertable<DB['custom_emojis']>, 'id' | 'created_at'>): Promise<void> {
  const now = tx.clock.now()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const made = await tx.db
      .insertInto('custom_emojis')
      .values({ id: makeId(now.getTime()), created_at: now.toISOString(), ...row })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made || (await findKnown(tx, row.domain_id, [row])).size > 0) return
  }
  throw new Error('No free id was found for an emoji')
}
