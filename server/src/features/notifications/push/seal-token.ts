import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Context } from '#platform/context'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** The key lies with the other secrets of this server, never in the database: a stolen database opens no account. */
function keyOf({ vapid }: Context): Buffer {
  return Buffer.from(hkdfSync('sha256', vapid.privateKey, '', 'hamlet push token', 32))
}

/** An app's own token, kept so that its pushes can name it; only this server can read it back. */
export function sealToken(ctx: Context, token: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(ctx), iv)
  const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** The token again; empty when it was sealed under other keys. */
export function openToken(ctx: Context, sealed: Buffer): string {
  const iv = sealed.subarray(0, IV_BYTES)
  const opener = createDecipheriv(CIPHER, keyOf(ctx), iv, { authTagLength: TAG_BYTES })
  opener.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([opener.update(sealed.subarray(IV_BYTES + TAG_BYTES)), opener.final()]).toString('utf8')
  } catch {
    return ''
  }
}
