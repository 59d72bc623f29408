/** Passkeys (Web Authentication, level 3): what a browser is asked, and whether its answer is true. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'

/** Whom a passkey is for: a name without port, and the one origin whose pages may ask for it. */
export type Party = { id: string; origin: string }
export type KnownPasskey = { id: string; transports: string[] }
export type NewPasskey = KnownPasskey & { publicKey: Buffer; counter: number; isSynced: boolean }

export function partyOf(url: string): Party {
  const { hostname, origin } = new URL(url)
  return { id: hostname, origin }
}

const TIMEOUT_MS = 5 * 60_000
/** EdDSA, ES256, RS256 (COSE). */
const ALGORITHMS = [-8, -7, -257]

type Person = { userId: string; name: string; serverTitle: string; known: readonly KnownPasskey[] }

/** What a browser is asked to make. The device must know the person by itself, and make sure that it is them. */
export function askToCreate(party: Party, { userId, name, serverTitle, known }: Person) {
  return generateRegistrationOptions({
    rpID: party.id,
    rpName: serverTitle,
    userID: new Uint8Array(Buffer.from(userId)),
    userName: name,
    userDisplayName: name,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/** What a browser is asked to prove; without `known` the person chooses among all that they have for this server. */
export function askToProve(party: Party, known: readonly KnownPasskey[] = []) {
  return generateAuthenticationOptions({
    rpID: party.id,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    ...(known.length > 0 ? { allowCredentials: known.map(({ id, transports }) => ({ id, transports })) } : {}),
  })
}

type Answer = { id?: unknown; response?: { clientDataJSON?: unknown; transports?: unknown } }

/** Which passkey answers, and to which question; undefined for what is no answer at all. Nothing is proven yet. */
export function readAnswer(answer: unknown): { id: string; challenge: string } | undefined {
  const { id, response } = (typeof answer === 'object' && answer !== null ? answer : {}) as Answer
  if (typeof id !== 'string' || typeof response?.clientDataJSON !== 'string') return undefined
  try {
    const text = Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')
    const { challenge } = JSON.parse(text) as { challenge?: unknown }
    return typeof challenge === 'string' ? { id, challenge } : undefined
  } catch {
    return undefined
  }
}

/** A passkey that was really made for us, just now; undefined for everything else. */
export async function verifyCreated(party: Party, answer: unknown, challenge: string): Promise<NewPasskey | undefined> {
  const made = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
    // Whatever the library says against it, it says by throwing; the answer is a stranger's.
  }).catch(() => undefined)
  if (!made?.verified) return undefined
  const { credential, credentialBackedUp } = made.registrationInfo
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []).filter((one) => /^[a-z-]{1,20}$/.test(one)).slice(0, 8),
    isSynced: credentialBackedUp,
  }
}

type Stored = { id: string; publicKey: Buffer; counter: number }

/**
 * Whether a passkey signed the question for us, with its owner there; gives its new counter. One that does not go
 * forward is that of a copy, and counts for nothing (Web Authentication, 7.2, step 22).
 */
export async function verifyProven(
  party: Party,
  answer: unknown,
  { challenge, passkey }: { challenge: string; passkey: Stored },
): Promise<{ counter: number; isSynced: boolean } | undefined> {
  const proven = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!proven?.verified) return undefined
  return { counter: proven.authenticationInfo.newCounter, isSynced: proven.authenticationInfo.credentialBackedUp }
}
