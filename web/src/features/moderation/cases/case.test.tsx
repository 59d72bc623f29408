import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { Evidence, ReportCase } from '@hamlet/contract/moderation'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { place } from '../../../app/router.ts'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { Moderation } from '../moderation.tsx'

const now = '2026-11-26T13:00:00.000Z'
const person = (acct: string) => ({
  id: acct,
  acct,
  username: acct,
  display_name: acct,
  avatar: '/a.png',
  created_at: now,
  statuses_count: 12,
})
const post = (id: string, more: Partial<Evidence> = {}) => ({
  id,
  place: 'reported',
  account: person('tern'),
  url: '',
  html: '<p>off the pier</p>',
  warning: '',
  visibility: 'public',
  language: 'en',
  at: now,
  edited_at: null,
  edits: [],
  now: null,
  is_gone: false,
  media: [],
  ...more,
})
const picture = { id: '5', type: 'image', description: 'the pier', blurhash: null, width: 4, height: 3 }
const report = {
  id: '7',
  target: person('tern'),
  reporter: person('ines'),
  reporters: [person('ines'), person('layan')],
  category: 'violation',
  comment: 'A threat',
  rules: ['Be a good neighbour'],
  created_at: now,
  resolved_at: null,
  outcome: null,
  forwarded: false,
  evidence: [
    post('1', { place: 'before', account: person('bram') as never, html: '<p>the ferry men</p>' } as never),
    post('2', {
      now: { html: '<p>think again</p>', warning: '', at: now },
      edits: [{ html: '<p>first</p>', warning: '', at: now }],
      media: [picture],
    }),
  ],
  revealed_today: 2,
  others: 1,
  assigned: null,
  facts: { joined: '2026-11-20T08:00:00.000Z', followers: 3, reports: 2, upheld: 1, blocked_by: 6 },
  kin: { mail_domain: 'mill.example', same_mail: 4, same_network: 1 },
  related: [{ id: '6', target: person('gull'), reporter: person('oda'), created_at: now, resolved_at: null }],
  timeline: [{ at: now, action: 'report.assign', by: person('pia') }],
  looking: [],
  next: '3',
  previous: null,
  strikes: [],
  consequences: [
    { decision: 'none', posts: 1 },
    { decision: 'delete', posts: 1 },
    { decision: 'limit', posts: 1 },
    { decision: 'suspend', posts: 1 },
  ],
} as unknown as ReportCase

let sent: { call: string; body: any }[]
let answers: Record<string, unknown>
let page: HTMLElement

beforeEach(async () => {
  sent = []
  answers = {
    'GET /api/web/moderation/reports/7': report,
    'POST /api/web/moderation/reports/7/look': [person('pia')],
    'GET /api/web/moderation/reports/7/notes': [
      { id: '1', author: person('pia'), text: 'The photo worries me.', created_at: now, own: false },
    ],
    'POST /api/web/moderation/reports/7/notes': {},
    'POST /api/web/moderation/reports/7/media/5/reveal': { url: '/media/evidence/x.png', today: 3 },
    'POST /api/web/moderation/reports/7/preview': {
      posts: 1,
      followers: 2,
      following: 1,
      servers: 41,
      mailed: true,
      in_force: false,
    },
    'POST /api/web/moderation/reports/7/decision': { proposed: false },
    'POST /api/v1/admin/reports/7/assign_to_self': {},
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    const call = `${init.method} ${path}`
    sent.push({ call, body: init.body ? JSON.parse(init.body) : undefined })
    const answer = answers[call]
    return new Response(JSON.stringify(answer ?? { error: 'Not there' }), { status: answer ? 200 : 404 })
  })
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal(
    'WebSocket',
    class {
      static OPEN = 1
      addEventListener() {}
      close() {}
    },
  )
  server.value = { title: 'Skerry' } as Instance
  me.value = { id: 'me', role: { permissions: String(1 << 4) } } as CredentialAccount
  place.value = { path: '/moderation/reports/7', query: new URLSearchParams(), key: 'first' }
  page = document.createElement('div')
  document.body.append(page)
  await act(() =>
    render(
      <>
        <Moderation path="/moderation/reports/7" />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(page.textContent).toContain('off the pier'))
})
afterEach(() => {
  void act(() => render(null, page))
  page.remove()
  vi.unstubAllGlobals()
})

const click = (selector: string) => act(() => page.querySelector<HTMLElement>(selector)?.click())
const press = (key: string) =>
  act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))
const bodyOf = (call: string) => sent.find((one) => one.call === call)?.body

test('what was said stands as it was, with the thread, what it reads now and what it had read before', () => {
  const evidence = page.querySelector('.case-evidence')
  expect(evidence?.textContent).toContain('the ferry men')
  const steps = [...(evidence?.querySelectorAll('.case-history .diff') ?? [])].map((step) =>
    ['del', 'ins'].map((kind) => step.querySelector(kind)?.textContent),
  )
  expect(steps).toEqual([
    ['first', 'off the pier'],
    ['off the pier', 'think again'],
  ])
  expect(page.querySelector('.case-about')?.textContent).toContain('2 times, once upheld')
  expect(page.querySelector('.case-about')?.textContent).toContain('4 others at mill.example')
})

test('a picture is covered until it is asked for, and how many one opened is said', async () => {
  expect(page.querySelector('.case-picture img, img.case-picture')).toBeNull()
  expect(page.textContent).toContain('You have opened 2 today.')
  await click('.case-covered button')
  await vi.waitFor(() => expect(page.querySelector('img.case-picture')?.getAttribute('alt')).toBe('the pier'))
  expect(page.textContent).toContain('You have opened 3 today.')
})

test('the decision says what it does in numbers before, and leads on to the next', async () => {
  await press('s')
  await vi.waitFor(() =>
    expect(page.querySelector('.case-effect')?.textContent).toContain('41 other servers are told.'),
  )
  expect(page.querySelector('.case-effect')?.textContent).toContain('3 follows end.')
  await click('.case-span label:nth-of-type(2) input')
  await click('.case-decide button[type=submit]')
  await vi.waitFor(() => expect(location.pathname).toBe('/moderation/reports/3'))
  expect(bodyOf('POST /api/web/moderation/reports/7/decision')).toMatchObject({
    decision: 'limit',
    ends_in: 3 * 86_400,
  })
})

test('colleagues are seen, spoken with, and the case is taken on by a key', async () => {
  await vi.waitFor(() => expect(page.textContent).toContain('pia is looking too'))
  await vi.waitFor(() => expect(page.textContent).toContain('The photo worries me.'))
  await press('a')
  await vi.waitFor(() => expect(sent.some((one) => one.call.endsWith('/assign_to_self'))).toBe(true))
  const field = page.querySelector<HTMLTextAreaElement>('.case-notes textarea')
  await act(() => {
    if (field) field.value = 'Agreed.'
    field?.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  await click('.case-notes button[type=submit]')
  await vi.waitFor(() => expect(bodyOf('POST /api/web/moderation/reports/7/notes')).toEqual({ text: 'Agreed.' }))
})

test('on a phone one part is shown at a time', async () => {
  expect(page.querySelector('.case')?.className).toContain('case-shows-evidence')
  await click('.case-tabs button:nth-of-type(3)')
  expect(page.querySelector('.case')?.className).toContain('case-shows-decide')
})
