import type { Relationship } from '@hamlet/contract/relationship'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRelationships } from '../../../api/store.ts'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { moreItems } from '../card/more.ts'
import { asked as wanted } from '../composer-state.ts'
import { order, type Order } from './order.ts'
import { ThreadPage } from './thread-page.tsx'

let page: HTMLElement
let asked: string[]
let answers: Record<string, () => unknown>
let serial = 1000

const person = (acct: string) => ({
  id: acct,
  username: acct,
  acct,
  display_name: acct.split('@')[0],
  avatar: '/a',
  url: 'https://t.test/',
})
function post(by: string, change: Record<string, unknown> = {}): Status {
  serial += 1
  return {
    id: String(serial),
    account: person(by),
    content: `<p>words ${serial}</p>`,
    created_at: `2026-11-20T10:00:${String(serial % 60).padStart(2, '0')}.000Z`,
    edited_at: null,
    in_reply_to_id: null,
    url: `https://town.test/@x/${serial}`,
    uri: `https://town.test/ap/${serial}`,
    spoiler_text: '',
    visibility: 'public',
    language: 'en',
    mentions: [],
    media_attachments: [],
    reblog: null,
    quote: null,
    quotes_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    replies_count: 0,
    favourited: false,
    quote_approval: { automatic: ['public'], manual: [], current_user: 'automatic' },
    ...change,
  } as unknown as Status
}
const show = async (root: Status, descendants: Status[], hamlet?: Record<string, unknown>) => {
  answers[`GET /api/v1/statuses/${root.id}`] = () => root
  answers[`GET /api/v1/statuses/${root.id}/context`] = () => ({
    ancestors: [],
    descendants,
    ...(hamlet ? { hamlet } : {}),
  })
  await act(async () => render([<ThreadPage id={root.id} key="a" />, <Toasts key="b" />], page))
  await settle()
}
const settle = async () => {
  for (let round = 0; round < 5; round += 1) await act(() => new Promise((done) => setImmediate(done)))
}
const button = (name: string) =>
  [...page.querySelectorAll('button')].find((one) => (one.textContent ?? '').includes(name)) as HTMLButtonElement
const press = async (name: string) => {
  await act(async () => button(name).click())
  await settle()
}
const choose = (by: Order) =>
  act(async () => {
    order.value = by
  })
const texts = () => [...page.querySelectorAll('.card .prose')].map((one) => one.textContent)

