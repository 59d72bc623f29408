import { writeAudit } from '#features/audit'
import { dropFiles, openPicture, signPicture } from '#features/media'
import type { Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { addEmoji, readCategory } from '../add-emoji.ts'
import type { EmojiRow } from '../store.ts'
import { listForTeam } from './store.ts'

type EmojiAct = 'enable' | 'disable' | 'list' | 'unlist' | 'sort' | 'copy' | 'delete'
/** `problem` says why nothing was done with it; null where something was. */
type EmojiOutcome = { id: Id; shortcode: string; problem: string | null }
export type ActWish = { ids: readonly Id[]; act: EmojiAct; category?: string | null | undefined }

/** Copies are fetched from where they come from: so many at once. */
const MOST_COPIED = 20

/** Does the same to many emoji, and says of each that it did not why. What is as it should be already is no failure. */
export async function actOnEmojis(ctx: Context, actorId: Id, wish: ActWish): Promise<EmojiOutcome[]> {
  if (wish.act !== 'copy') return transact(ctx, (tx) => changeAll(tx, actorId, wish))
  if (wish.ids.length > MOST_COPIED) throw invalid(`Validation failed: ${MOST_COPIED} can be copied at once`)
  const rows = await listForTeam(ctx, { limit: wish.ids.length }, wish.ids)
  if (rows.length === 0) throw notFound()
  // All are asked for together, and drawn one after another.
  const pictures = await Promise.all(rows.map((row) => fetchPicture(ctx, row)))
  const outcomes: EmojiOutcome[] = []
  for (const [index, row] of rows.entries())
    outcomes.push(await settle(row, () => copy(ctx, actorId, { row, picture: pictures[index] }, wish.category)))
  return outcomes
}

async function settle({ id, shortcode }: EmojiRow, work: () => Promise<unknown>): Promise<EmojiOutcome> {
  try {
    await work()
    return { id, shortcode, problem: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { id, shortcode, problem: error.message }
  }
}

async function changeAll(tx: Tx, actorId: Id, wish: ActWish): Promise<EmojiOutcome[]> {
  const ids = [...wish.ids]
  // In one order everywhere, so that two presses never wait for each other in a circle.
  await tx.db.selectFrom('custom_emojis').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
  const rows = await listForTeam(tx, { limit: ids.length }, ids)
  if (rows.length === 0) throw notFound()
  const outcomes: EmojiOutcome[] = []
  for (const row of rows) outcomes.push(await settle(row, () => change(tx, actorId, row, wish)))
  return outcomes
}

async function change(tx: Tx, actorId: Id, row: EmojiRow, { act, category }: ActWish): Promise<void> {
  if (act === 'delete') {
    requireOwn(row)
    await tx.db.deleteFrom('custom_emojis').where('id', '=', row.id).execute()
    await dropFiles(tx, [row.original_key, row.static_key])
    return note(tx, actorId, act, row)
  }
  const values = valuesOf(row, act, category)
  const isNews = Object.entries(values).some(([name, value]) => row[name as keyof typeof values] !== value)
  if (!isNews) return
  await tx.db.updateTable('custom_emojis').set(values).where('id', '=', row.id).execute()
  await note(tx, actorId, act, row)
}

type Values = Partial<Pick<EmojiRow, 'disabled' | 'visible_in_picker' | 'category'>>

function valuesOf(row: EmojiRow, act: EmojiAct, category: string | null | undefined): Values {
  if (act === 'enable' || act === 'disable') return { disabled: act === 'disable' }
  requireOwn(row)
  return act === 'sort' ? { category: readCategory(category) } : { visible_in_picker: act === 'list' }
}

function requireOwn({ is_local, host }: EmojiRow): void {
  if (!is_local) throw invalid(`It is one of ${host}. It can be disabled or copied here.`)
}

async function fetchPicture(ctx: Context, row: EmojiRow): Promise<Buffer | undefined> {
  if (row.is_local || row.remote_url === null) return undefined
  const picture = { kind: 'emoji', subjectId: row.id, url: row.remote_url } as const
  const source = { ...picture, accountId: null, accountHost: row.host }
  try {
    const found = await openPicture(ctx, source, { signature: signPicture(ctx, picture), variant: 'original' })
    return found.state === 'kept' ? found.content : undefined
  } catch (error) {
    // Its server is shut out.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

type Copied = { row: EmojiRow; picture: Buffer | undefined }

/** Ours from then on, under the same name: its picture is drawn anew, and lies here. */
async function copy(
  ctx: Context,
  actorId: Id,
  { row, picture }: Copied,
  category: string | null | undefined,
): Promise<void> {
  if (row.is_local) throw invalid('It is one of this server already')
  if (!picture) throw new Refusal('unavailable', `${row.host} has not given the picture. Try again in a while.`)
  const wish = { shortcode: row.shortcode, path: picture, category: category ?? undefined }
  await addEmoji(ctx, wish, (tx) => note(tx, actorId, 'copy', row))
}

export async function note(
  tx: Tx,
  actorId: Id,
  act: EmojiAct | 'add' | 'copy',
  row: Pick<EmojiRow, 'shortcode' | 'is_local' | 'host'>,
) {
  const label = row.is_local ? `:${row.shortcode}:` : `:${row.shortcode}: of ${row.host}`
  await writeAudit(tx, { actorId, action: `emoji.${act}`, targetType: 'emoji', label })
}
