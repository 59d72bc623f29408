import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { alertTypes } from '@hamlet/contract/push'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isOffline, readFrom } from '../../api/network.ts'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { kindOf } from './kinds.tsx'
import { NotificationsPage } from './notifications.tsx'

const kept = vi.hoisted(() => ({ feeds: new Map<string, { at: number; value: unknown[] }>() }))
vi.mock('../../api/kept.ts', () => ({
  keepFeed: async (id: string, name: string, value: unknown[]) =>
    void kept.feeds.set(`${id}:${name}`, { at: Date.now() - 12 * 60_000, value }),
  readFeed: async (id: string, name: string) => kept.feeds.get(`${id}:${name}`),
}))

type Sent = { method: string; path: string; body: any }

const person = (id: string, name: string) => ({
  id,
  acct: name,
  username: name,
  display_name: name,
  avatar: '/a.svg',
  url: '',
})
const people = ['Oda', 'Bram', 'Pia', 'Ann', 'Bo'].map((name, index) => person(`${index + 1}`, name))
const status = (id: string, account: object, words: string, more: object = {}) => ({
  id,
  account,
  content: `<p>${words}</p>`,
  spoiler_text: '',
  visibility: 'public',
  created_at: '2026-11-26T08:00:00.000Z',
  media_attachments: [],
  mentions: [],
  tags: [],
  emojis: [],
  reblog: null,
  sensitive: false,
  replies_count: 0,
  reblogs_count: 0,
  favourites_count: 0,
  in_reply_to_account_id: null,
  ...more,
})
const parent = status('90', person('9', 'Noa'), 'Who has seen the tide?')
const own = status('100', person('9', 'Noa'), 'Ferry is out')
const reply = status('101', people[0] as object, 'me too', { in_reply_to_id: '90', in_reply_to_account_id: '9' })
const group = (id: number, type: string, ids: string[], more: object = {}) => ({
  group_key: `${type}-${id}`,
  type,
  notifications_count: ids.length,
  most_recent_notification_id: id,
  latest_page_notification_at: '2026-11-26T08:00:00.000Z',
  sample_account_ids: ids,
  ...more,
})

let sent: Sent[]
let groups: object[]
let marker: string
let unreadCount: number
let pending: number
let isAway: boolean
let seeAll: () => void
let page: HTMLElement

function answer(path: string): unknown {
  if (path.startsWith('/api/v2/notifications/unread_count')) return { count: unreadCount }
  if (path.startsWith('/api/v1/markers')) return { notifications: { last_read_id: marker } }
  if (path === '/api/v2/notifications/policy')
    return { for_not_following: 'filter', for_new_accounts: 'filter', summary: { pending_requests_count: pending } }
  if (path.startsWith('/api/v2/notifications?'))
    return {
      accounts: people,
      statuses: [own, reply],
      notification_groups: path.includes('max_id') ? [] : groups,
    }
  if (path.startsWith('/api/v1/statuses?')) return [parent]
  if (path.startsWith('/api/v1/accounts/relationships')) return people.map(({ id }) => ({ id, following: id === '2' }))
  return {}
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  sent = []
  groups = [
    group(30, 'favourite', ['1', '2', '3', '4', '5'], { status_id: '100' }),
    group(20, 'mention', ['1'], { status_id: '101' }),
    group(10, 'follow', ['2', '3', '4']),
  ]
  marker = '15'
  unreadCount = 2
  pending = 0
  isAway = false
  isOffline.value = false
  readFrom.value = undefined
  kept.feeds.clear()
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    if (isAway) throw new TypeError('offline')
    if (init.method === 'POST' && path === '/api/v1/markers')
      marker = sent.at(-1)?.body.notifications.last_read_id as string
    return new Response(JSON.stringify(answer(path)), { status: 200 })
  })
  const watchers = new Set<() => void>()
  seeAll = () => watchers.forEach((see) => see())
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      see: () => void
      constructor(heard: (entries: object[]) => void) {
        this.see = () => heard([{ isIntersecting: true, intersectionRatio: 1, intersectionRect: { height: 10 } }])
      }
      observe() {
        watchers.add(this.see)
      }
      disconnect() {
        watchers.delete(this.see)
      }
    },
  )
  vi.stubGlobal(
    'WebSocket',
    class {
      static OPEN = 1
      addEventListener() {}
      send() {}
      close() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  me.value = { id: '9', role: { permissions: '0' } } as CredentialAccount
  server.value = { title: 'Skerry' } as Instance
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function open(): Promise<void> {
  await act(() =>
    render(
      <>
        <NotificationsPage />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(rows().length).toBeGreaterThan(0))
}
const rows = () => [...page.querySelectorAll('.notice-row')]
const sentences = () =>
  [...page.querySelectorAll('.notice p:not(.notice-acts)')].map((one) => one.textContent?.replaceAll(/\s+/g, ' '))
const unreadRows = () => page.querySelectorAll('.unread').length
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\d+ unread$/, '') === label)
      ?.click()
  })
const writes = () => sent.filter(({ method }) => method !== 'GET')