beforeEach(() => {
  asked = []
  answers = {}
  order.value = 'conversation'
  me.value = { ...person('noa'), source: { privacy: 'public', quote_policy: 'public', language: 'en' } } as never
  server.value = { title: 'Skerry' } as never
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal(
    'WebSocket',
    class {
      addEventListener() {}
      close() {}
      send() {}
    },
  )
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`)
    const answer = answers[`${method} ${path}`]?.()
    return new Response(JSON.stringify(answer ?? { error: 'Record not found' }), { status: answer ? 200 : 404 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('the line under one’s own post says in words how far it came', async () => {
  const deliveries = { delivered: 98, waiting: 3, refused: 1, silent: 2, total: 104 }
  await show(post('noa', { hamlet: { deliveries } }), [])
  expect(page.querySelector('.ledger')?.textContent).toBe(
    ' · on 98 of 104 servers · 3 waiting · 1 does not take it · 2 are silent',
  )
  const all = { delivered: 1, waiting: 0, refused: 0, silent: 0, total: 1 }
  render(null, page)
  await show(post('noa', { hamlet: { deliveries: all } }), [])
  expect(page.querySelector('.ledger')?.textContent).toBe(' · on 1 of 1 server')
})

test('the line under a post from elsewhere says what is here, what its server shows, and who was silent', async () => {
  const root = post('ivo@fjord.example')
  const reply = post('noa', { in_reply_to_id: root.id })
  const errand = { id: 'e'.repeat(20), status: 'finished', found: 0, expected: 57, silent_hosts: ['gone.example'] }
  await show(root, [reply], { thread_fetch: errand })
  expect(page.querySelector('.completeness')?.textContent).toContain('1 reply here · fjord.example shows 57')
  expect(page.querySelector('.completeness')?.textContent).toContain('gone.example did not answer')
  const more = post('mia', { in_reply_to_id: root.id })
  answers[`GET /api/v1/statuses/${root.id}/context?fetch=true`] = () => ({
    ancestors: [],
    descendants: [reply],
    hamlet: { thread_fetch: { ...errand, status: 'running', silent_hosts: [] } },
  })
  answers[`GET /api/v1_alpha/async_refreshes/${errand.id}`] = () => ({
    async_refresh: {},
    hamlet: { thread_fetch: { ...errand, found: 1 } },
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await press('Fetch the rest')
  expect(page.querySelector('.completeness')?.textContent).toContain('asking for the rest')
  answers[`GET /api/v1/statuses/${root.id}/context`] = () => ({
    ancestors: [],
    descendants: [reply, more],
    hamlet: { thread_fetch: { ...errand, found: 1, expected: 2, silent_hosts: [] } },
  })
  await act(async () => {
    await vi.advanceTimersByTimeAsync(2000)
  })
  await settle()
  expect(texts()).toHaveLength(3)
  expect(page.querySelector('.completeness')?.textContent).toContain('2 replies here · all that fjord.example shows')
})

test('a thread of ours has no such line', async () => {
  await show(post('ines'), [])
  expect(page.querySelector('.completeness')).toBeNull()
})

test('who may not reply reads the rule in place of the field, and a press on Reply says it', async () => {
  const root = post('ines', { hamlet: { reply: { policy: 'followers', right: 'no' } } })
  await show(root, [])
  expect(page.querySelector('.reply-row')?.textContent).toBe('Followers can reply')
  await act(async () => page.querySelector<HTMLButtonElement>('.acts button')?.click())
  expect(page.querySelector('.toast')?.textContent).toContain('Followers can reply')
  expect(wanted.value).toBeUndefined()
})

test('whoever began a thread lets waiting replies in, takes others out, and finds them folded', async () => {
  const root = post('noa')
  const waits = post('bram', { in_reply_to_id: root.id, hamlet: { set_aside: 'waiting' } })
  const stands = post('ivo', { in_reply_to_id: root.id })
  const gone = post('olga', { in_reply_to_id: root.id, hamlet: { set_aside: 'removed' } })
  await show(root, [waits, stands, gone], { set_aside: 2 })
  const [, first, second, third] = texts()
  expect([first, second, third]).toEqual([`words ${waits.id}`, `words ${stands.id}`, undefined])
  answers[`POST /api/hamlet/v1/statuses/${waits.id}/thread/restore`] = () => ({ ...waits, hamlet: undefined })
  await press('Let it in')
  expect(button('Let it in')).toBeUndefined()
  expect(page.querySelector('.toast')?.textContent).toContain('stands in your thread')
  answers[`POST /api/hamlet/v1/statuses/${stands.id}/thread/remove`] = () => ({
    ...stands,
    hamlet: { set_aside: 'removed' },
  })
  const item = moreItems(stands).find((one) => one.label === 'Remove from my thread')
  await act(async () => item?.run())
  await settle()
  expect(page.textContent).toContain('2 replies are kept out by the author')
  await press('Show')
  expect(texts()).toContain(`words ${gone.id}`)
  expect(moreItems(gone).map((one) => one.label)).toContain('Let into my thread')
})

test('a thread of somebody else offers neither; what is kept out is counted alone', async () => {
  const root = post('ines')
  const reply = post('bram', { in_reply_to_id: root.id })
  await show(root, [reply], { set_aside: 3 })
  expect(moreItems(reply).map((one) => one.label)).not.toContain('Remove from my thread')
  expect(page.textContent).toContain('3 replies are kept out by the author')
  expect(button('Show')).toBeUndefined()
})

test('replies stand in the order that was chosen', async () => {
  const root = post('ines')
  const [one, two] = [
    post('bram', { in_reply_to_id: root.id }),
    post('ivo', { in_reply_to_id: root.id, favourites_count: 3 }),
  ]
  const three = post('mia', { in_reply_to_id: root.id, favourites_count: 1 })
  await show(root, [one, two, three])
  const replies = () =>
    texts()
      .slice(1)
      .map((text) => text?.replace('words ', ''))
  expect(replies()).toEqual([one.id, two.id, three.id])
  await choose('newest')
  expect(replies()).toEqual([three.id, two.id, one.id])
  await choose('favourited')
  expect(replies()).toEqual([two.id, three.id, one.id])
})

test('whoever wrote the post changes who can reply and quote', async () => {
  const root = post('noa')
  await show(root, [])
  answers[`PUT /api/hamlet/v1/statuses/${root.id}/reply_policy`] = () => ({
    ...root,
    hamlet: { reply: { policy: 'nobody', right: 'yes' } },
  })
  await press('Everyone can reply')
  await act(async () =>
    [...page.querySelectorAll<HTMLElement>('[role^=menuitem]')]
      .find((one) => one.textContent === 'Nobody can reply')
      ?.click(),
  )
  await settle()
  expect(asked).toContain(`PUT /api/hamlet/v1/statuses/${root.id}/reply_policy {"reply_policy":"nobody"}`)
  expect(page.querySelector('.reply-rule')?.textContent).toBe('Nobody can reply')
})

test.each([
  ['in words', false, '2 boosts5 favourites', ['', '', '']],
  ['on a phone at its icons', true, '', ['1', '2', '5']],
])('the subject of a thread has its counts once: %s', async (_where, isPhone, words, icons) => {
  vi.stubGlobal('matchMedia', () => ({ matches: isPhone }))
  await show(post('ivo@fjord.example', { replies_count: 1, reblogs_count: 2, favourites_count: 5 }), [])
  const counts = [...page.querySelectorAll('.root-counts > span:not(.reply-rule)')].map((one) => one.textContent)
  expect(counts.join('')).toBe(words)
  const acts = [...page.querySelectorAll('.card-root .acts > .act')].slice(0, 3)
  expect(acts.map((one) => one.textContent)).toEqual(icons)
})

test('whoever is read can be followed beside their name', async () => {
  const root = post('ivo@fjord.example')
  keepRelationships([{ id: 'ivo@fjord.example', following: false } as Relationship])
  await show(root, [])
  await vi.waitFor(() => expect(button('Follow')).toBeTruthy())
  answers['POST /api/v1/accounts/ivo@fjord.example/follow'] = () => ({ id: 'ivo@fjord.example', following: true })
  await press('Follow')
  expect(button('Follow').textContent).toBe('Following')
})
