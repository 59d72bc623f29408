import { sql } from 'kysely'
import { writeAudit, type AuditAction } from '#features/audit'
import type { Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { addRule, listRules, LONGEST_RULE, translateRule, type Rule, type RuleWords } from './rules.ts'

export type RuleWish = RuleWords & { translations: Record<string, RuleWords> }

const MOST_RULES = 100
const LONGEST_HINT = 1000

/** Adds a rule after the last. The same words twice are one rule too many. */
export async function createRule(tx: Tx, actorId: Id, wish: RuleWish): Promise<Id> {
  const rules = await lockRules(tx)
  const { text, hint, translations } = readWish(wish, rules)
  if (rules.length >= MOST_RULES) throw invalid(`There may be ${MOST_RULES} rules at most`)
  const { id } = await addRule(tx, text, hint)
  await setTranslations(tx, id, translations)
  await note(tx, actorId, 'server-rule.create', { id, text })
  return id
}

/** Says a rule in other words; reports that name it show them too. Nothing new is no change. */
export async function changeRule(tx: Tx, actorId: Id, id: Id, wish: RuleWish): Promise<void> {
  const rules = await lockRules(tx)
  const before = requireRule(rules, id)
  const after = readWish(
    wish,
    rules.filter((rule) => rule.id !== id),
  )
  const { text, hint, translations } = after
  if (saidAlike(before, after)) return
  await tx.db.updateTable('rules').set({ text, hint }).where('id', '=', id).execute()
  await setTranslations(tx, id, translations, before.translations)
  const details = { before: { text: before.text, hint: before.hint }, after: { text, hint } }
  await note(tx, actorId, 'server-rule.update', { id, text, details })
}

/** Takes a rule out of force. Its words stay for reports that name it. */
export async function retireRule(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const { text } = requireRule(await lockRules(tx), id)
  await tx.db.updateTable('rules').set({ deleted_at: tx.clock.now().toISOString() }).where('id', '=', id).execute()
  await note(tx, actorId, 'server-rule.delete', { id, text })
}

/** Puts all rules in this order. Whoever has not seen one that came meanwhile is told to look again. */
export async function orderRules(tx: Tx, actorId: Id, ids: readonly string[]): Promise<void> {
  const before = (await lockRules(tx)).map((rule) => rule.id)
  if (before.join() === ids.join()) return
  if (ids.length !== before.length || !before.every((id) => ids.includes(id)))
    throw invalid('The rules have changed meanwhile. Load them again.')
  await sql`
    update rules set position = wanted.place
    from unnest(${[...ids]}::bigint[]) with ordinality as wanted (id, place) where rules.id = wanted.id`.execute(tx.db)
  const label = `${ids.length}`
  await writeAudit(tx, { actorId, action: 'server-rule.order', targetType: 'server-rule', label })
}

/** Two who change rules at once do so one after the other. */
async function lockRules(tx: Tx): Promise<Rule[]> {
  await sql`lock table rules in share row exclusive mode`.execute(tx.db)
  return listRules(tx)
}

function requireRule(rules: readonly Rule[], id: Id): Rule {
  const found = rules.find((rule) => rule.id === id)
  if (!found) throw notFound()
  return found
}

function readWish(wish: RuleWish, others: readonly Rule[]): RuleWish {
  const { text, hint } = readWords(wish)
  if (others.some((other) => other.text === text)) throw invalid('Another rule says the same')
  const translations: Record<string, RuleWords> = {}
  for (const [language, words] of Object.entries(wish.translations)) {
    const tag = readLanguage(language)
    if (!tag) throw invalid(`"${language.slice(0, 20)}" is no language`)
    if (translations[tag]) throw invalid(`There are two translations into "${tag}"`)
    translations[tag] = readWords(words)
  }
  return { text, hint, translations }
}

function readWords(given: RuleWords): RuleWords {
  const clean = (words: string) => words.replaceAll('\0', '').toWellFormed().trim()
  const words = { text: clean(given.text), hint: clean(given.hint) }
  if (words.text === '' || words.text.length > LONGEST_RULE)
    throw invalid(`A rule may have ${LONGEST_RULE} characters at most, and needs one`)
  if (words.hint.length > LONGEST_HINT) throw invalid(`What stands below a rule may have ${LONGEST_HINT} characters`)
  return words
}

const inOrder = ({ text, hint, translations }: RuleWish) => {
  const said = Object.entries(translations).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([text, hint, said.map(([tag, words]) => [tag, words.text, words.hint])])
}
const saidAlike = (one: RuleWish, other: RuleWish) => inOrder(one) === inOrder(other)

/** In these languages, and no longer in others. */
async function setTranslations(
  tx: Tx,
  id: Id,
  wanted: Record<string, RuleWords>,
  before: Record<string, RuleWords> = {},
): Promise<void> {
  for (const language of Object.keys(before)) if (!wanted[language]) await translateRule(tx, id, language, null)
  for (const [language, words] of Object.entries(wanted)) await translateRule(tx, id, language, words)
}

type Named = { id: Id; text: string; details?: Record<string, unknown> }

async function note(tx: Tx, actorId: Id, action: AuditAction, rule: Named): Promise<void> {
  const entry = { targetType: 'server-rule' as const, targetId: rule.id, label: rule.text.slice(0, 80) }
  await writeAudit(tx, { actorId, action, ...entry, ...(rule.details ? { details: rule.details } : {}) })
}
