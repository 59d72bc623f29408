import { isIP } from 'node:net'

/** An address or a network of them (`192.0.2.0/24`, `2001:db8::/32`) as PostgreSQL's inet takes it; undefined for anything else. */
export function readNetwork(given: string): string | undefined {
  const text = given.trim()
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  // A zone names an interface of one machine.
  if (family === 0 || more.length > 0 || address.includes('%')) return undefined
  if (bits === undefined) return text
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128) ? text : undefined
}
