import { badRequest, readParameters, readRawHeaders, unauthorized } from './headers.ts'
import { type ComponentValue, requestTarget, type SignedLine } from './signing-string.ts'

/** Labels that say nothing against a key; the type of the key decides (federation.md f.2). */
export type AlgorithmLabel = 'hs2019' | 'rsa-sha256' | 'rsa-sha512' | 'ed25519'

export type ParsedSignature = SignedLine & {
  keyId: string
  algorithm: AlgorithmLabel
  components: readonly string[]
  signature: Buffer
  /** Seconds since 1970, only when the signature covers them. */
  created?: number
  expires?: number
  headers: ReadonlyMap<string, string>
}

const LABELS: ReadonlySet<string> = new Set(['hs2019', 'rsa-sha256', 'rsa-sha512', 'ed25519'])
const MAX_HEADER_LENGTH = 8192
const MAX_KEY_ID_LENGTH = 2048
const MAX_COMPONENTS = 32
/** 8192 bits, the largest key. */
const MAX_SIGNATURE_BYTES = 1024

/**
 * Reads the draft-cavage signature of a request from Node's `rawHeaders`, and refuses one that could not prove enough
 * whatever its key: nothing here needs the key, so that a flood of rubbish causes no fetches (federation-security.md 2.5).
 * Malformed is a bad request (400), too little is unauthorized (401).
 */
export function readSignature(rawHeaders: readonly string[], line: SignedLine): ParsedSignature {
  if (!line.target.startsWith('/')) throw badRequest('The request target must be a path')
  const headers = readRawHeaders(rawHeaders)
  const header = headers.get('signature')
  if (header === undefined) throw unauthorized('The request is not signed')
  // RFC 9421 uses the same header with another grammar; a peer that tries it first falls back on a 401.
  if (headers.has('signature-input')) throw unauthorized('Signatures of RFC 9421 are not understood here')
  if (header.length > MAX_HEADER_LENGTH) throw badRequest('The signature is too long')
  const parameters = readParameters(header)
  const algorithm = readAlgorithm(parameters.get('algorithm'))
  const components = readComponents(parameters, algorithm)
  const parsed: ParsedSignature = {
    ...line,
    keyId: readKeyId(parameters.get('keyId')),
    algorithm,
    components,
    signature: readSignatureBytes(parameters.get('signature')),
    headers,
    ...readTimes(parameters, components, algorithm),
  }
  requireComponents(parsed)
  return parsed
}

/** What a component of the signed text is worth in this request. */
export function componentValues(parsed: ParsedSignature, target: string): ComponentValue {
  return (name) => {
    if (name === '(request-target)') return requestTarget({ method: parsed.method, target })
    if (name === '(created)') return parsed.created?.toString()
    if (name === '(expires)') return parsed.expires?.toString()
    return parsed.headers.get(name)
  }
}

function readAlgorithm(label: string | undefined): AlgorithmLabel {
  const name = label?.toLowerCase() ?? 'hs2019'
  if (!LABELS.has(name)) throw unauthorized('The algorithm of the signature is not known here')
  return name as AlgorithmLabel
}

function readKeyId(keyId: string | undefined): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (!keyId || keyId.length > MAX_KEY_ID_LENGTH || /[\u0000-\u0020\u007f]/.test(keyId)) {
    throw badRequest('The signature names no key')
  }
  return keyId
}

/** Without `headers` the draft means `(created)`, or `date` for the old labels: never enough for us, yet read as it is meant. */
function readComponents(parameters: ReadonlyMap<string, string>, algorithm: AlgorithmLabel): string[] {
  const fallback = algorithm === 'hs2019' ? '(created)' : 'date'
  const components = (parameters.get('headers') ?? fallback).toLowerCase().split(' ')
  if (components.length > MAX_COMPONENTS || components.includes('')) throw badRequest('The signature is malformed')
  if (new Set(components).size !== components.length) throw unauthorized('The signature names a header twice')
  return components
}

function readSignatureBytes(text: string | undefined): Buffer {
  if (!text || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw badRequest('The signature is malformed')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length > MAX_SIGNATURE_BYTES || bytes.toString('base64') !== text)
    throw badRequest('The signature is malformed')
  return bytes
}

/** Times that are not covered could have been written by anybody on the way: they do not count. */
function readTimes(parameters: ReadonlyMap<string, string>, components: readonly string[], algorithm: AlgorithmLabel) {
  const read = (name: 'created' | 'expires') => {
    if (!components.includes(`(${name})`)) return {}
    if (algorithm.startsWith('rsa-')) throw unauthorized(`(${name}) cannot be signed with ${algorithm}`)
    const text = parameters.get(name) ?? ''
    if (!/^(0|[1-9]\d{0,11})$/.test(text)) throw badRequest(`The signature has no ${name}`)
    return { [name]: Number(text) }
  }
  return { ...read('created'), ...read('expires') } as { created?: number; expires?: number }
}

/** The least that must be covered (federation.md f.2), and everything covered must be there: absent is not empty. */
function requireComponents(parsed: ParsedSignature): void {
  const covered = new Set(parsed.components)
  const bodyless = ['GET', 'HEAD'].includes(parsed.method.toUpperCase())
  const required = ['(request-target)', 'host', ...(bodyless ? [] : ['digest'])]
  for (const name of required) if (!covered.has(name)) throw unauthorized(`The signature must cover ${name}`)
  if (!covered.has('date') && !covered.has('(created)'))
    throw unauthorized('The signature must cover date or (created)')
  const valueOf = componentValues(parsed, parsed.target)
  for (const name of covered) {
    if (valueOf(name) === undefined) throw unauthorized(`The signature covers ${name}, which is not there`)
  }
}
