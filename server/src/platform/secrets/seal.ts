import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from '#lib/refusal'
import { keepSecret } from './keep-secret.ts'

/**
 * Closes what must lie in the database and be read again, such as the secret behind a person's one-time codes: a stolen
 * database is of no use without the key. `context` says whose it is and what for; what was sealed for one opens for no other.
 */
export type Seal = {
  seal(text: string, context: string): string
  /** Throws when the key is another one, or the sealed text was changed or moved. */
  open(sealed: string, context: string): string
}

const KEY_BYTES = 32
/** NIST SP 800-38D: a nonce of 96 bits, a tag of 128. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Stands before what is sealed, so that another way may follow. */
const WAY = 'v1.'

/**
 * The key is `HAMLET_SEAL_KEY` where several machines share a database, or else kept in `<data>/secrets/seal`, made at
 * the first start. A damaged one stops the start and is never replaced: what it closed would be lost.
 */
export function keepSeal(dataDir: string, given = ''): Seal {
  const text = (given || keepSecret(dataDir, 'seal', () => randomBytes(KEY_BYTES).toString('base64url'))).trim()
  const key = Buffer.from(text, 'base64url')
  if (key.length !== KEY_BYTES || !/^[\w+/=-]+$/.test(text))
    throw new Refusal(
      'invalid',
      given === ''
        ? `secrets/seal in ${dataDir} holds no key of 32 bytes. Restore it from a backup.`
        : 'HAMLET_SEAL_KEY holds no key of 32 bytes in base64. Make one with: openssl rand -base64 32',
    )
  return {
    seal: (plain, context) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      const closed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return WAY + Buffer.concat([nonce, cipher.getAuthTag(), closed]).toString('base64url')
    },
    open: (sealed, context) => openSealed(key, sealed, context),
  }
}

function openSealed(key: Buffer, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed.slice(WAY.length), 'base64url')
  // The last letter of base64 may hold bits that mean nothing: changed, it is still another text than was sealed.
  const isOurs = `${WAY}${bytes.toString('base64url')}` === sealed
  if (!isOurs || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('This was never sealed')
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8')
}
