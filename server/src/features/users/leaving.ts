import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { findUserOfAccount } from './store.ts'
import { takeOutJoining } from './invites/invites.ts'
import { readWebSettings } from './web-settings.ts'

/** People who act for no other account go with this one. */
export async function eraseUsers(tx: Tx, accountId: Id): Promise<void> {
  const people = await tx.db
    .deleteFrom('user_accounts')
    .where('account_id', '=', accountId)
    .returning('user_id')
    .execute()
  await tx.db.deleteFrom('sessions').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('pending_sign_ins').where('account_id', '=', accountId).execute()
  for (const { user_id } of people) {
    await sql`delete from users where id = ${user_id} and not exists (select 1 from user_accounts where user_id = ${user_id})`.execute(
      tx.db,
    )
  }
}

export async function takeOutUsers(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const user = await findUserOfAccount(ctx, accountId)
  if (!user) return {}
  const settings = await readWebSettings(ctx, user.id)
  return {
    email: user.email,
    new_email: user.new_email,
    role: user.role_name,
    sign_up_reason: user.sign_up_reason,
    ...(await takeOutJoining(ctx, user.id)),
    settings,
  }
}
