import type { Account, CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { place } from '../../app/router.ts'
import { Toasts } from '../../ui/toast.tsx'
import { Mentions } from './mentions.tsx'
import { requests } from './requests-store.ts'
import { threadMuteItems } from './thread-mutes.ts'
import { threads } from './threads.ts'

type Sent = { method: string; path: string; body: any }

let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const person = (id: string, acct: string) =>
  ({ id, acct, username: acct, display_name: '', avatar: '/a.png' }) as Account
const noa = person('1', 'noa')
const oda = person('2', 'oda')

const message = (id: string, account: Account, content: string, more: Partial<Status> = {}) =>
  ({
    id,
    account,
    content: `<p>${content}</p>`,
    created_at: '2026-11-25T08:00:00.000Z',
    visibility: 'direct',
    spoiler_text: '',
    mentions: [],
    media_attachments: [],
    reblog: null,
    ...more,
  }) as unknown as Status

const first = message('10', oda, 'the boat is yours')
const picture = { id: '5', type: 'image', url: '/secret.jpg', preview_url: '/secret-small.jpg', description: 'a boat' }
const stranger = person('9', 'gold')
const asked = {
  id: '7',
  account: stranger,
  notifications_count: '3',
  last_status: message('20', stranger, 'buy gold', { media_attachments: [picture] as never }),
}

beforeEach(() => {
  sent = []
  const thread = { id: '3', unread: true, accounts: [oda], last_status: first }
  answers = {
    'GET /api/v1/conversations?limit=40': { status: 200, body: [thread] },
    'GET /api/hamlet/v1/conversations/3/statuses?limit=40': { status: 200, body: [first] },
    'GET /api/hamlet/v1/conversations/unread_count': { status: 200, body: { count: 0 } },
    'GET /api/v1/notifications/requests?limit=80': { status: 200, body: [asked] },
    'POST /api/v1/conversations/3/read': { status: 200, body: { ...thread, unread: false } },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'Record not found' } }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('WebSocket', Socket)
  const configuration = { statuses: { max_characters: 500 } }
  server.value = { title: 'Skerry', domain: 'town.test', configuration } as unknown as Instance
  me.value = { ...noa, source: { language: 'en' } } as CredentialAccount
  threads.items.value = []
  threads.state.value = 'first'
  requests.value = []
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

async function show(path: string): Promise<void> {
  const [at = '', search = ''] = path.split('?')
  place.value = { path: at, query: new URLSearchParams(search), key: path }
  await act(() =>
    render(
      <>
        <Mentions path={at} />
        <Toasts />
      </>,
      page,
    ),
  )
}
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const type = (selector: string, text: string) =>
  act(() => {
    const field = page.querySelector<HTMLTextAreaElement>(selector)
    if (!field) throw new Error(`There is no ${selector}`)
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
/** The socket of the page, and what it is told. */
class Socket extends EventTarget {
  static readonly OPEN = 1
  static last: Socket | undefined
  readyState = 1
  constructor() {
    super()
    Socket.last = this
  }
  send() {}
  close() {
    this.dispatchEvent(new Event('close'))
  }
}
const hear = (event: string, payload: unknown) =>
  act(() => {
    const data = JSON.stringify({ stream: ['direct'], event, payload: JSON.stringify(payload) })
    Socket.last?.dispatchEvent(new MessageEvent('message', { data }))
  })
const writes = () => sent.filter((one) => one.method !== 'GET')

test('the list says who, what last, and what is unread; strangers stand apart without a word', async () => {
  await show('/mentions')
  await vi.waitFor(() => expect(page.querySelector('.thread-row')?.textContent).toContain('the boat is yours'))
  expect(page.querySelector('.thread-row .dot')?.textContent).toBe('Unread')
  expect(page.querySelector('.requests-row')?.textContent).toContain('1 person waits in requests')
  expect(page.textContent).not.toContain('buy gold')
})

test('a thread that is opened is read, and says who sees it', async () => {
  await show('/mentions/3')
  await vi.waitFor(() => expect(page.querySelector('.bubble')?.textContent).toContain('the boat is yours'))
  await vi.waitFor(() => expect(writes().map((one) => one.path)).toEqual(['/api/v1/conversations/3/read']))
  expect(page.querySelector('.thread-row .dot')).toBeNull()
  const audience = page.querySelector('.message-audience')?.textContent
  expect(audience?.replaceAll(/[\u2068\u2069]/g, '')).toContain('Only oda and you see this.')
  expect(audience).toContain('Not end-to-end encrypted')
})

test('a message goes to exactly these people, and stands there', async () => {
  answers['POST /api/v1/statuses'] = { status: 200, body: message('11', noa, 'thank you') }
  await show('/mentions/3')
  await vi.waitFor(() => expect(page.querySelectorAll('.message')).toHaveLength(1))
  await type('textarea', 'thank you')
  await press('Send')
  await vi.waitFor(() => expect(page.querySelectorAll('.message-own')).toHaveLength(1))
  const post = writes().find((one) => one.path === '/api/v1/statuses')
  expect(post?.body).toEqual({
    status: '@oda thank you',
    visibility: 'direct',
    language: 'en',
    allowed_mentions: ['2', '1'],
    in_reply_to_id: '10',
  })
  expect(page.querySelector('textarea')?.value).toBe('')
})

test('a handle of somebody else is refused in words, and nothing is sent', async () => {
  await show('/mentions/3')
  await vi.waitFor(() => expect(page.querySelectorAll('.message')).toHaveLength(1))
  await type('textarea', 'ask @bram too')
  await press('Send')
  const alert = page.querySelector('[role=alert]')
  expect(alert?.textContent).toContain('@bram is not in this conversation')
  expect(alert?.querySelector('a')?.getAttribute('href')).toBe('/mentions/new?with=oda,bram')
  expect(writes().some((one) => one.path === '/api/v1/statuses')).toBe(false)
  expect(page.querySelector('textarea')?.value).toBe('ask @bram too')
})

test('what the server refuses keeps what was written', async () => {
  answers['POST /api/v1/statuses'] = { status: 422, body: { error: 'Post would be sent to unexpected accounts' } }
  await show('/mentions/3')
  await vi.waitFor(() => expect(page.querySelectorAll('.message')).toHaveLength(1))
  await type('textarea', 'hello')
  await press('Send')
  await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('unexpected accounts'))
  expect(page.querySelector('textarea')?.value).toBe('hello')
})

test('what arrives stands there at once, in the list and in the open thread', async () => {
  await show('/mentions/3')
  await vi.waitFor(() => expect(page.querySelectorAll('.message')).toHaveLength(1))
  const [more, last] = [message('12', oda, 'and the oars'), message('13', oda, 'both')]
  answers['GET /api/hamlet/v1/conversations/3/statuses?since_id=10'] = { status: 200, body: [last, more] }
  await hear('conversation', { id: '3', unread: true, accounts: [oda], last_status: last })
  await vi.waitFor(() => expect(page.querySelectorAll('.message')).toHaveLength(3))
  expect([...page.querySelectorAll('.bubble')].at(-1)?.textContent).toContain('both')
  expect(page.querySelector('.thread-row')?.textContent).toContain('both')
})

test('a new message begins with its people: chosen before, found, and taken out', async () => {
  answers['GET /api/v1/accounts/lookup?acct=oda'] = { status: 200, body: oda }
  answers['GET /api/v1/accounts/search?q=go&limit=8&resolve=true'] = { status: 200, body: [oda, stranger, noa] }
  await show('/mentions/new?with=oda')
  await vi.waitFor(() => expect(page.querySelectorAll('.recipient')).toHaveLength(1))
  await type('.people-search input', 'go')
  await vi.waitFor(() => expect(page.querySelectorAll('.person-choice')).toHaveLength(1))
  await act(() => page.querySelector<HTMLButtonElement>('.person-choice')?.click())
  expect(page.querySelectorAll('.recipient')).toHaveLength(2)
  await press('Take oda out')
  await press('Take gold out')
  expect(page.querySelector('textarea')).toBeNull()
})

test('a request shows words and hides pictures; accepting opens the thread', async () => {
  answers['POST /api/v1/notifications/requests/7/accept'] = { status: 200, body: {} }
  answers['GET /api/v1/conversations?limit=5'] = {
    status: 200,
    body: [{ id: '4', unread: true, accounts: [stranger], last_status: asked.last_status }],
  }
  await show('/mentions/requests')
  await vi.waitFor(() => expect(page.querySelector('.request')?.textContent).toContain('buy gold'))
  expect(page.querySelector('.request')?.textContent).toContain('A picture, hidden until you accept')
  expect(page.querySelector('.request')?.textContent).toContain('and 2 earlier messages')
  expect(page.innerHTML).not.toContain('secret')
  await press('Accept')
  await vi.waitFor(() => expect(place.value.path).toBe('/mentions/4'))
  expect(requests.value).toEqual([])
})

test('a request that could not be answered stands there again', async () => {
  await show('/mentions/requests')
  await vi.waitFor(() => expect(page.querySelectorAll('.request')).toHaveLength(1))
  await press('Dismiss')
  await vi.waitFor(() => expect(page.querySelector('.toast')?.textContent).toContain('Record not found'))
  expect(page.querySelectorAll('.request')).toHaveLength(1)
})

test('the menu of a post mutes its thread for a time or for ever, and takes it back when that fails', async () => {
  const items = threadMuteItems({ ...first, muted: false })
  expect(items.map((item) => item.label)).toEqual([
    'Mute this thread for an hour',
    'Mute this thread for a day',
    'Mute this thread',
  ])
  for (const item of items) item.run()
  await vi.waitFor(() =>
    expect(writes().map((one) => one.body)).toEqual([{ duration: 3600 }, { duration: 86_400 }, { duration: 0 }]),
  )
  expect(threadMuteItems({ ...first, muted: true }).map((item) => item.label)).toEqual(['Unmute this thread'])
})
