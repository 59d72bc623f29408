import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { countMailAttempt } from './attempts.ts'
import { readMailDomain, withParents } from './mail-domains.ts'
import { skeletonOf } from './skeleton.ts'

/** What a gate says. A refusal names the field and the code that apps know (mastodon-api 1.0, 422). */
export type Verdict =
  | { kind: 'pass' }
  /** A moderator lets the person in, or does not. */
  | { kind: 'approval' }
  | {
      kind: 'refused'
      field: 'username' | 'email'
      error: 'ERR_RESERVED' | 'ERR_BLOCKED' | 'ERR_INVALID'
      /** Goes on from the field's name: "Username is reserved". */
      description: string
    }

/**
 * Whether somebody may sign up with a name and an address. The strictest of all blocks that match holds. People whom an
 * operator lets in at set-up or by the command line pass no gate. Two queries, one more when the address is of a
 * blocked domain.
 */
export async function judgeSignUp(ctx: Context, who: { username: string; email: string }): Promise<Verdict> {
  const verdicts = [await judgeName(ctx, who.username), await judgeMail(ctx, who.email)]
  return (
    verdicts.find((verdict) => verdict.kind === 'refused') ??
    verdicts.find((verdict) => verdict.kind === 'approval') ?? { kind: 'pass' }
  )
}

async function judgeName(ctx: Context, username: string): Promise<Verdict> {
  const skeleton = skeletonOf(username)
  const found = await sql<{ allow_with_approval: boolean }>`
    select allow_with_approval from blocked_names
    where (comparison = 'exact' and skeleton = ${skeleton})
      or (comparison = 'contains' and strpos(${skeleton}, skeleton) > 0)
    order by allow_with_approval limit 1`.execute(ctx.db)
  const [strictest] = found.rows
  if (!strictest) return { kind: 'pass' }
  if (strictest.allow_with_approval) return { kind: 'approval' }
  return { kind: 'refused', field: 'username', error: 'ERR_RESERVED', description: 'is reserved' }
}

/** The same of an address alone, for members who change theirs. */
export async function judgeMail(ctx: Context, email: string): Promise<Verdict> {
  const host = readMailDomain(email.slice(email.lastIndexOf('@') + 1))
  if (host === undefined)
    return { kind: 'refused', field: 'email', error: 'ERR_INVALID', description: 'is not an e-mail address' }
  const found = await ctx.db
    .selectFrom('blocked_mail_domains')
    .select(['host', 'allow_with_approval'])
    .where('host', '=', sql<string>`any(${withParents(host)}::text[])`)
    .execute()
  if (found.length === 0) return { kind: 'pass' }
  await countMailAttempt(
    ctx,
    found.map((one) => one.host),
  )
  if (found.every((one) => one.allow_with_approval)) return { kind: 'approval' }
  return {
    kind: 'refused',
    field: 'email',
    error: 'ERR_BLOCKED',
    description: 'comes from a provider that is not taken here',
  }
}
