import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { parseAddress } from './address.ts'

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

type Block = { kind: 'ipv4' | 'ipv6'; bits: number; value: bigint }

const sizeOf = (kind: Block['kind']) => (kind === 'ipv4' ? 32 : 128)

/** `::ffff:192.0.2.0/120` is `192.0.2.0/24`: an address is one whatever it is written as. */
function readBlock(given: string): Block | undefined {
  const text = readNetwork(given)
  const [address = '', length] = (text ?? '').split('/')
  const parsed = parseAddress(address)
  if (!parsed) return undefined
  const kind = parsed.kind()
  const spelt = isIP(address) === 4 ? 32 : 128
  const bits = Number(length ?? spelt) - (spelt - sizeOf(kind))
  return bits < 0 ? undefined : { kind, bits, value: valueOf(parsed) >> BigInt(sizeOf(kind) - bits) }
}

const valueOf = (address: ipaddr.IPv4 | ipaddr.IPv6): bigint =>
  address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

function write({ kind, bits, value }: Block): string {
  const size = sizeOf(kind)
  const whole = value << BigInt(size - bits)
  const bytes = Array.from({ length: size / 8 }, (_, at) => Number((whole >> BigInt(size - 8 - 8 * at)) & 255n))
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`
}

/** A network as PostgreSQL's cidr takes it: nothing stands behind the bits that count. Undefined for what is none. */
export function readCidr(given: string): string | undefined {
  const block = readBlock(given)
  return block && write(block)
}

/** How much of a network one household, or one machine of a hoster, may have all to itself. */
export type Width = { v4: number; v6: number }

/** The network of some width that an address lies in; what is no address stands for itself. */
export function networkOf(ip: string, { v4, v6 }: Width): string {
  const block = readBlock(ip)
  if (!block || ip.includes('/')) return ip
  const bits = block.kind === 'ipv4' ? v4 : v6
  return write({ ...block, bits, value: block.value >> BigInt(block.bits - bits) })
}

/** One machine, or one home: whoever has an IPv6 network of 64 bits has all its addresses (reliability RL-02). */
export const householdOf = (ip: string): string => networkOf(ip, { v4: 32, v6: 64 })

/** Who of a list of networks an address lies in, in as many steps as the networks have lengths, however many they are. */
export function makeNetworkSet(cidrs: readonly string[]): { has(ip: string): boolean } {
  const lengths = new Map<string, { bits: number; kind: Block['kind']; values: Set<bigint> }>()
  for (const block of cidrs.map(readBlock)) {
    if (!block) continue
    const key = `${block.kind}/${block.bits}`
    const group = lengths.get(key) ?? { bits: block.bits, kind: block.kind, values: new Set() }
    lengths.set(key, group)
    group.values.add(block.value)
  }
  return {
    has: (ip) => {
      if (lengths.size === 0) return false
      const block = readBlock(ip)
      if (!block) return false
      for (const { bits, kind, values } of lengths.values())
        if (kind === block.kind && block.bits >= bits && values.has(block.value >> BigInt(block.bits - bits)))
          return true
      return false
    },
  }
}

/** This machine itself, by whatever name. */
export function isLoopback(ip: string): boolean {
  return LOOPBACK.has(ip)
}
const LOOPBACK = makeNetworkSet(['127.0.0.0/8', '::1/128'])
