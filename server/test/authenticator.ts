import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** A device that makes passkeys (ES256, without attestation) and answers with them, as a browser hands its answers on. */
export type Authenticator = {
  id: string
  /** Goes up with each answer; a copy of the device stays behind. */
  counter: number
  create(options: any, more?: Lies): object
  prove(options: any, more?: Lies): object
}
/** What an answer may say that is not so. */
export type Lies = {
  origin?: string
  rpId?: string
  flags?: number
  type?: string
  challenge?: string
  counter?: number
}

/** User present, user verified, attested data included (Web Authentication, 6.1). */
const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40]
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

export function makeAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const client = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
      }),
    )
  const head = (rpId: string, flags: number, counter: number) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count])
  }
  const device: Authenticator = {
    id,
    counter: 0,
    create: (options, lies = {}) => {
      const key = encode(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      )
      const length = Buffer.from([0, credentialId.length])
      const flags = (lies.flags ?? PRESENT | VERIFIED) | ATTESTED
      const authData = Buffer.concat([
        head(lies.rpId ?? options.rp.id, flags, device.counter),
        Buffer.alloc(16),
        length,
        credentialId,
        key,
      ])
      const attestation = encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      )
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client('webauthn.create', options.challenge, lies).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    prove: (options, lies = {}) => {
      device.counter += 1
      const data = client('webauthn.get', options.challenge, lies)
      const authData = head(lies.rpId ?? options.rpId, lies.flags ?? PRESENT | VERIFIED, lies.counter ?? device.counter)
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha256(data)]))
        .sign(privateKey)
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
  return device
}

/** As much of CBOR (RFC 8949) as passkeys need: small integers, bytes, texts and maps. */
function encode(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? headOf(0, value) : headOf(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([headOf(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([headOf(3, Buffer.byteLength(value)), Buffer.from(value)])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([headOf(5, entries.length), ...entries.flatMap(([key, item]) => [encode(key), encode(item)])])
}

function headOf(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length])
  if (length < 256) return Buffer.from([(kind << 5) | 24, length])
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 255])
}
