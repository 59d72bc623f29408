import { resolveActor, resolveHandle, type AccountRow } from '#features/accounts'
import { hostname, readHost, type Host } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

/** A profile that does not list a page is asked again after this long: its owner may just have added it. */
const STALE_MS = 24 * 3_600_000

/**
 * The account that a page names as its author (federation.md g.6), whatever that account says to it: what it says may
 * change, and is looked at whenever the page is shown. Undefined for handles that lead nowhere.
 */
export async function findAuthor(ctx: Context, creator: string, pageHost: Host): Promise<Id | null> {
  const known = await resolveHandle(ctx, creator)
  if (!known) return null
  if (known.is_local || listsHost(known.attribution_domains, pageHost) || !isStale(ctx, known)) return known.id
  await resolveActor(ctx, known.uri, { isFresh: true }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
  return known.id
}

function isStale(ctx: Context, { fetched_at }: AccountRow): boolean {
  return fetched_at === null || ctx.clock.now().getTime() - Date.parse(fetched_at) > STALE_MS
}

/**
 * True when an account lets pages of a host name it as their author: the host itself, or one that lies below it. Whole
 * labels are compared, and a name without a dot stands for itself alone (federation-security.md 5.9).
 */
export function listsHost(domains: readonly string[], host: string): boolean {
  return domains.some((domain) => {
    if (domain === host) return true
    const name = readHost(domain)
    return name !== undefined && domain.includes('.') && hostname(host as Host).endsWith(`.${hostname(name)}`)
  })
}
