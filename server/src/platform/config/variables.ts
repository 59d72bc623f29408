/** How one environment variable is read, described and defaulted. `docs/configuration.md` is made from this list. */
export type Variable<T> = {
  name: string
  doc: string
  fallback: string
  secret?: boolean
  /** Gives the value, or throws with what is wrong in plain words. */
  read: (text: string) => T
}

const text = (value: string) => value

function number(minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const parsed = Number(value)
    if (value.trim() === '' || !Number.isFinite(parsed) || parsed < minimum || parsed > maximum) {
      throw new Error(`must be a number from ${minimum} to ${maximum}`)
    }
    return parsed
  }
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

const ROLES = ['web', 'worker', 'streaming'] as const
export type ProcessRole = (typeof ROLES)[number]

function processRoles(value: string): ProcessRole[] {
  const roles = list(value)
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role))
  if (unknown !== undefined || roles.length === 0) throw new Error(`must name some of ${ROLES.join(', ')}`)
  return roles as ProcessRole[]
}

function optionalPort(value: string): number | null {
  return value === '' ? null : number(0, 65_535)(value)
}

function cidrs(value: string): string[] {
  const ranges = list(value)
  const wrong = ranges.find((range) => !/^[0-9a-f.:]+\/\d{1,3}$/i.test(range))
  if (wrong !== undefined) throw new Error(`"${wrong}" is not an address range such as 127.0.0.0/8`)
  return ranges
}

function perhapsOnOrOff(value: string): boolean | null {
  return value === '' ? null : onOrOff(value)
}

function issuer(value: string): string {
  if (value !== '' && !/^https?:\/\//.test(value))
    throw new Error(`"${value}" is not an address such as https://id.example.org`)
  return value
}

function onOrOff(value: string): boolean {
  if (value !== 'on' && value !== 'off') throw new Error('must be on or off')
  return value === 'on'
}

function oneOf<T extends string>(...choices: readonly T[]): (value: string) => T {
  return (value) => {
    if (!choices.includes(value as T)) throw new Error(`must be one of ${choices.join(', ')}`)
    return value as T
  }
}

/** Keys travel to an authority and back: in clear only within one machine. */
function authority(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isHere = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isHere))
    throw new Error('must be an address that begins with https://')
  return value
}

