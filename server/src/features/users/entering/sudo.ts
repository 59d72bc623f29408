import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import type { Context } from '#platform/context'
import type { UserViewer } from '#platform/http'
import { requireOldPassword } from '../change-password.ts'
import { requireOwnPage } from '../own-sessions.ts'
import { proveByPasskey } from '../passkeys/prove.ts'
import { proveByCode } from '../second-factor/prove.ts'

const HOUR_MS = 3_600_000
const TRIES = 25

/** Until when a browser may do what is grave; null when whoever sits there must prove again who they are. */
export async function readProof(ctx: Context, sessionId: Id): Promise<Date | null> {
  const row = await ctx.db.selectFrom('sessions').select('proven_at').where('id', '=', sessionId).executeTakeFirst()
  const until = row?.proven_at ? new Date(Date.parse(row.proven_at) + HOUR_MS) : null
  return until && until > ctx.clock.now() ? until : null
}

/** Lets pass who came in, or proved who they are, within the last hour: a browser may stand open. */
export async function requireProof(ctx: Context, viewer: UserViewer): Promise<Id> {
  const sessionId = requireOwnPage(viewer)
  if (await readProof(ctx, sessionId)) return sessionId
  throw new Refusal('forbidden', 'Prove first that it is you.', { fault: 'proofNeeded', details: { proof: 'needed' } })
}

export type OwnProof = {
  password?: string | undefined
  code?: string | undefined
  /** What the browser answered. */
  passkey?: object | undefined
  ip: string
  userAgent: string
}

/** Proves by the password, a code or a passkey that it is the person; the browser may do what is grave for an hour. */
export async function proveAnew(ctx: Context, viewer: UserViewer, proof: OwnProof): Promise<Date | null> {
  const sessionId = requireOwnPage(viewer)
  const { userId } = viewer
  const { ip, userAgent } = proof
  if (proof.passkey !== undefined)
    await proveByPasskey(ctx, { answer: proof.passkey, purpose: 'proof', userId, ip, userAgent })
  else if (proof.code !== undefined) await proveByCode(ctx, { userId, code: proof.code, ip, userAgent })
  else {
    await countAttempt(ctx, `proof:${userId}`, { max: TRIES, windowMs: HOUR_MS })
    await requireOldPassword(ctx, userId, proof.password ?? '')
  }
  return keepProof(ctx, sessionId)
}

export async function keepProof(ctx: Context, sessionId: Id): Promise<Date | null> {
  const proven_at = ctx.clock.now().toISOString()
  await ctx.db.updateTable('sessions').set({ proven_at }).where('id', '=', sessionId).execute()
  return readProof(ctx, sessionId)
}
