import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { revokeToken } from './revoke.ts'

type AppRow = { id: Id; name: string; website: string | null; scopes: string[]; created_at: string }

/** The apps that a person let in and did not send away, the newest first; all tokens of an app are one row. One query. */
export async function listOwnApps(ctx: Context, userId: Id): Promise<AppRow[]> {
  const { rows } = await sql<AppRow>`
    select a.id, a.name, a.website, min(t.created_at) as created_at,
      array(select distinct scope from oauth_tokens s, unnest(s.scopes) scope
        where s.application_id = a.id and s.user_id = ${userId} and s.revoked_at is null order by scope) as scopes
    from oauth_tokens t join oauth_applications a on a.id = t.application_id
    where t.user_id = ${userId} and t.revoked_at is null
    group by a.id order by max(t.id) desc`.execute(ctx.db)
  return rows
}

/** Sends an app away: every token that it has of this person ends. */
export async function sendAppAway(tx: Tx, userId: Id, applicationId: string): Promise<void> {
  if (!isId(applicationId)) throw notFound()
  const tokens = await tx.db
    .selectFrom('oauth_tokens')
    .select('id')
    .where('user_id', '=', userId)
    .where('application_id', '=', applicationId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (tokens.length === 0) throw notFound()
  for (const token of tokens) await revokeToken(tx, token.id)
}
