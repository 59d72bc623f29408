import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** Whether a policy lets acts of a sender be pushed. */
export async function allows(ctx: Context, policy: string, receiverId: Id, senderId: Id): Promise<boolean> {
  if (policy === 'all') return true
  const [from, to] = policy === 'followed' ? [receiverId, senderId] : [senderId, receiverId]
  const found = await sql`
    select 1 from follows where account_id = ${from} and target_account_id = ${to} and state = 'accepted'`.execute(
    ctx.db,
  )
  return policy !== 'none' && found.rows.length > 0
}

type Filtered = { filter: { title: string; context: readonly string[]; filter_action: string } }

/**
 * What the receiver's filters make of a post before it is pushed: `hide` pushes nothing, `warn` only the name of the
 * filter. The posts' presenter says which filters a post fits.
 */
export function judgeByFilters(
  filtered: readonly Filtered[] = [],
): { isHidden: true } | { isHidden: false; instead?: string } {
  const fitting = filtered.map(({ filter }) => filter).filter(({ context }) => context.includes('notifications'))
  if (fitting.some(({ filter_action }) => filter_action === 'hide')) return { isHidden: true }
  const warning = fitting.find(({ filter_action }) => filter_action === 'warn')
  return warning ? { isHidden: false, instead: warning.title } : { isHidden: false }
}
