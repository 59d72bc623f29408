import { makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx, Context } from '#platform/context'

export type Rule = { id: Id; text: string; hint: string }

/** The rules in force, in the order the team gave them. */
export async function listRules(ctx: Context): Promise<Rule[]> {
  return ctx.db
    .selectFrom('rules')
    .select(['id', 'text', 'hint'])
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** Rules by id, those that are no longer in force among them: reports name them. One query. */
export async function findRules(ctx: Context, ids: readonly Id[]): Promise<Rule[]> {
  if (ids.length === 0) return []
  return ctx.db
    .selectFrom('rules')
    .select(['id', 'text', 'hint'])
    .where('id', '=', (eb) => eb.fn.any(eb.val([...ids])))
    .execute()
}

/** Adds a rule after the last one. */
export async function addRule(tx: Tx, text: string, hint = ''): Promise<Rule> {
  const now = tx.clock.now()
  const last = await tx.db
    .selectFrom('rules')
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst()
  const rule = { id: makeId(now.getTime()), text, hint }
  await tx.db
    .insertInto('rules')
    .values({ ...rule, position: (last?.position ?? 0) + 1, created_at: now.toISOString() })
    .execute()
  return rule
}

const LONGEST_RULE = 300

/**
 * Makes these the rules, in this order: texts that are rules already keep their id, since reports name them; others
 * are taken out of force, never deleted.
 */
export async function replaceRules(tx: Tx, texts: readonly string[]): Promise<void> {
  const wanted = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
  const tooLong = wanted.find((text) => text.length > LONGEST_RULE)
  if (tooLong) throw invalid(`A rule may have ${LONGEST_RULE} characters at most`)
  const known = new Map((await listRules(tx)).map((rule) => [rule.text, rule.id]))
  const now = tx.clock.now().toISOString()
  for (const [text, id] of known)
    if (!wanted.includes(text)) await tx.db.updateTable('rules').set({ deleted_at: now }).where('id', '=', id).execute()
  for (const [index, text] of wanted.entries()) {
    const id = known.get(text) ?? (await addRule(tx, text)).id
    await tx.db
      .updateTable('rules')
      .set({ position: index + 1 })
      .where('id', '=', id)
      .execute()
  }
}
