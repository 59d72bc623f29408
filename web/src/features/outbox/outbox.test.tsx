import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRelationships, keepStatus, relationshipOf, statusOf } from '../../api/store.ts'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { toggleFollow } from '../profiles/acts.ts'
import { toggleBookmark, toggleBoost, toggleFavourite } from '../statuses/acts.ts'
import { freshPart, freshWriting, writing } from '../statuses/composer/model.ts'
import { flush, outbox, sendOut, startOutbox } from '../statuses/composer/outbox.ts'
import { flushActs, startActs, waitingActs } from './acts-waiting.ts'
import { OutboxPage } from './outbox-page.tsx'

const account = { id: '1', acct: 'noa', username: 'noa', display_name: 'Noa', avatar: '' }
const source = { privacy: 'public', quote_policy: 'public', language: 'en' }
const post = (id: string): Status =>
  ({
    id,
    account: { ...account, id: '2', display_name: 'Ines' },
    content: '',
    created_at: '2026-11-26T08:00:00.000Z',
    edited_at: null,
    in_reply_to_id: null,
    visibility: 'public',
    spoiler_text: '',
    favourited: false,
    bookmarked: false,
    reblogged: false,
    favourites_count: 0,
    reblogs_count: 0,
    mentions: [],
    media_attachments: [],
    reblog: null,
    quote: null,
  }) as unknown as Status

let page: HTMLElement
let isOffline: boolean
let refuses: string | undefined
let sent: string[]
beforeEach(async () => {
  localStorage.clear()
  localStorage.setItem('hamlet-hold-seconds', '0')
  isOffline = true
  refuses = undefined
  sent = []
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    if (isOffline) throw new TypeError('offline')
    const words = typeof body === 'string' ? (JSON.parse(body) as { status?: string }).status : undefined
    if (method === 'POST' && !path.includes('drafts')) sent.push(words ? `post ${words}` : path.replace('/api/v1/', ''))
    if (refuses && path.includes(refuses)) return new Response(JSON.stringify({ error: 'Not yours' }), { status: 403 })
    const id = /statuses\/(\d+)/.exec(path)?.[1]
    const answer = path.includes('accounts/') ? { id: '2', following: true, requested: false } : post(id ?? '99')
    return new Response(JSON.stringify(answer), { status: 200 })
  })
  me.value = { ...account, source } as never
  server.value = { configuration: { statuses: {}, hamlet: { extensions: [] } } } as never
  for (const id of ['11', '12', '13', '14', '15']) keepStatus(post(id))
  keepRelationships([{ id: '2', following: false, requested: false } as never])
  await startOutbox()
  page = document.body.appendChild(document.createElement('div'))
  await act(() => render([<OutboxPage key="a" />, <Toasts key="b" />], page))
})
afterEach(async () => {
  await act(() => {
    outbox.value = []
    waitingActs.value = []
    writing.value = undefined
    render(null, page)
  })
  page.remove()
  vi.unstubAllGlobals()
})

const write = (text: string) => act(() => sendOut(freshWriting({ parts: [freshPart({ text })] })))
const press = (name: string) =>
  act(async () => {
    page.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`)?.click()
    await new Promise((done) => setTimeout(done))
  })
const rows = () => [...page.querySelectorAll('.draft-words > span:first-child')].map((row) => row.textContent)
const reconnect = async () => {
  isOffline = false
  await act(async () => {
    await Promise.all([flush(), flushActs()])
  })
}

test('ten things without a network: seen in order, two called off, two sent sooner, eight go out once each', async () => {
  for (const text of ['one', 'two', 'three', 'four']) await write(text)
  await act(async () => {
    await toggleFavourite(statusOf('11').value!)
    await toggleBookmark(statusOf('12').value!)
    await toggleBoost(statusOf('13').value!)
    await toggleFavourite(statusOf('14').value!)
    await toggleBookmark(statusOf('15').value!)
    await toggleFollow({ ...account, id: '2', display_name: 'Ines' })
  })
  expect(statusOf('11').value?.favourited, 'it shows at once').toBe(true)
  expect(relationshipOf('2').value?.requested).toBe(true)
  expect(rows()).toEqual([
    'one',
    'two',
    'three',
    'four',
    'Favourite a post of Ines',
    'Bookmark a post of Ines',
    'Boost a post of Ines',
    'Favourite a post of Ines',
    'Bookmark a post of Ines',
    'Follow Ines',
  ])
  await press('Do not send: two')
  await press('Send sooner: four')
  await press('Do not send: Boost a post of Ines')
  await press('Send sooner: Follow Ines')
  expect(statusOf('13').value?.reblogged, 'what is called off shows as it was').toBe(false)
  expect(sent).toEqual([])
  await reconnect()
  expect(sent.filter((one) => one.startsWith('post'))).toEqual(['post one', 'post four', 'post three'])
  expect(sent.filter((one) => !one.startsWith('post'))).toEqual([
    'statuses/11/favourite',
    'statuses/12/bookmark',
    'statuses/14/favourite',
    'accounts/2/follow',
    'statuses/15/bookmark',
  ])
  expect(page.textContent).toContain('Nothing waits')
  await reconnect()
  expect(sent, 'once each').toHaveLength(8)
  expect(relationshipOf('2').value?.following).toBe(true)
})

test('a second press calls off the first; a post is written on; what is refused later is said and shown as it was', async () => {
  const toggle = () => act(() => toggleFavourite(statusOf('11').value!))
  await toggle()
  await toggle()
  expect([waitingActs.value, statusOf('11').value?.favourited]).toEqual([[], false])
  await write('half a thought')
  await press('Write on: half a thought')
  expect([writing.value?.parts[0]?.text, outbox.value]).toEqual(['half a thought', []])
  await toggle()
  refuses = 'favourite'
  await reconnect()
  expect(sent).toEqual(['statuses/11/favourite'])
  expect(statusOf('11').value?.favourited).toBe(false)
  expect(page.textContent).toContain('Not yours')
})

test('what was pressed waits through a reload', async () => {
  await act(() => toggleBookmark(statusOf('12').value!))
  waitingActs.value = []
  isOffline = false
  await act(async () => {
    startActs()
    await flushActs()
  })
  expect(sent).toEqual(['statuses/12/bookmark'])
  expect(localStorage.getItem('hamlet-acts-1')).toBeNull()
})
