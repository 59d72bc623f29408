import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { addEmoji, readCategory } from '../add-emoji.ts'
import { openPack, readEntries, type OpenPack } from './read-pack.ts'
import { dropPackFile, makeFolder, pathOf } from './store.ts'

/** Larger than any emoji may be, so that the emoji itself says what is wrong with it. */
const MOST_READ = 4_194_304

export type PackWish = { path: string; filename: string; category?: string | undefined; replaces?: boolean | undefined }

/** Looks into an archive, writes down what is in it, and has it brought. The same file twice, while it is brought, is one. */
export async function startPack(ctx: Context, actorId: Id, wish: PackWish): Promise<Id> {
  const entries = await withPack(wish.path, (pack) => readEntries(pack, readCategory(wish.category)))
  const stored = randomBytes(24).toString('hex')
  const digest = createHash('sha256')
    .update(await readFile(wish.path))
    .digest('hex')
  await makeFolder(ctx)
  await copyFile(wish.path, pathOf(ctx, stored))
  let isKept = false
  try {
    return await transact(ctx, async (tx) => {
      await sql`lock table emoji_packs in share row exclusive mode`.execute(tx.db)
      const running = await tx.db
        .selectFrom('emoji_packs')
        .select('id')
        .where('finished_at', 'is', null)
        .where('digest', '=', digest)
        .executeTakeFirst()
      if (running) return running.id
      isKept = true
      return writeDown(tx, actorId, { wish, entries, stored, digest })
    })
  } catch (cause) {
    isKept = false
    throw cause
  } finally {
    if (!isKept) await dropPackFile(ctx, stored)
  }
}

type Found = { wish: PackWish; entries: Awaited<ReturnType<typeof readEntries>>; stored: string; digest: string }

async function writeDown(tx: Tx, actorId: Id, { wish, entries, stored, digest }: Found): Promise<Id> {
  const now = tx.clock.now()
  const pack = {
    id: makeId(now.getTime()),
    file_name: wish.filename.replaceAll(/[^\w. -]/g, '').slice(0, 120) || 'pack',
    stored_name: stored,
    digest,
    replaces: wish.replaces ?? false,
    created_at: now.toISOString(),
  }
  await tx.db.insertInto('emoji_packs').values(pack).execute()
  const rows = entries.map((entry, position) => ({
    pack_id: pack.id,
    position,
    ...entry,
    name: entry.name.slice(-200),
    shortcode: entry.shortcode.slice(0, 200),
  }))
  await sql`
    insert into emoji_pack_entries (pack_id, position, name, shortcode, category)
    select ${pack.id}, * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as one (position int, name text, shortcode text, category text)`.execute(tx.db)
  const details = { emojis: entries.length }
  await writeAudit(tx, { actorId, action: 'emoji.import', targetType: 'emoji', label: pack.file_name, details })
  await enqueue(tx, bringPack, { packId: pack.id })
  return pack.id
}

async function withPack<T>(path: string, work: (pack: OpenPack) => Promise<T>): Promise<T> {
  const pack = await openPack(path)
  try {
    return await work(pack)
  } finally {
    await pack.close()
  }
}

/** Takes one picture after another, each in a transaction that notes it: what interrupts this brings none of them twice. */
export const bringPack: JobKind<{ packId: Id }> = defineJob<{ packId: Id }>({
  name: 'emojis.bring-pack',
  class: 'slow',
  orderingKey: () => 'emojis.bring-pack',
  run: async (ctx, { packId }) => {
    const row = await ctx.db.selectFrom('emoji_packs').selectAll().where('id', '=', packId).executeTakeFirst()
    if (!row || row.finished_at !== null) return
    const waiting = await ctx.db
      .selectFrom('emoji_pack_entries')
      .selectAll()
      .where('pack_id', '=', packId)
      .where('outcome', '=', 'waiting')
      .orderBy('position')
      .execute()
    await withPack(pathOf(ctx, row.stored_name), async (pack) => {
      // oxlint-disable-next-line no-await-in-loop -- pictures are drawn one after another in any case
      for (const entry of waiting) await bringOne(ctx, pack, { ...entry, replaces: row.replaces })
    })
    const finished_at = ctx.clock.now().toISOString()
    await ctx.db.updateTable('emoji_packs').set({ finished_at }).where('id', '=', packId).execute()
    await dropPackFile(ctx, row.stored_name)
  },
})

type Entry = {
  pack_id: Id
  position: number
  name: string
  shortcode: string
  category: string | null
  replaces: boolean
}

/** One picture that cannot be used does not keep the others away. */
async function bringOne(ctx: Context, pack: OpenPack, entry: Entry): Promise<void> {
  const { shortcode, replaces } = entry
  try {
    const name = [...pack.names].find((one) => one.slice(-200) === entry.name)
    const path = name === undefined ? undefined : await pack.read(name, MOST_READ)
    if (!path) throw invalid('The picture is not in the archive any more')
    const wish = { shortcode, path, category: entry.category ?? undefined, replaces }
    await addEmoji(ctx, wish, (tx) => settle(tx, entry, null))
  } catch (error) {
    // Too much work at this moment is no fault of the picture.
    if (!(error instanceof Refusal) || error.reason === 'tooMany') throw error
    await settle(ctx, entry, error.message)
  }
}

async function settle({ db }: Context, { pack_id, position }: Entry, problem: string | null): Promise<void> {
  await db
    .updateTable('emoji_pack_entries')
    .set({ outcome: problem === null ? 'added' : 'skipped', problem })
    .where('pack_id', '=', pack_id)
    .where('position', '=', position)
    .execute()
}
