import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup, Resolver } from 'node:dns/promises'
import { isIP, isIPv6, type LookupFunction } from 'node:net'
import { createSecureContext, getCACertificates } from 'node:tls'
import { callbackify } from 'node:util'
import { buildConnector } from 'undici'
import type { Network } from './address.ts'
import { failure } from './failures.ts'
import { type Door, requirePermitted } from './target.ts'

export type Resolve = (hostname: string) => Promise<string[]>
export type ConnectRules = {
  allowed: readonly Network[]
  resolve: Resolve
  /** Leads the standard port of a name elsewhere; what is checked stays the port that was asked for. */
  portOf: (hostname: string) => number | undefined
  extraCa?: string | undefined
}

const CONNECT_TIMEOUT_MS = 5_000

/**
 * Opens sockets only to addresses that were checked: the lookup that feeds the connection is the lookup that is checked,
 * so a second answer cannot replace the first (federation-security.md 1.2). The socket stays with its address until it is closed.
 */
export function makeConnector(rules: ConnectRules): buildConnector.connector {
  const trust =
    rules.extraCa === undefined
      ? {}
      : { secureContext: createSecureContext({ ca: [...getCACertificates('default'), rules.extraCa] }) }
  return (options, callback) => {
    const door: Door = { protocol: options.protocol, hostname: options.hostname, port: options.port }
    try {
      // Literals never reach `lookup`.
      if (isIP(door.hostname) !== 0) requirePermitted(door, [door.hostname], rules.allowed)
    } catch (error) {
      callback(error as Error, null)
      return
    }
    const connect = buildConnector({
      ...trust,
      allowH2: false,
      rejectUnauthorized: true,
      timeout: CONNECT_TIMEOUT_MS,
      lookup: checkedLookup(door, rules),
      maxCachedSessions: 0,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 1_000,
    })
    const moved = door.port === '' ? rules.portOf(door.hostname) : undefined
    connect(moved === undefined ? options : { ...options, port: String(moved) }, (error, socket) => {
      if (error) return callback(error, null)
      try {
        requirePermitted(door, [socket.remoteAddress ?? ''], rules.allowed)
      } catch (refusal) {
        socket.destroy()
        return callback(refusal as Error, null)
      }
      return callback(null, socket)
    })
  }
}

function checkedLookup(door: Door, rules: ConnectRules): LookupFunction {
  const find = callbackify((hostname: string) => findChecked(door, rules, hostname))
  return (hostname, options, callback) => {
    find(hostname, (error, found) => {
      if (error) callback(error, [])
      else if (options.all) callback(null, found)
      else callback(null, found[0]!.address, found[0]!.family)
    })
  }
}

async function findChecked(door: Door, rules: ConnectRules, hostname: string): Promise<LookupAddress[]> {
  const addresses = await rules.resolve(hostname).catch((error: unknown) => {
    throw failure('network', error)
  })
  requirePermitted(door, addresses, rules.allowed)
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
}

/**
 * Public names are asked over the network without libuv's few lookup threads, which one slow name server could hold for everybody.
 * Names without a dot and local ones live in the hosts file, which only the system's lookup reads.
 */
export function makeResolve(): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return async (hostname) => {
    if (!hostname.includes('.') || hostname.endsWith('.localhost')) {
      return (await systemLookup(hostname, { all: true })).map((found) => found.address)
    }
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length === 0) throw answers.find((answer) => answer.status === 'rejected')?.reason
    return found
  }
}
