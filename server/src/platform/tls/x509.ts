import { createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'

export type CertificateWish = {
  names: readonly string[]
  /** The subject's public key, as SubjectPublicKeyInfo. */
  publicKey: Buffer
  from: Date
  until: Date
  issuer: string
  /** An EC key on P-256. */
  signWith: KeyObject
  /** May sign others. */
  isAuthority?: boolean
}

/** A certificate for names (RFC 5280), as PEM: by the authority that signs, or signed by its own key. */
export function makeCertificate(wish: CertificateWish): string {
  const algorithm = sequence(oid('06082a8648ce3d040302'))
  const names = tlv(0x30, ...wish.names.map((name) => tlv(0x82, Buffer.from(name, 'ascii'))))
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    commonName(wish.issuer),
    sequence(time(wish.from), time(wish.until)),
    commonName(wish.names[0] ?? ''),
    wish.publicKey,
    // subjectAltName is all that browsers read.
    tlv(0xa3, sequence(sequence(oid('0603551d11'), tlv(0x04, names)), ...(wish.isAuthority ? [AUTHORITY] : []))),
  )
  const signature = sign('sha256', body, wish.signWith)
  const whole = sequence(body, algorithm, tlv(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** The public key of a private one, as a certificate holds it. */
export function publicKeyOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
}

const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts)
const oid = (hex: string) => Buffer.from(hex, 'hex')
const commonName = (name: string) =>
  sequence(tlv(0x31, sequence(oid('0603550403'), tlv(0x0c, Buffer.from(name, 'utf8')))))

/** basicConstraints, critical: this is an authority. */
const AUTHORITY = Buffer.from('300f0603551d130101ff040530030101ff', 'hex')

/** Up to 2049 the year has two digits (RFC 5280, 4.1.2.5). */
function time(at: Date): Buffer {
  const isShort = at.getUTCFullYear() < 2050
  const text = at.toISOString().replaceAll(/[-:T]|\..*/g, '')
  return isShort ? tlv(0x17, Buffer.from(`${text.slice(2)}Z`)) : tlv(0x18, Buffer.from(`${text}Z`))
}

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
