import { createECDH } from 'node:crypto'
import { Refusal } from '#lib/refusal'
import { keepSecret } from './keep-secret.ts'

/** A P-256 key pair as web push writes it (RFC 8292, 3.2): the bare point and the bare number, base64url without padding. */
export type VapidKeys = { publicKey: string; privateKey: string }

const CURVE = 'prime256v1'
const PRIVATE_BYTES = 32

/**
 * Who we are to the push services of browsers and phones. Subscriptions are bound to it, so it is made once and kept in
 * `<data>/secrets/vapid`: the private key alone, since the public one follows from it.
 */
export function keepVapidKeys(dataDir: string): VapidKeys {
  const privateKey = keepSecret(dataDir, 'vapid', makePrivateKey).trim()
  const publicKey = findPublicKey(Buffer.from(privateKey, 'base64url'))
  if (publicKey === undefined)
    throw new Refusal('invalid', `secrets/vapid in ${dataDir} holds no P-256 private key. Restore it from a backup.`)
  return { privateKey, publicKey }
}

function findPublicKey(privateKey: Buffer): string | undefined {
  if (privateKey.length !== PRIVATE_BYTES) return undefined
  const pair = createECDH(CURVE)
  try {
    pair.setPrivateKey(privateKey)
  } catch {
    return undefined
  }
  return pair.getPublicKey('base64url')
}

/** Node leaves out leading zeros; web push wants all 32 bytes. */
function makePrivateKey(): string {
  const pair = createECDH(CURVE)
  pair.generateKeys()
  const bytes = pair.getPrivateKey()
  return Buffer.concat([Buffer.alloc(PRIVATE_BYTES - bytes.length), bytes]).toString('base64url')
}
