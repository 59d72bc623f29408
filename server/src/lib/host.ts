/**
 * A host as everything here compares it: `URL.host`, that is the A-label in lower case, with the port
 * only when it is not the scheme's default. `localhost:4001` and `localhost:4002` are two hosts.
 */
export type Host = string & { readonly __host: unique symbol }

/** The host of an http(s) address, or undefined when it is not one. */
export function hostOf(address: string | URL): Host | undefined {
  const url = typeof address === 'string' ? parseHttpUrl(address) : address
  return url ? (url.host as Host) : undefined
}

/** Reads a bare host as people type it (`Example.ORG`, `bücher.example`, `localhost:4001`); undefined when it is not one. */
export function readHost(text: string): Host | undefined {
  const trimmed = text.trim().replace(/\.$/, '')
  if (trimmed === '' || trimmed.startsWith('.') || trimmed.includes('..') || /[\s/@?#\\]/.test(trimmed))
    return undefined
  const url = parseHttpUrl(`https://${trimmed}`)
  if (!url || url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined
  return url.host as Host
}

/** Parses an absolute http(s) address without user information; undefined for everything else. */
export function parseHttpUrl(text: unknown): URL | undefined {
  if (typeof text !== 'string' || text.length > 2048 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  return url
}

/** True when both addresses share scheme, host and port. */
export function sameOrigin(a: string, b: string): boolean {
  const first = parseHttpUrl(a)
  const second = parseHttpUrl(b)
  return first !== undefined && second !== undefined && first.origin === second.origin
}

/** The name without its port, for checks that are about machines and not about servers. */
export function hostname(host: Host): string {
  return new URL(`https://${host}`).hostname
}

/** True for names that can only mean this machine. */
export function isLoopbackName(name: string): boolean {
  const bare = name.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}
