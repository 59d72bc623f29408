import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

/**
 * A form carries a signed note of when it was drawn: what comes back sooner than anybody writes, or without such a note,
 * was sent by a program. Nothing is kept of it here.
 */
const SHORTEST_MS = 3_000
const LONGEST_MS = 24 * 3_600_000
/** Zero bits that the hash of a puzzle's answer begins with: half a second of a phone. */
export const WORK_BITS = 16

export function makeStamp(ctx: Context, at = ctx.clock.now()): string {
  const body = `${at.getTime().toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${body}.${sign(ctx, body)}`
}

/**
 * Fields that no person sees. The first is filled in by programs alone; the second by some that keep passwords, too: whoever
 * sends it filled is not sent back, but waits for a moderator.
 */
export const TRAP = 'website'
export const SOFT_TRAP = 'confirm_password'

export type HumanFields = { stamp: string; trap: string }

/** Refuses what a program sent. The form comes back as it was written: a person presses once more. */
export function requireHuman(ctx: Context, { stamp, trap }: HumanFields): void {
  if (trap !== '') throw refuse('trapped', 'A hidden field was filled in. Leave it empty, and press once more.')
  const drawnAt = readStamp(ctx, stamp)
  const ageMs = ctx.clock.now().getTime() - (drawnAt ?? 0)
  if (drawnAt === undefined || ageMs > LONGEST_MS)
    throw refuse('staleForm', 'This form was open for too long. Press once more.')
  if (ageMs < SHORTEST_MS) throw refuse('tooFast', 'That was faster than anybody writes. Press once more.')
}

const refuse = (fault: string, message: string) => new Refusal('invalid', message, { fault })

/** When a form was drawn; undefined when we did not draw it. */
function readStamp(ctx: Context, stamp: string): number | undefined {
  const match = /^(([0-9a-z]{1,12})\.[\w-]{12})\.([\w-]{22})$/.exec(stamp)
  if (!match) return undefined
  const [, body = '', time = '', signature = ''] = match
  const isOurs = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(ctx, body)))
  return isOurs ? Number.parseInt(time, 36) : undefined
}

/** The machines of one server share this key already, and it never leaves them. */
function sign(ctx: Context, body: string): string {
  const key = createHash('sha256').update(`forms ${ctx.vapid.privateKey}`).digest()
  return createHmac('sha256', key).update(body).digest('base64url').slice(0, 22)
}

/**
 * Whether a browser solved the puzzle of a form (`web/src/reader/work.ts`): a number that makes the hash of stamp, name and
 * number begin with zeros. It is bound to the name, so that one answer opens one account.
 */
export function isWorkDone(stamp: string, username: string, answer: string): boolean {
  if (!/^\d{1,10}$/.test(answer)) return false
  const hash = createHash('sha256').update(`${stamp}:${username.trim().toLowerCase()}:${answer}`).digest()
  return hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0
}
