import { ECDH } from 'node:crypto'

/** The two keys of a subscription, as browsers and apps write them: base64url or base64. */
export type PushKeys = { p256dh: string; auth: string }

const POINT_BYTES = 65
const SECRET_BYTES = 16

/** Both keys in base64url without padding; undefined when nothing could be encrypted for them (RFC 8291, 3.1 and 3.2). */
export function readPushKeys(keys: PushKeys): PushKeys | undefined {
  const point = Buffer.from(keys.p256dh, 'base64')
  const secret = Buffer.from(keys.auth, 'base64')
  if (point.length !== POINT_BYTES || secret.length !== SECRET_BYTES || !isOnCurve(point)) return undefined
  return { p256dh: point.toString('base64url'), auth: secret.toString('base64url') }
}

/** A point beside the curve gives the sender's secret away, or fails at every push. */
function isOnCurve(point: Buffer): boolean {
  try {
    ECDH.convertKey(point, 'prime256v1')
    return true
  } catch {
    return false
  }
}
