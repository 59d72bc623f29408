import { isIP } from 'node:net'
import { Refusal } from '#lib/refusal'
import type { Config } from '#platform/config'
import type { Log } from '#platform/log'
import { describePair, makeSelfSigned, openTlsFiles, readPairFiles, type KeyPair } from './files.ts'
import { openPort80 } from './port-80.ts'
import { keepRenewed } from './renew.ts'

export { describePair, makeSelfSigned, openTlsFiles, readPairFiles, type KeyPair, type Standing } from './files.ts'
export { makeCertificate, publicKeyOf } from './x509.ts'
export { isDue } from './renew.ts'

export type TlsOptions = {
  config: Config
  log: Log
  now: () => Date
  alone: (run: () => Promise<void>) => Promise<void>
}

export type Tls = {
  /** What to begin with. */
  pair: KeyPair
  /** Opens the unencrypted port and, with `auto`, keeps the certificate renewed; `use` is given every new one. */
  start(use: (pair: KeyPair) => void): Promise<RunningTls>
}

export type RunningTls = { httpPort: number; firstLook: Promise<void>; stop(): Promise<void> }

/** Encryption by this process itself, without a proxy. */
export function openTls({ config, log, now, alone }: TlsOptions): Tls {
  const files = openTlsFiles(config.dataDir)
  const names = namesOf(config)
  const isAuto = config.tls === 'auto'
  const pair = isAuto
    ? (files.read() ?? makeSelfSigned(names, now()))
    : readPairFiles(config.tlsCertificate, config.tlsKey)
  if (!describePair(pair)) throw new Refusal('invalid', 'The certificate that HAMLET_TLS_CERT names cannot be read.')
  return {
    pair,
    start: async (use) => {
      const port80 = await openPort80(files, { host: config.listenHost, port: config.tlsHttpPort, url: config.url })
      const order = { directory: config.acmeDirectory, names, email: config.acmeEmail }
      const renewal = isAuto ? keepRenewed({ files, order, log, now, alone, use }) : rereadFiles(config, log, use)
      return {
        httpPort: port80.port,
        firstLook: renewal.first,
        stop: async () => {
          await renewal.stop()
          await port80.close()
        },
      }
    },
  }
}

const REREAD_MS = 60_000

/** Whoever renews the files by another program need not start the server anew. */
function rereadFiles(config: Config, log: Log, use: (pair: KeyPair) => void) {
  let last = ''
  const timer = setInterval(() => {
    try {
      const pair = readPairFiles(config.tlsCertificate, config.tlsKey)
      if (last !== '' && pair.cert !== last) use(pair)
      last = pair.cert
    } catch (error) {
      log.warn('the certificate cannot be read', { reason: (error as Error).message })
    }
  }, REREAD_MS)
  return { first: Promise.resolve(), stop: async () => clearInterval(timer) }
}

/** The name in handles, and the name of the public address where that is another. */
function namesOf(config: Config): string[] {
  const url = new URL(config.url)
  const names = [...new Set([url.hostname, config.domain.replace(/:\d+$/, '')])]
  const isPublic = names.every((name) => name.includes('.') && isIP(name) === 0 && !name.endsWith('.localhost'))
  if (config.tls === 'auto' && (!isPublic || url.protocol !== 'https:'))
    throw new Refusal('invalid', 'HAMLET_TLS=auto needs a public name in HAMLET_DOMAIN, such as example.org.')
  return names
}
