import { findStances, type Stance } from '#features/relationships'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { StatusRow } from '../store.ts'

/** Whether somebody may quote a post: at once, when its author agrees, or not (mastodon-api Part 2, quote_approval). */
export type Standing = 'automatic' | 'manual' | 'denied'

type Quoted = Pick<StatusRow, 'account_id' | 'visibility' | 'quote_policy' | 'quote_policy_manual'>

/**
 * What the author's policy means for somebody who can see the post. Followers-only posts are quoted by their author
 * alone, private mentions by nobody (federation.md b.5); whom one has blocked one does not quote.
 */
export function standingOf(quoted: Quoted, viewerId: Id | null, stance: Stance | undefined): Standing {
  if (viewerId === null || quoted.visibility === 'direct') return 'denied'
  if (quoted.account_id === viewerId) return 'automatic'
  if (quoted.visibility === 'private' || stance?.isBlocking) return 'denied'
  const fits = (policy: string) => policy === 'public' || (policy === 'followers' && stance?.isFollowing === true)
  if (fits(quoted.quote_policy)) return 'automatic'
  return fits(quoted.quote_policy_manual) ? 'manual' : 'denied'
}

/** The same of one post and one person. */
export async function findStanding(ctx: Context, viewerId: Id, quoted: Quoted): Promise<Standing> {
  const stances = await findStances(ctx, viewerId, [quoted.account_id])
  return standingOf(quoted, viewerId, stances.get(quoted.account_id))
}
