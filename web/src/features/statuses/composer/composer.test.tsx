import type { Instance } from '@hamlet/contract/instance'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { openComposer, outboxMark, written } from '../composer-state.ts'
import { ComposerRoot } from './composer.tsx'
import { held } from './holding.ts'
import { activeKey, fault, freshPart, writing } from './model.ts'
import { outbox } from './outbox.ts'

type Sent = { method: string; path: string; body: any; headers: Record<string, string> }

let sent: Sent[]
let page: HTMLElement
let isOffline: boolean
let answer: (call: Sent) => { status: number; body: unknown }

const account = { id: '1', acct: 'noa', username: 'noa', display_name: 'Noa', avatar: '', followers_count: 412 }
const source = { privacy: 'public', quote_policy: 'public', language: 'en' }
const status = (change: object = {}) =>
  ({
    id: '9',
    content: '',
    created_at: '2026-11-26T08:00:00.000Z',
    edited_at: null,
    in_reply_to_id: null,
    visibility: 'public',
    spoiler_text: '',
    account,
    mentions: [],
    media_attachments: [],
    reblog: null,
    quote: null,
    ...change,
  }) as unknown as Status

beforeEach(async () => {
  localStorage.clear()
  sent = []
  isOffline = false
  answer = usual
  vi.stubGlobal('fetch', async (path: string, init: Sent & { body: string | null }) => {
    if (isOffline) throw new TypeError('offline')
    const call = { ...init, path, body: init.body ? JSON.parse(init.body) : undefined }
    sent.push(call)
    const { status, body } = answer(call)
    return new Response(JSON.stringify(body), { status })
  })
  vi.stubGlobal('WebSocket', undefined)
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  me.value = { ...account, source } as never
  server.value = {
    configuration: {
      statuses: { max_characters: 500, max_media_attachments: 4 },
      media_attachments: { description_limit: 1500 },
      hamlet: { extensions: ['hold_for', 'drafts', 'threads', 'audience_preview', 'media_recall'] },
    },
  } as unknown as Instance
  page = document.createElement('div')
  document.body.append(page)
  await act(() =>
    render(
      <>
        <ComposerRoot />
        <Toasts />
      </>,
      page,
    ),
  )
})
afterEach(async () => {
  await act(() => {
    writing.value = undefined
    held.value = undefined
    outbox.value = []
    fault.value = ''
    activeKey.value = ''
    render(null, page)
  })
  page.remove()
  vi.unstubAllGlobals()
})

function usual({ method, path, body }: Sent): { status: number; body: unknown } {
  if (path === '/api/hamlet/v1/statuses/thread')
    return { status: 200, body: body.posts.map(() => status({ hamlet: { held_until: '2026-11-26T08:00:05.000Z' } })) }
  if (path === '/api/v1/statuses' && body?.hold_for)
    return { status: 200, body: status({ hamlet: { held_until: '2026-11-26T08:00:05.000Z' } }) }
  if (path === '/api/v1/statuses') return { status: 200, body: status() }
  if (path === '/api/hamlet/v1/audience')
    return { status: 200, body: { followers: 412, servers: 96, notified: [], unknown: [] } }
  if (path.startsWith('/api/hamlet/v1/drafts') && method === 'GET') return { status: 200, body: [] }
  if (path.startsWith('/api/hamlet/v1/drafts'))
    return {
      status: 200,
      body: { id: '7', version: (body?.version ?? 0) + 1, parts: [], updated_at: '2026-11-26T08:00:00.000Z' },
    }
  return { status: 200, body: status() }
}

const wait = (ms = 0) => act(() => new Promise((done) => setTimeout(done, ms)))
/** What is loaded when it is first drawn takes a while. */
const until = async <T,>(look: () => T | null | undefined): Promise<T> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = look()
    if (found) return found
    await wait(10)
  }
  throw new Error(`Nothing came: ${page.textContent}`)
}
const open = async (wish = {}) => {
  await act(() => openComposer(wish))
  await wait(20)
}
const field = () => page.querySelector<HTMLTextAreaElement>('.composer-text')!
const type = (text: string, box = field()) =>
  act(() => {
    box.value = text
    box.selectionStart = text.length
    box.dispatchEvent(new Event('input', { bubbles: true }))
  })
