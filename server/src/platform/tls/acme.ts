import acme from 'acme-client'
import type { KeyPair, TlsFiles } from './files.ts'

export type Order = {
  directory: string
  names: readonly string[]
  /** Whom the authority may write to; empty for nobody. */
  email: string
}

const MOST_MS = 180_000

/**
 * Obtains a certificate by ACME (RFC 8555): the authority asks port 80 of every name for a file that only we can have
 * made (HTTP-01). The account is made once, and its key kept.
 */
export async function obtainCertificate(files: TlsFiles, { directory, names, email }: Order): Promise<KeyPair> {
  const client = new acme.Client({ directoryUrl: directory, accountKey: await keepAccountKey(files) })
  const [key, csr] = await acme.crypto.createCsr(
    { altNames: [...names], commonName: names[0] ?? '' },
    await acme.crypto.createPrivateEcdsaKey(),
  )
  const cert = await within(
    MOST_MS,
    client.auto({
      csr,
      ...(email === '' ? {} : { email }),
      termsOfServiceAgreed: true,
      challengePriority: ['http-01'],
      // Many networks do not let a machine reach itself by its public name: that the authority can is what counts.
      skipChallengeVerification: true,
      challengeCreateFn: async (_authorization, challenge, answer) => files.challenge.put(challenge.token, answer),
      challengeRemoveFn: async (_authorization, challenge) => files.challenge.remove(challenge.token),
    }),
  )
  return { key: key.toString(), cert }
}

async function keepAccountKey(files: TlsFiles): Promise<string> {
  const kept = files.readAccount()
  if (kept !== undefined) return kept
  const made = (await acme.crypto.createPrivateEcdsaKey()).toString()
  files.keepAccount(made)
  return made
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error(`The authority did not answer within ${ms / 1000} s`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