export const variables = {
  port: { name: 'PORT', doc: 'Port to listen on.', fallback: '3000', read: number(0, 65_535) },
  listenHost: {
    name: 'HOST',
    doc: 'Address to listen on; 0.0.0.0 for all. With HAMLET_TLS on the default is all.',
    fallback: '127.0.0.1',
    read: text,
  },
  dataDir: {
    name: 'HAMLET_DATA_DIR',
    doc: 'Folder for the database, media, keys and mail.',
    fallback: './data',
    read: text,
  },
  domain: {
    name: 'HAMLET_DOMAIN',
    doc: 'The part of handles after the @. Fixed once other servers know it. Default: localhost with the port.',
    fallback: '',
    read: text,
  },
  url: {
    name: 'HAMLET_URL',
    doc: 'Public base address. Default: https:// with the domain, http:// for loopback names.',
    fallback: '',
    read: text,
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    doc: 'A PostgreSQL 15 or newer to use instead of the embedded one.',
    fallback: '',
    secret: true,
    read: text,
  },
  tls: {
    name: 'HAMLET_TLS',
    doc: 'auto obtains and renews a certificate for the domain and serves ports 443 and 80 itself; files serves them with a certificate of your own; off leaves encryption to a proxy and serves PORT.',
    fallback: 'off',
    read: oneOf('off', 'auto', 'files'),
  },
  tlsPort: {
    name: 'HAMLET_TLS_PORT',
    doc: 'Port for https when HAMLET_TLS is on; PORT is not used then.',
    fallback: '443',
    read: number(0, 65_535),
  },
  tlsHttpPort: {
    name: 'HAMLET_TLS_HTTP_PORT',
    doc: 'Port for http when HAMLET_TLS is on: it answers the certificate authority and sends everybody else to https.',
    fallback: '80',
    read: number(0, 65_535),
  },
  tlsCertificate: {
    name: 'HAMLET_TLS_CERT',
    doc: 'With HAMLET_TLS=files: the certificate with its chain (PEM). It is read again when it changes.',
    fallback: '',
    read: text,
  },
  tlsKey: {
    name: 'HAMLET_TLS_KEY',
    doc: 'With HAMLET_TLS=files: the private key of the certificate (PEM).',
    fallback: '',
    read: text,
  },
  acmeDirectory: {
    name: 'HAMLET_ACME_DIRECTORY',
    doc: 'With HAMLET_TLS=auto: the directory of the certificate authority (ACME, RFC 8555). Using it means agreeing to its terms.',
    fallback: 'https://acme-v02.api.letsencrypt.org/directory',
    read: authority,
  },
  acmeEmail: {
    name: 'HAMLET_ACME_EMAIL',
    doc: 'With HAMLET_TLS=auto: where the certificate authority may write to you. Empty for nowhere.',
    fallback: '',
    read: text,
  },
  roles: {
    name: 'HAMLET_ROLES',
    doc: 'What this process does: web, worker, streaming.',
    fallback: 'web,worker,streaming',
    read: processRoles,
  },
  allowPrivateNetworks: {
    name: 'HAMLET_ALLOW_PRIVATE_NETWORKS',
    doc: 'Address ranges that outbound requests may also reach. For test networks only.',
    fallback: '',
    read: cidrs,
  },
  metricsPort: {
    name: 'HAMLET_METRICS_PORT',
    doc: 'Port for metrics (Prometheus text at /metrics) on the loopback address; empty is off.',
    fallback: '',
    read: optionalPort,
  },
  trustedProxies: {
    name: 'HAMLET_TRUSTED_PROXIES',
    doc: 'Address ranges whose X-Forwarded headers count.',
    fallback: '',
    read: cidrs,
  },
  smtpUrl: {
    name: 'HAMLET_SMTP_URL',
    doc: 'Mail server; without one, mail is written to the data folder.',
    fallback: '',
    secret: true,
    read: text,
  },
  mailFrom: {
    name: 'HAMLET_MAIL_FROM',
    doc: 'Sender of mail. Default: hamlet@ with the domain.',
    fallback: '',
    read: text,
  },
  extraCa: {
    name: 'HAMLET_EXTRA_CA',
    doc: 'File with certificate authorities to trust besides the usual ones.',
    fallback: '',
    read: text,
  },
  pictureCacheMegabytes: {
    name: 'HAMLET_PICTURE_CACHE_MB',
    doc: 'Room on the disk for pictures of other servers; what was not asked for longest makes way.',
    fallback: '10240',
    read: number(1, 1_000_000_000),
  },
  pictureCacheDays: {
    name: 'HAMLET_PICTURE_CACHE_DAYS',
    doc: 'Days after which a picture of another server goes when nobody asked for it; it is fetched again when wanted.',
    fallback: '30',
    read: number(1, 36_500),
  },
  sealKey: {
    name: 'HAMLET_SEAL_KEY',
    doc: 'Key that closes second factors in the database: 32 bytes in base64, the same for all machines of one database. Default: secrets/seal in the data folder.',
    fallback: '',
    secret: true,
    read: text,
  },
  limitedFederation: {
    name: 'HAMLET_LIMITED_FEDERATION',
    doc: 'on deals only with servers that the team names, and shows nothing to strangers; empty leaves it to the setting.',
    fallback: '',
    read: perhapsOnOrOff,
  },
  oidcIssuer: {
    name: 'HAMLET_OIDC_ISSUER',
    doc: 'Another service to sign in with (OpenID Connect): its issuer, such as https://id.example.org. Empty is none.',
    fallback: '',
    read: issuer,
  },
  oidcClientId: {
    name: 'HAMLET_OIDC_CLIENT_ID',
    doc: 'What that service knows this server as.',
    fallback: '',
    read: text,
  },
  oidcClientSecret: {
    name: 'HAMLET_OIDC_CLIENT_SECRET',
    doc: 'The secret that goes with it; empty for a public client.',
    fallback: '',
    secret: true,
    read: text,
  },
  oidcName: {
    name: 'HAMLET_OIDC_NAME',
    doc: 'What people call that service. Default: its host.',
    fallback: '',
    read: text,
  },
  oidcScopes: {
    name: 'HAMLET_OIDC_SCOPES',
    doc: 'What is asked of that service.',
    fallback: 'openid profile email',
    read: text,
  },
  oidcOnly: {
    name: 'HAMLET_OIDC_ONLY',
    doc: 'on closes signing in by password and signing up in any other way than by that service.',
    fallback: 'off',
    read: onOrOff,
  },
  oidcLink: {
    name: 'HAMLET_OIDC_LINK_BY_EMAIL',
    doc: 'on lets that service open the account of an address that it says it made sure of. Only for a service that you run.',
    fallback: 'off',
    read: onOrOff,
  },
  serviceWorker: {
    name: 'HAMLET_SERVICE_WORKER',
    doc: 'off takes the service worker out of all browsers: no reading without a network, no pushes.',
    fallback: 'on',
    read: onOrOff,
  },
  rateLimitFactor: {
    name: 'HAMLET_RATE_LIMIT_FACTOR',
    doc: 'Multiplies every rate limit. For tests and benchmarks only.',
    fallback: '1',
    read: number(0.001, 1_000_000),
  },
} satisfies Record<string, Variable<unknown>>
