import { createHash, timingSafeEqual } from 'node:crypto'

/** The `Digest` of a body. The name of the algorithm in capitals: Threads and BookWyrm refuse `sha-256=` (federation.md e.2). */
export function renderDigest(body: Buffer): string {
  return `SHA-256=${sha256(body).toString('base64')}`
}

/** `Digest: alg=base64, …` (RFC 3230): SHA-256 must be there and right, each time it is named; other algorithms count for nothing. */
export function digestMatches(header: string, body: Buffer): boolean {
  const members = header.split(',').map((member) => /^\s*([\w-]+)=([A-Za-z0-9+/]+={0,2})\s*$/.exec(member))
  return allMatch(members, body)
}

/** `Content-Digest: alg=:base64:, …` (RFC 9530, a dictionary of RFC 8941). */
export function contentDigestMatches(header: string, body: Buffer): boolean {
  const members = header.split(',').map((member) => /^\s*([a-z][\w.*-]*)=:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(member))
  return allMatch(members, body)
}

/** A member out of shape makes the whole header worthless: nothing may hide behind it. */
function allMatch(members: readonly (RegExpExecArray | null)[], body: Buffer): boolean {
  const read = members.filter((member) => member !== null)
  if (read.length !== members.length) return false
  const named = read.filter((member) => member[1]!.toLowerCase() === 'sha-256')
  const hash = sha256(body)
  return named.length > 0 && named.every((member) => sameBytes(Buffer.from(member[2]!, 'base64'), hash))
}

function sameBytes(given: Buffer, hash: Buffer): boolean {
  return given.length === hash.length && timingSafeEqual(given, hash)
}

function sha256(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest()
}
