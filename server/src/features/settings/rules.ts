import { makeId, type Id } from '#lib/id'
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
