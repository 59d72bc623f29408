import { resolve } from 'node:path'
import { isLoopbackName, readHost, hostname, type Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { readStored, type Environment } from './stored.ts'
import { variables, type ProcessRole } from './variables.ts'

export { renderConfigurationDocs } from './docs.ts'
export { storeVariables } from './stored.ts'
export { variables, type ProcessRole } from './variables.ts'

type Raw = { [K in keyof typeof variables]: ReturnType<(typeof variables)[K]['read']> }

export type Config = Readonly<
  Omit<Raw, 'domain'> & {
    domain: Host
    roles: readonly ProcessRole[]
    /** True when the environment or the stored file named a domain, so that the database must agree. */
    domainGiven: boolean
    /** True when the environment itself names the domain, so that a stored one would count for nothing. */
    domainFixed: boolean
  }
>

/**
 * Reads every variable once; the environment wins over `<data>/hamlet.env`, which the set-up wizard writes.
 * Throws one Refusal that lists all faults.
 */
export function readConfig(environment: Environment = process.env): Config {
  const faults: string[] = []
  const stored = readStored(resolve(environment[variables.dataDir.name] || variables.dataDir.fallback))
  const isGiven = (name: string) => Boolean(environment[name] || stored[name])
  const raw: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(variables)) {
    const given = environment[variable.name] || stored[variable.name] || variable.fallback
    try {
      raw[key] = variable.read(given)
    } catch (error) {
      faults.push(`${variable.name} ${(error as Error).message}`)
    }
  }
  const read = raw as Raw
  const domain = readHost(read.domain || `localhost:${read.port ?? variables.port.fallback}`)
  if (!domain) faults.push(`HAMLET_DOMAIN "${read.domain}" is not a host name such as example.org`)
  const url = domain ? (read.url || defaultUrl(domain)).replace(/\/+$/, '') : ''
  if (domain && !URL.canParse(url)) faults.push(`HAMLET_URL "${url}" is not an address such as https://example.org`)
  if (faults.length > 0 || !domain) throw new Refusal('invalid', `The configuration is wrong: ${faults.join('; ')}.`)
  const mailFrom = read.mailFrom || `hamlet@${hostname(domain)}`
  return Object.freeze({
    ...read,
    dataDir: resolve(read.dataDir),
    // Whoever serves https itself serves the world, unless an address is named.
    listenHost: read.tls !== 'off' && !isGiven(variables.listenHost.name) ? '::' : read.listenHost,
    domain,
    url,
    mailFrom,
    domainGiven: read.domain !== '',
    domainFixed: Boolean(environment[variables.domain.name]),
  })
}

/** Where a server of this name is, unless HAMLET_URL says otherwise. */
export function defaultUrl(domain: Host): string {
  return `${isLoopbackName(hostname(domain)) ? 'http' : 'https'}://${domain}`
}

/** The configuration as lines for people: secrets are masked. */
export function describeConfig(config: Config): string[] {
  return Object.entries(variables).map(([key, variable]) => {
    const value = config[key as keyof Config]
    const shown = 'secret' in variable && variable.secret && value !== '' ? '[secret]' : String(value ?? '')
    return `${variable.name}=${shown}`
  })
}
