import { writeAudit, type AuditAction } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

export type Preset = { id: Id; title: string; text: string }
type Wish = { title: string; text: string }

const MOST = 100
const LONGEST = { title: 100, text: 2000 }

/** Words that moderators use again and again, by title. One query. */
export async function listPresets(ctx: Context): Promise<Preset[]> {
  return ctx.db.selectFrom('warning_presets').select(['id', 'title', 'text']).orderBy('title').orderBy('id').execute()
}

export async function findPreset(ctx: Context, id: Id): Promise<Preset | undefined> {
  return ctx.db.selectFrom('warning_presets').select(['id', 'title', 'text']).where('id', '=', id).executeTakeFirst()
}

function readWish({ title, text }: Wish): Wish {
  const wish = { title: title.trim(), text: text.trim() }
  if (wish.text === '') throw invalid("Validation failed: Text can't be blank")
  for (const name of ['title', 'text'] as const)
    if (Array.from(wish[name]).length > LONGEST[name])
      throw invalid(`Validation failed: ${name} is too long (maximum is ${LONGEST[name]} characters)`)
  return wish
}

export async function createPreset(tx: Tx, actorId: Id, given: Wish): Promise<Id> {
  const wish = readWish(given)
  if ((await listPresets(tx)).length >= MOST) throw invalid(`There are ${MOST} of them already`)
  const now = tx.clock.now()
  const row = { id: makeId(now.getTime()), ...wish, created_at: now.toISOString(), updated_at: now.toISOString() }
  await tx.db.insertInto('warning_presets').values(row).execute()
  await tell(tx, actorId, 'preset.create', row)
  return row.id
}

export async function changePreset(tx: Tx, actorId: Id, id: Id, given: Wish): Promise<void> {
  const wish = readWish(given)
  const changed = await tx.db
    .updateTable('warning_presets')
    .set({ ...wish, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!changed) throw notFound()
  await tell(tx, actorId, 'preset.update', { id, ...wish })
}

export async function deletePreset(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('warning_presets')
    .where('id', '=', id)
    .returning(['title', 'text'])
    .executeTakeFirst()
  if (!gone) throw notFound()
  await tell(tx, actorId, 'preset.delete', { id, ...gone })
}

async function tell(tx: Tx, actorId: Id, action: AuditAction, preset: Preset): Promise<void> {
  const label = preset.title === '' ? preset.text.slice(0, 60) : preset.title
  await writeAudit(tx, { actorId, action, targetType: 'preset', targetId: preset.id, label })
}
