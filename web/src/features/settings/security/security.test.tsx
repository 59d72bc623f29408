import type { Security } from '@hamlet/contract/security'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { SecurityPage } from './security-page.tsx'

type Sent = { method: string; path: string; body: any }
let sent: Sent[]
let answers: Record<string, (body: any) => { status: number; body: unknown }>
let security: Security
let page: HTMLElement

const SECURITY = '/api/hamlet/v1/security'
const codes = Array.from({ length: 10 }, (_, at) => `aaaa-bbbb-cccc-000${at}`)
const phone = { id: '7', name: 'Phone', synced: true, created_at: '2026-11-01T08:00:00Z', last_used_at: null }
const record = (id: number, succeeded = true) => ({
  id: String(id),
  method: 'totp',
  succeeded,
  ip: '192.0.2.1',
  user_agent: 'Firefox/140 Linux',
  created_at: '2026-11-01T08:00:00Z',
})
const fine = (body: unknown) => () => ({ status: 200, body })

beforeEach(() => {
  sent = []
  security = { password: true, totp: false, passkeys: [], recovery_codes: 0, required: false, proven_until: null }
  answers = {
    [`GET ${SECURITY}`]: () => ({ status: 200, body: security }),
    [`GET ${SECURITY}/sign_ins?limit=20`]: fine([record(2, false), record(1)]),
    [`POST ${SECURITY}/totp`]: fine({ secret: 'JBSW', address: 'otpauth://x', qr: { size: 9, path: 'M4 4h1v1h-1z' } }),
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    const body = init.body === null ? undefined : JSON.parse(init.body)
    sent.push({ method: init.method, path, body })
    const answer = answers[`${init.method} ${path}`]?.(body) ?? { status: 200, body: {} }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.stubGlobal('PublicKeyCredential', {})
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: {} })
  vi.stubGlobal('scrollTo', () => {})
  server.value = { title: 'Skerry' } as Instance
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = async () => {
  await act(() =>
    render(
      <>
        <SecurityPage />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(page.textContent).toContain('App for codes'))
}
const find = (label: string) =>
  [...page.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)
const press = async (label: string) => {
  await vi.waitFor(() => expect(find(label), label).toBeDefined())
  await act(() => find(label)?.click())
}
const type = (id: string, text: string) =>
  act(() => {
    const field = page.querySelector<HTMLInputElement>(`#${id}`)
    if (!field) throw new Error(`no ${id}`)
    field.value = text
    field.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  })
const writes = () => sent.filter((one) => one.method !== 'GET').map(({ method, path }) => `${method} ${path}`)

describe('an app for codes', () => {
  test('is set up with a picture and a code, and the recovery codes are shown once', async () => {
    answers[`POST ${SECURITY}/totp/confirm`] = ({ code }) => {
      if (code !== '123456') return { status: 422, body: { error: 'Validation failed', details: { code: [{}] } } }
      security = { ...security, totp: true, recovery_codes: 10 }
      return { status: 200, body: { recovery_codes: codes } }
    }
    await draw()
    await press('Set up')
    await vi.waitFor(() => expect(page.querySelector('.qr-code path')?.getAttribute('d')).toBe('M4 4h1v1h-1z'))
    expect(page.querySelector('.code-box')?.textContent).toBe('JBSW')
    await type('totp-code', '000000')
    await vi.waitFor(() => expect(page.textContent).toContain('That is not right, or it was used already.'))
    await type('totp-code', '123456')
    await vi.waitFor(() => expect(page.querySelectorAll('dialog .recovery-codes li')).toHaveLength(10))
    await press('I have them')
    expect(page.querySelector('dialog')).toBeNull()
    await vi.waitFor(() => expect(page.textContent).toContain('10 codes left'))
    expect(find('Turn off')).toBeDefined()
  })

  test('asks first who sits there where the server wants it, and then goes on by itself', async () => {
    let isProven = false
    const offer = answers[`POST ${SECURITY}/totp`]
    answers[`POST ${SECURITY}/totp`] = (body) =>
      isProven ? offer!(body) : { status: 403, body: { error: 'Prove first that it is you.', proof: 'needed' } }
    answers[`POST ${SECURITY}/proof`] = ({ password }) => {
      isProven = password === 'correct horse'
      return { status: isProven ? 200 : 422, body: isProven ? security : { error: 'no' } }
    }
    await draw()
    await press('Set up')
    await vi.waitFor(() => expect(page.querySelector('dialog h2')?.textContent).toBe('Is it you?'))
    await type('proof', 'wrong horse')
    await vi.waitFor(() => expect(page.textContent).toContain('This is not your password.'))
    await type('proof', 'correct horse')
    await vi.waitFor(() => expect(page.querySelector('.qr-code')).not.toBeNull())
    expect(page.querySelector('dialog')).toBeNull()
  })

  test('nothing is done when the proof is put off', async () => {
    answers[`POST ${SECURITY}/totp`] = () => ({ status: 403, body: { error: 'x', proof: 'needed' } })
    await draw()
    await press('Set up')
    await press('Not now')
    expect(page.querySelector('dialog')).toBeNull()
    expect(writes()).toEqual([`POST ${SECURITY}/totp`])
  })
})

describe('passkeys', () => {
  test('one is made by the browser, kept under a name, and brings recovery codes', async () => {
    const bytes = new Uint8Array([1, 2, 3]).buffer
    const made = {
      id: 'AQID',
      type: 'public-key',
      response: { clientDataJSON: bytes, attestationObject: bytes, getTransports: () => ['internal'] },
    }
    Object.defineProperty(navigator, 'credentials', {
      configurable: true,
      value: { create: () => Promise.resolve(made) },
    })
    answers[`POST ${SECURITY}/passkeys/offer`] = fine({ challenge: 'AQID', user: { id: 'AQID' } })
    answers[`POST ${SECURITY}/passkeys`] = () => {
      security = { ...security, passkeys: [phone], recovery_codes: 10 }
      return { status: 200, body: { passkey: phone, recovery_codes: codes } }
    }
    await draw()
    await press('Add')
    await vi.waitFor(() => expect(page.querySelectorAll('dialog .recovery-codes li')).toHaveLength(10))
    const kept = sent.find(({ path }) => path === `${SECURITY}/passkeys`)?.body
    expect(kept.answer.response).toEqual({
      clientDataJSON: 'AQID',
      attestationObject: 'AQID',
      transports: ['internal'],
    })
    expect(kept.name).not.toBe('')
    await vi.waitFor(() => expect(page.textContent).toContain('Phone'))
    expect(find('Remove password')).toBeDefined()
  })

  test('one that nobody made is no fault', async () => {
    Object.defineProperty(navigator, 'credentials', {
      configurable: true,
      value: { create: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
    })
    answers[`POST ${SECURITY}/passkeys/offer`] = fine({ challenge: 'AQID', user: { id: 'AQID' } })
    await draw()
    await press('Add')
    await vi.waitFor(() => expect(page.textContent).toContain('No passkey was made.'))
    expect(writes()).toEqual([`POST ${SECURITY}/passkeys/offer`])
  })

  test('one is taken away, and the password may go where one stays', async () => {
    security = { ...security, passkeys: [phone], recovery_codes: 8 }
    await draw()
    answers['DELETE /api/hamlet/v1/password'] = () => {
      security = { ...security, password: false }
      return { status: 200, body: {} }
    }
    await press('Remove password')
    await vi.waitFor(() => expect(find('Remove password')).toBeUndefined())
    answers[`DELETE ${SECURITY}/passkeys/7`] = () => ({
      status: 422,
      body: { error: 'It is all you come in by. Choose a password first.' },
    })
    await press('Take away: Phone')
    await vi.waitFor(() => expect(page.textContent).toContain('It is all you come in by.'))
  })
})

test('who came in, and who did not, is listed', async () => {
  await draw()
  await vi.waitFor(() => expect(page.textContent).toContain('Failed: Password and code'))
  expect(page.textContent).toContain('Firefox on Linux')
  expect(find('Show older ones')).toBeUndefined()
})

test('older sign-ins are fetched after those that stand there', async () => {
  answers[`GET ${SECURITY}/sign_ins?limit=20`] = fine(Array.from({ length: 20 }, (_, at) => record(30 - at)))
  answers[`GET ${SECURITY}/sign_ins?limit=20&max_id=11`] = fine([record(10, false)])
  await draw()
  await press('Show older ones')
  await vi.waitFor(() => expect(page.textContent).toContain('Failed:'))
  expect(find('Show older ones')).toBeUndefined()
})

test('a page that cannot be fetched says so and can be asked again', async () => {
  answers[`GET ${SECURITY}`] = () => ({ status: 503, body: { error: 'Too busy' } })
  await act(() => render(<SecurityPage />, page))
  await vi.waitFor(() => expect(page.textContent).toContain('Too busy'))
  answers[`GET ${SECURITY}`] = () => ({ status: 200, body: security })
  await act(() => page.querySelector<HTMLButtonElement>('button.button')?.click())
  await vi.waitFor(() => expect(page.textContent).toContain('App for codes'))
})
