import type { LetterBox } from '@hamlet/contract/letter-preview'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { letterKinds } from '../../letters/index.tsx'
import { Toasts } from '../../ui/toast.tsx'
import { MailPage } from './mail-page.tsx'
import { letterName } from './words.ts'

const API = '/api/web/admin/letters'
const box: LetterBox = {
  signature: 'The team',
  letters: [
    { kind: 'confirm', text: '' },
    { kind: 'approved', text: 'Tea is at four.' },
  ],
  has_server: false,
  from: 'team@skerry.example',
}
let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>
beforeEach(() => {
  server.value = { title: 'Skerry' } as never
  vi.stubGlobal('scrollTo', () => {})
  asked = []
  answers = {
    [`GET ${API}`]: box,
    [`GET ${API}/confirm?language=en`]: { kind: 'confirm', subject: 'Confirm it', text: 'words', language: 'en' },
    [`GET ${API}/approved?language=en`]: { kind: 'approved', subject: 'Welcome', text: 'words', language: 'en' },
  }
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`)
    const answer = answers[`${method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Not this time' }), { status: answer ? 200 : 422 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = () =>
  act(() =>
    render(
      <>
        <MailPage />
        <Toasts />
      </>,
      page,
    ),
  )
const seen = (words: string) => vi.waitFor(() => expect(page.textContent).toContain(words))
const choose = (value: string) =>
  act(async () => {
    const field = page.querySelector('select')!
    field.value = value
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })

test('every letter has a name', () => {
  expect(letterKinds.filter((kind) => letterName(kind) === kind)).toEqual([])
})

test('a letter is shown as it is read, with the words of the team', async () => {
  await draw()
  await seen('Confirm it')
  await seen('No mail server is set')
  await choose('approved')
  await seen('Welcome')
  expect([...page.querySelectorAll<HTMLTextAreaElement>('form textarea')].map(({ value }) => value)).toEqual([
    'The team',
    'Tea is at four.',
  ])
  expect(page.querySelector('a')?.getAttribute('href')).toBe(`${API}/approved/letter.html?language=en`)
})

test('the words of the team are saved, and a fault is said', async () => {
  answers[`PUT ${API}/signature`] = box
  await draw()
  await seen('Confirm it')
  const [signature, own] = page.querySelectorAll<HTMLFormElement>('form')
  const submit = (form: HTMLFormElement | undefined) =>
    act(async () => {
      form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    })
  await submit(signature)
  await vi.waitFor(() => expect(asked).toContain(`PUT ${API}/signature {"text":"The team"}`))
  await submit(own)
  await vi.waitFor(() => expect(page.querySelector('.field-fault')?.textContent).toContain('Not this time'))
})

test.each([
  [{ outcome: 'sent', to: 'me@x.example', problem: null }, 'It is on its way to me@x.example'],
  [{ outcome: 'failed', to: 'me@x.example', problem: '535 no' }, 'The mail server refused it: 535 no'],
])('trying the mail says what came of it: %o', async (answer, words) => {
  answers[`POST ${API}/confirm/test?language=en`] = answer
  await draw()
  await seen('Confirm it')
  await act(async () =>
    [...page.querySelectorAll('button')].find((one) => one.textContent === 'Send it to me')?.click(),
  )
  await seen(words)
})