describe('rows', () => {
  test('alike things are one row with names and words; what was written to a reader stands whole', async () => {
    await open()
    expect(sentences()).toEqual(['Oda, Bram and 3 others favourited your post', 'Bram, Pia and Ann followed you'])
    expect(page.querySelector('.notice-excerpt')?.textContent).toBe('Ferry is out')
    expect(page.querySelectorAll('article.card')).toHaveLength(1)
    await vi.waitFor(() => expect(page.querySelector('.card-parent')?.textContent).toContain('Who has seen the tide?'))
    expect(sent.filter(({ path }) => path.startsWith('/api/v1/statuses?'))).toHaveLength(1)
    expect(page.querySelectorAll('.notice-faces')[0]?.querySelectorAll('img')).toHaveLength(5)
    await vi.waitFor(() => expect(page.textContent).toContain('Follow Pia'))
    expect(page.textContent, 'who is followed is not offered').not.toContain('Follow Bram')
  })

  test('every type that a server may send has words, and an unknown one says so', async () => {
    const unknown = kindOf('from_the_future')
    for (const type of alertTypes) expect(kindOf(type), type).not.toBe(unknown)
    groups = [group(40, 'from_the_future', ['1']), group(39, 'poll', ['9'], { status_id: '100' })]
    await open()
    expect(sentences()).toEqual(['Something happened that this page cannot show yet', 'Your poll has ended'])
  })

  test('who waits stands first, with the reason', async () => {
    pending = 4
    await open()
    await vi.waitFor(() => expect(page.querySelector('.requests-line')).not.toBeNull())
    expect(page.querySelector('.requests-line')?.textContent).toBe(
      '4 people wait in requests · strangers and new accountsReview',
    )
  })

  test('a busy post is offered once, and can be rested from', async () => {
    const hamlet = { status_id: '100', surge: true, events: 38, paused_until: null }
    groups = [
      group(30, 'mention', ['1', '2'], { status_id: '101', notifications_count: 38, hamlet }),
      groups[0] as object,
    ]
    await open()
    expect(page.querySelectorAll('.busy')).toHaveLength(1)
    expect(page.querySelector('.busy')?.textContent).toContain('38 events in ten minutes on “Ferry is out”')
    expect(sentences()[0]).toBe('38 replies to your post')
    await press('Pause for 1 h')
    await vi.waitFor(() => expect(page.textContent).toContain('This post is quiet now'))
    const path = '/api/hamlet/v1/statuses/100/notifications/pause'
    expect(writes()[0]).toEqual({ method: 'POST', path, body: { duration: 3600 } })
    await vi.waitFor(() => expect(page.textContent).toContain('Undo'))
    await press('Undo')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ duration: 0 }))
  })
})

describe('what is read', () => {
  test('a row is read when it was looked at for a second, and the marker says so once', async () => {
    await open()
    await vi.waitFor(() => expect(unreadRows()).toBe(2))
    await act(() => seeAll())
    await act(async () => void (await vi.advanceTimersByTimeAsync(900)))
    expect(unreadRows()).toBe(2)
    await act(async () => void (await vi.advanceTimersByTimeAsync(700)))
    expect(unreadRows()).toBe(0)
    await vi.waitFor(() => expect(marker).toBe('30'))
    expect(writes().map(({ body }) => body)).toEqual([{ notifications: { last_read_id: '30' } }])
  })

  test('all is read at a press, and can be taken back', async () => {
    await open()
    await vi.waitFor(() => expect(unreadRows()).toBe(2))
    await press('Mark all read')
    await vi.waitFor(() => expect(marker).toBe('30'))
    await vi.waitFor(() => expect(page.textContent).toContain('Undo'))
    expect(unreadRows()).toBe(0)
    await press('Undo')
    await vi.waitFor(() => expect(marker).toBe('15'))
    await vi.waitFor(() => expect(unreadRows()).toBe(2))
  })
})

describe('filters', () => {
  test('replies are mentions of one’s own posts; the server is asked for the types', async () => {
    await open()
    await press('Replies')
    await vi.waitFor(() => expect(sent.some(({ path }) => path.includes('&types[]=mention'))).toBe(true))
    await vi.waitFor(() => expect(page.querySelectorAll('article.card')).toHaveLength(1))
    expect(page.querySelectorAll('.notice')).toHaveLength(0)
    await press('Mentions')
    await vi.waitFor(() => expect(page.querySelectorAll('article.card')).toHaveLength(0))
    expect(page.querySelector('[aria-pressed=true]')?.textContent).toContain('Mentions')
  })
})

describe('without a network', () => {
  test('what was kept is shown, and since when', async () => {
    await open()
    await vi.waitFor(() => expect(kept.feeds.size).toBe(1))
    render(null, page)
    isAway = true
    await open()
    expect(sentences()[0]).toBe('Oda, Bram and 3 others favourited your post')
    expect(isOffline.value).toBe(true)
    expect(Math.round((Date.now() - (readFrom.value ?? 0)) / 60_000)).toBe(12)
  })

  test('with nothing kept, it says what is wrong and how to go on', async () => {
    isAway = true
    await act(() => render(<NotificationsPage />, page))
    await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('Check your connection'))
    isAway = false
    await press('Try again')
    await vi.waitFor(() => expect(rows()).toHaveLength(3))
  })
})