const button = (name: RegExp) =>
  [...page.querySelectorAll('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
  )!
const press = (name: RegExp) => act(() => button(name).click())
const submit = async () => {
  await act(
    () => void page.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
  )
  await wait(30)
}
const key = (init: KeyboardEventInit) =>
  act(() => void field().dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })))
const posts = () => sent.filter(({ method, path }) => method === 'POST' && /statuses(\/thread)?$/.test(path))

test('who will see it is said in a sentence, at once, and then with the counts of the server', async () => {
  await open()
  expect(page.querySelector('.audience p')?.textContent).toBe('Everyone can see this. Nobody is notified.')
  await type('hello @oda')
  expect(page.querySelector('.audience p')?.textContent).toContain('@oda is notified.')
  await key({ code: 'Digit3', key: '3', altKey: true })
  expect(page.querySelector('.audience p')?.textContent).toContain('Only your 412 followers can see this.')
  await wait(450)
  expect(page.querySelector('.audience p')?.textContent).toContain('Only your 412 followers, on 96 other servers.')
})

test('a post is held, can be taken back whole, and is sent with another key the next time', async () => {
  await open()
  await type('too soon')
  await submit()
  expect(page.querySelector('dialog')).toBeNull()
  const [first] = posts()
  expect(first?.body).toMatchObject({ status: 'too soon', hold_for: 5, visibility: 'public' })
  expect(page.textContent).toContain('Posting in 5 s to everyone')
  expect(written.value).toBeUndefined()
  await press(/^Undo$/)
  await wait(20)
  expect(sent.some(({ method, path }) => method === 'DELETE' && path === '/api/v1/statuses/9')).toBe(true)
  expect(field().value).toBe('too soon')
  await submit()
  expect(posts()[1]?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key'])
  await press(/Post now/)
  await wait(20)
  expect(written.value?.id).toBe('9')
})

test('a post that cannot be sent waits with its words and its key, and goes out once', async () => {
  localStorage.setItem('hamlet-hold-seconds', '0')
  await open()
  await type('from the ferry')
  isOffline = true
  await submit()
  expect(page.querySelector('dialog')).toBeNull()
  expect(outbox.value.map((one) => one.writing.parts[0]?.text)).toEqual(['from the ferry'])
  expect(localStorage.getItem(outboxMark())).toBe('1')
  isOffline = false
  await act(() => void dispatchEvent(new Event('online')))
  await wait(30)
  expect(posts()).toHaveLength(1)
  expect(outbox.value).toEqual([])
  expect(localStorage.getItem(outboxMark())).toBeNull()
})

test('a post whose answer was never heard is settled by its key, though its picture is in it already', async () => {
  localStorage.setItem('hamlet-hold-seconds', '0')
  answer = (call) =>
    call.path.startsWith('/api/v1/media/') ? { status: 404, body: { error: 'Not found' } } : usual(call)
  await open()
  const now = { ...writing.value!, key: 'once', parts: [freshPart({ text: 'the catch' })] }
  writing.value = undefined
  outbox.value = [
    {
      key: 'once',
      writing: now,
      described: [{ id: '5', description: 'A basket', focus: { x: 0, y: 0 } }],
      holdFor: 0,
      at: 1,
    },
  ]
  await act(() => void dispatchEvent(new Event('online')))
  await wait(30)
  expect(posts()).toHaveLength(1)
  expect(outbox.value).toEqual([])
  expect(writing.value).toBeUndefined()
})

test('what the server refuses is where it was written, with the reason', async () => {
  answer = (call) =>
    call.path === '/api/v1/statuses'
      ? { status: 422, body: { error: 'Validation failed: Text is not nice' } }
      : usual(call)
  await open()
  await type('mended words')
  await submit()
  expect(field().value).toBe('mended words')
  expect(page.querySelector('[role=alert]')?.textContent).toContain('Text is not nice')
})

test('a thread is sent whole, in order, and an empty post of it is not sent', async () => {
  await open()
  await type('one')
  await key({ key: 'Enter', ctrlKey: true, shiftKey: true })
  const second = page.querySelectorAll<HTMLTextAreaElement>('.composer-text')[1]!
  await submit()
  expect(page.querySelector('[role=alert]')?.textContent).toBe('A post of the thread is empty.')
  await type('two', second)
  await press(/Move post 2 up/)
  await submit()
  expect(posts()[0]).toMatchObject({
    path: '/api/hamlet/v1/statuses/thread',
    body: { posts: [{ status: 'two' }, { status: 'one' }], hold_for: 5 },
  })
})

test('closing never asks: what was written is a draft, and nothing is one when nothing was written', async () => {
  await open()
  await press(/^Close$/)
  expect(page.querySelector('dialog')).toBeNull()
  expect(page.textContent).not.toContain('Saved in drafts')
  await open()
  await type('unfinished')
  await press(/^Close$/)
  await wait(30)
  expect(page.textContent).toContain('Saved in drafts')
  const saved = sent.find(({ method, path }) => method === 'POST' && path === '/api/hamlet/v1/drafts')
  expect(saved?.body.parts).toMatchObject([{ text: 'unfinished' }])
})

test('when a draft was changed elsewhere, which one stays is asked', async () => {
  const draft = { id: '7', version: 5, parts: [{ text: 'from the phone' }], updated_at: '2026-11-26T08:00:00.000Z' }
  await open()
  await type('one')
  await wait(600)
  answer = (call) => (call.method === 'PUT' ? { status: 409, body: { error: 'changed', draft } } : usual(call))
  await type('from the desk')
  await until(() => page.textContent?.includes('from the phone'))
  answer = usual
  await press(/Keep this/)
  await wait(30)
  const last = sent.findLast(({ method, path }) => method === 'PUT' && path.endsWith('/drafts/7'))
  expect(last?.body).toMatchObject({ version: 5, parts: [{ text: 'from the desk' }] })
})

test('a reply names who takes part and is for no more people than what it answers', async () => {
  const replyTo = status({
    visibility: 'private',
    spoiler_text: 'sea',
    account: { ...account, id: '2', acct: 'oda' },
    mentions: [{ acct: 'noa' }, { acct: 'temel' }],
  })
  await open({ replyTo })
  expect(field().value).toBe('@oda @temel ')
  expect(writing.value?.visibility).toBe('private')
  const warning = await until(() => page.querySelector<HTMLInputElement>('.composer-warning input'))
  expect(warning.value).toBe('sea')
})

test('names are offered while they are typed; arrows and Enter take one, Escape closes the list alone', async () => {
  const found = [
    { id: '2', acct: 'oda', username: 'oda', display_name: 'Oda', avatar_static: '' },
    { id: '3', acct: 'odin', username: 'odin', display_name: 'Odin', avatar_static: '' },
  ]
  answer = (call) => (call.path.startsWith('/api/v1/accounts/search') ? { status: 200, body: found } : usual(call))
  await open()
  await type('hi @od')
  const list = await until(() => page.querySelector('[role=listbox]'))
  expect(list.children).toHaveLength(2)
  expect(field().getAttribute('aria-controls')).toBe(list.id)
  expect([...page.querySelectorAll('output')].map((one) => one.textContent)).toContain('2 suggestions')
  await key({ key: 'ArrowDown' })
  expect(document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('Odin')
  await key({ key: 'Enter' })
  await wait(30)
  expect(field().value).toBe('hi @odin ')
  await type('hi @od')
  await until(() => page.querySelector('[role=listbox]'))
  await key({ key: 'Escape' })
  expect(page.querySelector('[role=listbox]')).toBeNull()
  expect(page.querySelector('dialog')).not.toBeNull()
})

test('an edit sends the whole post with its pictures, and says what changes', async () => {
  const media = {
    id: '5',
    type: 'image',
    url: '/x',
    preview_url: '/x',
    description: 'a boat',
    meta: { focus: { x: 0, y: 0 } },
  }
  const edit = status({ media_attachments: [media], quote_approval: { automatic: ['public'] } })
  answer = (call) =>
    call.path.endsWith('/source') ? { status: 200, body: { text: 'small boats', spoiler_text: '' } } : usual(call)
  await open({ edit })
  await type('tiny boats')
  const diff = await until(() => page.querySelector('.diff'))
  expect(diff.innerHTML).toContain('<ins>tiny</ins>')
  await submit()
  const put = sent.find(({ method }) => method === 'PUT')
  expect(put?.body).toMatchObject({
    status: 'tiny boats',
    media_ids: ['5'],
    media_attributes: [{ id: '5', description: 'a boat', focus: '0.00,0.00' }],
  })
  expect(sent.some(({ path }) => path.includes('/drafts'))).toBe(false)
})
