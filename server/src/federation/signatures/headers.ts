import { Refusal } from '#lib/refusal'

/** Headers that may come once: with two, a proxy and we might each believe another one (federation-security.md 2.7). */
const SINGLE = new Set([
  'signature',
  'signature-input',
  'digest',
  'content-digest',
  'host',
  'date',
  'content-length',
  'content-type',
  'transfer-encoding',
  'authorization',
])

/**
 * Reads Node's `rawHeaders` (name, value, name, value …), because `headers` has already dropped duplicates.
 * Lower-case names; values of repeated headers joined as draft-cavage-12 section 2.3 says.
 */
export function readRawHeaders(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase()
    const value = rawHeaders[at + 1]!.replace(/^[ \t]+|[ \t]+$/g, '')
    if (/[\r\n\0]/.test(value)) throw badRequest('A header is folded')
    const earlier = headers.get(name)
    if (earlier !== undefined && SINGLE.has(name)) throw badRequest(`The header ${name} comes twice`)
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`)
  }
  if (headers.has('content-length') && headers.has('transfer-encoding')) {
    throw badRequest('The length of the body is given twice')
  }
  return headers
}

const PARAMETER = /[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(?:"([^"\\]*)"|([A-Za-z0-9.+-]+))[ \t]*(,|$)/y

/** The parameters of a `Signature` header. Anything out of shape, and any name that comes twice, makes it malformed. */
export function readParameters(header: string): ReadonlyMap<string, string> {
  const text = header.replace(/^Signature[ \t]+/i, '')
  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = 0
  for (let open = true; open;) {
    const found = PARAMETER.exec(text)
    if (!found) throw badRequest('The signature is malformed')
    const name = found[1]!
    if (parameters.has(name)) throw badRequest(`The signature names ${name} twice`)
    parameters.set(name, found[2] ?? found[3]!)
    open = found[4] === ','
  }
  return parameters
}

export function badRequest(message: string): Refusal {
  return new Refusal('badRequest', message)
}

export function unauthorized(message: string): Refusal {
  return new Refusal('unauthorized', message)
}
