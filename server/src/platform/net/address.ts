import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** IANA special-purpose registry for IPv4 (federation-security.md 1.1): nothing in here is a public server. */
export const FORBIDDEN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '255.255.255.255/32',
]

/** The only part of IPv6 handed out as global unicast; everything else (::, ::1, v4-compatible, NAT64, ULA, link-local, multicast) is outside. */
const GLOBAL_V6 = '2000::/3'

/**
 * The exceptions inside it. 2001::/23 is refused as a whole: Teredo (2001::/32), 2001:10::/28 and 2001:20::/28 lie there,
 * and no registry has given any of it to a network.
 */
export const FORBIDDEN_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16']

const forbiddenV4 = readNetworks(FORBIDDEN_V4)
const forbiddenV6 = readNetworks(FORBIDDEN_V6)
const globalV6 = readNetworks([GLOBAL_V6])

export function readNetworks(cidrs: readonly string[]): readonly Network[] {
  return cidrs.map((cidr) => ipaddr.parseCIDR(cidr))
}

/** True for addresses that any host on the internet could have; an address that cannot be read is not one. */
export function isGlobalUnicast(text: string): boolean {
  const address = parseAddress(text)
  if (!address) return false
  if (address.kind() === 'ipv4') return !within(address, forbiddenV4)
  return within(address, globalV6) && !within(address, forbiddenV6)
}

export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text)
  return address !== undefined && within(address, networks)
}

/**
 * `isIP` first: ipaddr.js also reads octal and short forms, which no resolver and no socket may give. Zones name our own interfaces.
 * IPv6 is spelt anew in hexadecimal, because ipaddr.js 2.5 takes `::8.8.8.8` (v4-compatible) for `::ffff:8.8.8.8` (v4-mapped).
 */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const family = isIP(text)
  if (family === 0 || text.includes('%')) return undefined
  const spelt = family === 4 ? text : new URL(`http://[${text}]`).hostname.slice(1, -1)
  // `process` unwraps ::ffff:a.b.c.d, so that the IPv4 table judges it.
  return ipaddr.process(spelt)
}

function within(address: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Network[]): boolean {
  return networks.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits))
}
