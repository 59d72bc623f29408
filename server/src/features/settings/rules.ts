import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { invalid } from '#lib/refusal'
import type { Tx, Context } from '#platform/context'

export type RuleWords = { text: string; hint: string }
/** A rule as the team wrote it, and the same by language (BCP 47). */
export type Rule = RuleWords & { id: Id; translations: Record<string, RuleWords> }

const COLUMNS = [
  'id',
  'text',
  'hint',
  sql<Record<string, RuleWords>>`coalesce((
    select jsonb_object_agg(t.language, jsonb_build_object('text', t.text, 'hint', t.hint))
    from rule_translations t where t.rule_id = rules.id), '{}')`.as('translations'),
] as const

export const LONGEST_RULE = 300

/** The rules in force, in the order the team gave them. */
export async function listRules(ctx: Context): Promise<Rule[]> {
  return ctx.db
    .selectFrom('rules')
    .select(COLUMNS)
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
    .select(COLUMNS)
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
  return { ...rule, translations: {} }
}

/** Says a rule in one more language, or no longer in it. */
export async function translateRule(tx: Tx, ruleId: Id, language: string, words: RuleWords | null): Promise<void> {
  const tag = readLanguage(language)
  if (!tag) throw invalid(`"${language}" is no language`)
  if (words === null) {
    await tx.db.deleteFrom('rule_translations').where('rule_id', '=', ruleId).where('language', '=', tag).execute()
    return
  }
  const row = { text: words.text.trim(), hint: words.hint.trim() }
  if (row.text === '' || row.text.length > LONGEST_RULE)
    throw invalid(`A rule may have ${LONGEST_RULE} characters at most, and needs one`)
  await tx.db
    .insertInto('rule_translations')
    .values({ rule_id: ruleId, language: tag, ...row })
    .onConflict((conflict) => conflict.columns(['rule_id', 'language']).doUpdateSet(row))
    .execute()
}

/** Rules in the dearest of a reader's languages that each is put in; else as the team wrote them. */
export function sayRules(
  rules: readonly Rule[],
  languages: readonly string[],
): { id: Id; text: string; hint: string }[] {
  return rules.map(({ id, text, hint, translations }) => {
    const known = new Map(Object.entries(translations).map(([tag, words]) => [tag.toLowerCase(), words]))
    const wanted = languages.flatMap((one) => [one.toLowerCase(), one.toLowerCase().split('-', 1)[0] ?? ''])
    const words = wanted.map((one) => known.get(one)).find((one) => one !== undefined)
    return { id, ...(words ?? { text, hint }) }
  })
}

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
