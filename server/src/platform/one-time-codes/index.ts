/** One-time codes of apps on a phone (TOTP, RFC 6238), and the picture by which such an app learns the secret. */
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'

/** RFC 4226, 4, R6: 160 bits. */
const SECRET_BYTES = 20
/** Clocks of phones differ a little (RFC 6238, 5.2). */
const STEPS_OFF = 1
const STEP_S = 30

/** A new secret, in base32, as people may type it into an app. */
export function makeOtpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

const totp = (secret: string, issuer = '', label = '') =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_S })

/** What an app reads from the picture: whose code it is, and the secret. */
export function otpAddress(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  // A colon would part the two for the app.
  return totp(secret, issuer.replaceAll(':', ' '), label.replaceAll(':', ' ')).toString()
}

/** The step of time that a code is of, now or one beside it; undefined for a code that is wrong. Compared in constant time. */
export function findStep(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const off = totp(secret).validate({ token: code, timestamp: now.getTime(), window: STEPS_OFF })
  return off === null ? undefined : Math.floor(now.getTime() / 1000 / STEP_S) + off
}

/** The code of a moment. */
export function codeAt(secret: string, now: Date): string {
  return totp(secret).generate({ timestamp: now.getTime() })
}

/** A QR code as the path of an SVG: `size` units wide and high, its quiet border included. */
export function drawQr(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('')
  return { size, path }
}
