import { countAttempt } from '#platform/attempts'
import type { Context } from '#platform/context'
import { householdOf } from '#platform/net'

const HALF_HOUR_MS = 30 * 60_000

/**
 * Whoever names an address has mail sent to somebody who may know nothing of it, so whatever does that counts the address
 * and, where it is known, from where it was named; exact over all processes (reliability RL-04).
 */
export async function countMailTo(ctx: Context, email: string, ip?: string): Promise<void> {
  if (ip !== undefined) await countAttempt(ctx, `mail-from:${householdOf(ip)}`, { max: 25, windowMs: HALF_HOUR_MS })
  const address = email.trim().toLowerCase().slice(0, 254).replaceAll('\0', '')
  await countAttempt(ctx, `mail-to:${address}`, { max: 5, windowMs: HALF_HOUR_MS })
}
