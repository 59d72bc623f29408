import { findPublicBase, renameInstanceActor, rewriteLocalAddresses } from '#features/accounts'
import { moveLocalDomain } from '#features/domains'
import { rewriteEmojiAddresses } from '#features/emojis'
import { rewriteStatusAddresses } from '#features/statuses'
import type { Host } from '#lib/host'
import { defaultUrl, storeVariables, variables, type Config } from '#platform/config'
import { transact, type Context } from '#platform/context'

/** Where a server called `host` would be: HAMLET_URL stays what it is when it was set apart from the domain. */
export function publicUrlAs({ url, domain }: Pick<Config, 'url' | 'domain'>, host: Host): string {
  return url === defaultUrl(domain) ? defaultUrl(host) : url
}

/**
 * Renames the server with every address on it, and keeps the name in `<data>/hamlet.env` for the next start.
 * Nothing else may be at work: whatever is written meanwhile would bear the old name. Refused once others know us.
 */
export async function renameServer(ctx: Context, host: Host): Promise<{ from: Host; url: string }> {
  const url = publicUrlAs(ctx.config, host)
  const from = await transact(ctx, async (tx) => {
    const base = await findPublicBase(tx)
    const before = await moveLocalDomain(tx, host)
    await rewriteLocalAddresses(tx, base ?? defaultUrl(before), url)
    await rewriteStatusAddresses(tx, base ?? defaultUrl(before), url)
    await rewriteEmojiAddresses(tx, base ?? defaultUrl(before), url)
    await renameInstanceActor(tx, url, host)
    // Last, so that a folder that cannot be written leaves all as it was.
    storeVariables(tx.config.dataDir, { [variables.domain.name]: host })
    return before
  })
  return { from, url }
}
