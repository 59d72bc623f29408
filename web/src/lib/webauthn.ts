/** Passkeys of this browser: what the server asks and gets is JSON, what the browser takes and gives are bytes. */

type Described = { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }
type CreationJson = Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
  challenge: string
  user: { id: string; name: string; displayName: string }
  excludeCredentials?: Described[]
}
type RequestJson = Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & {
  challenge: string
  allowCredentials?: Described[]
}

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.codePointAt(0) ?? 0)

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCodePoint(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const described = (all: Described[] = []): PublicKeyCredentialDescriptor[] =>
  all.map((one) => ({ ...one, id: toBytes(one.id) }))

/** Whether this browser has passkeys at all, on a page that may use them. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis && 'credentials' in navigator

/** Makes a passkey; null when its owner thought better of it. */
export async function createPasskey(json: object): Promise<object | null> {
  const options = json as CreationJson
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    },
  })
  if (made === null) return null
  const { id, type, response } = made as PublicKeyCredential & { response: AuthenticatorAttestationResponse }
  return {
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

type How = { isQuiet?: boolean; signal?: AbortSignal }

/** Has a passkey answer; `isQuiet` waits in the list of what the browser fills in, without a dialog. */
export async function provePasskey(json: object, { isQuiet = false, signal }: How = {}): Promise<object | null> {
  const options = json as RequestJson
  const proven = await navigator.credentials.get({
    ...(isQuiet ? { mediation: 'conditional' as const } : {}),
    ...(signal ? { signal } : {}),
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    },
  })
  if (proven === null) return null
  const { id, type, response } = proven as PublicKeyCredential & { response: AuthenticatorAssertionResponse }
  return {
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      ...(response.userHandle ? { userHandle: toText(response.userHandle) } : {}),
    },
  }
}
