import { render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PasskeyButton } from '../ui/passkey-button.tsx'

const bytes = (text: string) => new TextEncoder().encode(text).buffer
const given = {
  id: 'AAEC',
  type: 'public-key',
  response: {
    clientDataJSON: bytes('{}'),
    authenticatorData: bytes('~~~'),
    signature: bytes('sig'),
    userHandle: null,
  },
}
let asked: { mediation?: string; publicKey: PublicKeyCredentialRequestOptions; signal?: AbortSignal }[] = []
let answer: () => Promise<unknown> = () => Promise.resolve(given)
const sent: string[] = []

beforeEach(() => {
  asked = []
  sent.length = 0
  answer = () => Promise.resolve(given)
  vi.resetModules()
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable: () => Promise.resolve(false) })
  Object.defineProperty(navigator, 'credentials', {
    configurable: true,
    value: {
      get: (options: (typeof asked)[number]) => {
        asked.push(options)
        return answer()
      },
    },
  })
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ challenge: 'AQID', rpId: 'town.test' })))
  HTMLFormElement.prototype.submit = function submit(this: HTMLFormElement) {
    sent.push((this.elements.namedItem('answer') as HTMLInputElement).value)
  }
})
afterEach(() => {
  render(null, document.body)
  vi.unstubAllGlobals()
})

async function open(kind: 'anybody' | 'person'): Promise<void> {
  render(
    <form data-passkey={kind}>
      <input
        type="hidden"
        name="question"
        value='{"challenge":"BAUG","allowCredentials":[{"id":"AAEC","type":"public-key"}]}'
      />
      <PasskeyButton or="or" />
    </form>,
    document.body,
  )
  await import('./passkeys.ts')
}
const press = () => document.querySelector<HTMLButtonElement>('.passkey button')?.click()
const fault = () => document.querySelector<HTMLElement>('.passkey-fault')

test('a press asks the server, then the device, and sends what it answers', async () => {
  await open('anybody')
  press()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect([...new Uint8Array(asked[0]?.publicKey.challenge as ArrayBuffer)]).toEqual([1, 2, 3])
  expect(JSON.parse(sent[0] ?? '')).toMatchObject({
    id: 'AAEC',
    response: { clientDataJSON: 'e30', authenticatorData: 'fn5-', signature: 'c2ln' },
  })
})

test('where the person is known their own question is asked', async () => {
  await open('person')
  press()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect([...new Uint8Array(asked[0]?.publicKey.challenge as ArrayBuffer)]).toEqual([4, 5, 6])
  expect(asked[0]?.publicKey.allowCredentials).toHaveLength(1)
})

test('who thinks better of it is told that there is another way, and can try again', async () => {
  answer = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  await open('anybody')
  press()
  await vi.waitFor(() => expect(fault()?.hidden).toBe(false))
  expect(sent).toEqual([])
  answer = () => Promise.resolve(given)
  press()
  expect(fault()?.hidden).toBe(true)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
})

test('passkeys are offered where the name is typed, until the button is pressed', async () => {
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable: () => Promise.resolve(true) })
  answer = () => new Promise(() => {})
  await open('anybody')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]).toMatchObject({ mediation: 'conditional' })
  answer = () => Promise.resolve(given)
  press()
  expect(asked[0]?.signal?.aborted).toBe(true)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
})

test('a press before the browser has said whether it can wait is the one question that it is asked', async () => {
  let say: (can: boolean) => void = () => {}
  const isConditionalMediationAvailable = () => new Promise<boolean>((done) => (say = done))
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable })
  await open('anybody')
  press()
  say(true)
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  await new Promise((done) => setTimeout(done, 20))
  expect(asked.map(({ mediation }) => mediation)).toEqual([undefined])
})

test('a browser without passkeys shows no button for them', async () => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(globalThis, 'PublicKeyCredential')
  await open('anybody')
  expect(document.querySelector<HTMLElement>('.passkey')?.hidden).toBe(true)
})
