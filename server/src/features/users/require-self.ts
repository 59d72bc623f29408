import { countAttempt } from '#platform/attempts'
import type { Context } from '#platform/context'
import type { UserViewer } from '#platform/http'
import { requireOldPassword } from './change-password.ts'
import { requireProof } from './entering/sudo.ts'
import { readFactors } from './second-factor/factors.ts'

const HOUR_MS = 3_600_000
const TRIES = 25

/**
 * Before what cannot be undone: refuses whoever does not know the password, and who tries too often. Who has none has just
 * shown in another way who they are.
 */
export async function requireSelf(ctx: Context, viewer: UserViewer, password: string): Promise<void> {
  if (!(await readFactors(ctx, viewer.userId)).hasPassword) {
    await requireProof(ctx, viewer)
    return
  }
  await countAttempt(ctx, `self:${viewer.userId}`, { max: TRIES, windowMs: HOUR_MS })
  await requireOldPassword(ctx, viewer.userId, password)
}
