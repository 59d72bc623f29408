import { createPublicKey, type KeyObject } from 'node:crypto'
import { Refusal } from '#lib/refusal'

const MIN_BITS = 2048
/** Verifying is paid by us and the size chosen by them (federation-security.md 2.5). */
const MAX_BITS = 8192
const MAX_EXPONENT = 2n ** 32n
const MAX_PEM_LENGTH = 4096
/** Only the two forms of a public key; a certificate or a private key would also be accepted by `createPublicKey`. */
const PEM = /^\s*-----BEGIN ((?:RSA )?PUBLIC KEY)-----[A-Za-z0-9+/=\s]+-----END \1-----\s*$/

/** Reads a public key from an actor document; refuses what is not one, or not of a kind and size that we verify with. */
export function readPublicKey(pem: unknown): KeyObject {
  if (typeof pem !== 'string' || pem.length > MAX_PEM_LENGTH || !PEM.test(pem)) throw unusable()
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch (cause) {
    throw unusable(cause)
  }
  if (!isUsableKey(key)) throw unusable()
  return key
}

/** The type of the key decides how it verifies, never the request: a secret or private key object never verifies (2.6). */
export function isUsableKey(key: KeyObject): boolean {
  if (key.type !== 'public') return false
  if (key.asymmetricKeyType === 'ed25519') return true
  if (key.asymmetricKeyType !== 'rsa') return false
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const saneExponent = publicExponent >= 3n && publicExponent <= MAX_EXPONENT && publicExponent % 2n === 1n
  return modulusLength >= MIN_BITS && modulusLength <= MAX_BITS && saneExponent
}

function unusable(cause?: unknown): Refusal {
  return new Refusal('unauthorized', 'This public key cannot be used', cause === undefined ? {} : { cause })
}
