import { isIP } from 'node:net'
import { parseHttpUrl } from '#lib/host'
import { isGlobalUnicast, isInNetworks, type Network } from './address.ts'
import { failure } from './failures.ts'

export type TargetRules = {
  /** Where plain http, other ports and local names are welcome: test networks. */
  allowed: readonly Network[]
  ownHosts: readonly string[]
}

/** The part of an address that decides which machines it may lead to. */
export type Door = { protocol: string; hostname: string; port: string }

/** Names that mean something only inside a network, or need another network than the internet. */
const LOCAL_SUFFIXES = ['.localhost', '.local', '.internal', '.onion', '.i2p']

/**
 * Reads an address that somebody else chose, before any lookup.
 * WHATWG parsing drops tabs and turns backslashes, so that another parser may see another host: such spellings are refused
 * (reliability-and-security.md SF-12).
 */
export function requireTarget(text: string | URL, rules: TargetRules, base?: URL): URL {
  const raw = text instanceof URL ? text.href : text
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0020\u007f\\]/.test(raw)) throw failure('address')
  const resolved = base && URL.canParse(raw, base.href) ? new URL(raw, base).href : raw
  const url = parseHttpUrl(resolved)
  if (!url || url.hostname === '' || url.hostname.endsWith('.')) throw failure('address')
  url.hash = ''
  if (isOwnHost(url, rules.ownHosts)) throw failure('address')
  const door = doorOf(url)
  if (isIP(door.hostname) !== 0) requirePermitted(door, [door.hostname], rules.allowed)
  else if (needsPrivateNetwork(door) && rules.allowed.length === 0) throw failure('address')
  return url
}

/** Every answer of the resolver must be permitted: one private address among public ones is an attack, not a choice. */
export function requirePermitted(door: Door, addresses: readonly string[], allowed: readonly Network[]): void {
  const privateOnly = needsPrivateNetwork(door)
  const permitted = (address: string) => isInNetworks(address, allowed) || (!privateOnly && isGlobalUnicast(address))
  if (addresses.length === 0 || !addresses.every(permitted)) throw failure('address')
}

/** True for what the internet may never be asked for: plain http, odd ports, local names. */
function needsPrivateNetwork(door: Door): boolean {
  const standardPort = ['', '80', '443'].includes(door.port)
  return door.protocol !== 'https:' || !standardPort || isLocalName(door.hostname)
}

function isLocalName(hostname: string): boolean {
  if (isIP(hostname) !== 0) return false
  return !hostname.includes('.') || LOCAL_SUFFIXES.some((suffix) => hostname.endsWith(suffix))
}

/** An own host without a port is ours on every port; with one, its neighbours on the same name are other servers. */
function isOwnHost(url: URL, ownHosts: readonly string[]): boolean {
  return ownHosts.some((own) => own.toLowerCase() === url.host || own.toLowerCase() === url.hostname)
}

function doorOf(url: URL): Door {
  return { protocol: url.protocol, hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port }
}
