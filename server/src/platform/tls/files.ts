import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'
import { makeCertificate, publicKeyOf } from './x509.ts'

/** What a TLS server shows and proves itself with, as PEM. */
export type KeyPair = { key: string; cert: string }
export type Standing = { until: Date; names: string[]; isSelfSigned: boolean }

const DAY_MS = 24 * 3_600_000
const TOKEN = /^[\w-]{1,200}$/

/** Everything about certificates lies in `<data>/tls`: whoever shares the data folder serves the same. */
export function openTlsFiles(dataDir: string) {
  const folder = join(dataDir, 'tls')
  mkdirSync(join(folder, 'challenges'), { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const served = join(folder, 'served.pem')
  const account = join(folder, 'account.pem')
  const fault = join(folder, 'last-fault')
  return {
    /** Key and chain in one file, so that there is never one without the other. */
    read: (): KeyPair | undefined => (existsSync(served) ? splitPem(readFileSync(served, 'utf8')) : undefined),
    keep: ({ key, cert }: KeyPair) => writeWhole(served, `${key.trim()}\n${cert.trim()}\n`),
    /** Changes when another process has kept another certificate. */
    stamp: () => (existsSync(served) ? statSync(served).mtimeMs : 0),
    readAccount: () => (existsSync(account) ? readFileSync(account, 'utf8') : undefined),
    keepAccount: (key: string) => writeWhole(account, key),
    challenge: {
      put: (token: string, answer: string) => {
        if (!TOKEN.test(token)) throw new Error('The authority gave a token that is none')
        writeWhole(join(folder, 'challenges', token), answer)
      },
      find: (token: string) => {
        const file = join(folder, 'challenges', token)
        return TOKEN.test(token) && existsSync(file) ? readFileSync(file, 'utf8') : undefined
      },
      remove: (token: string) => TOKEN.test(token) && rmSync(join(folder, 'challenges', token), { force: true }),
    },
    /** Why the last try failed; undefined when it did not. */
    readFault: () => (existsSync(fault) ? readFileSync(fault, 'utf8') : undefined),
    keepFault: (text: string | undefined) =>
      text === undefined ? rmSync(fault, { force: true }) : writeWhole(fault, text),
  }
}

export type TlsFiles = ReturnType<typeof openTlsFiles>

/** Until an authority has answered: browsers warn of it, but everything is in place. */
export function makeSelfSigned(names: readonly string[], now: Date): KeyPair {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const cert = makeCertificate({
    names,
    publicKey: publicKeyOf(privateKey),
    from: new Date(now.getTime() - DAY_MS),
    until: new Date(now.getTime() + 90 * DAY_MS),
    issuer: names[0] ?? '',
    signWith: createPrivateKey(key),
  })
  return { key, cert }
}

export function readPairFiles(certificateFile: string, keyFile: string): KeyPair {
  const read = (name: string, file: string) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (cause) {
      throw new Refusal('invalid', `${name} names ${file || 'no file'}, which cannot be read.`, { cause })
    }
  }
  return { cert: read('HAMLET_TLS_CERT', certificateFile), key: read('HAMLET_TLS_KEY', keyFile) }
}

/** What the certificate says of itself; undefined when it cannot be read. */
export function describePair({ cert }: KeyPair): Standing | undefined {
  try {
    const leaf = new X509Certificate(cert)
    const names = (leaf.subjectAltName ?? '').split(', ').map((name) => name.replace(/^DNS:/, ''))
    return { until: new Date(leaf.validTo), names, isSelfSigned: leaf.verify(leaf.publicKey) }
  } catch {
    return undefined
  }
}

function splitPem(text: string): KeyPair {
  const at = text.indexOf('-----BEGIN CERTIFICATE-----')
  return { key: text.slice(0, at), cert: text.slice(at) }
}

function writeWhole(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
}
