import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { AppealItem, Bulk, Queue, QueueGroup, QueueItem } from '@hamlet/contract/moderation'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { place } from '../../../app/router.ts'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { Moderation } from '../moderation.tsx'
import { bulk, choose, folded, opened, queue } from './queue-state.ts'

const PERMISSIONS = String((1 << 4) | (1 << 10))
const now = '2026-11-26T13:00:00.000Z'
const item = (id: string, more: Partial<QueueItem> = {}) =>
  ({
    target: { id, acct: `vx_${id}`, avatar: '/a.png' },
    report_ids: [`r${id}`],
    reporters: [],
    reporters_count: 2,
    category: 'spam',
    rule: null,
    excerpt: 'Double your coins',
    since: now,
    severity: 3,
    because: ['wave', 'two'],
    assigned: null,
    ...more,
  }) as unknown as QueueItem
const wave: QueueGroup = {
  key: 'link:coins.example',
  kind: 'link',
  value: 'coins.example',
  accounts: 6,
  reports: 9,
  since: now,
  items: [item('1'), item('2'), item('3')],
}
const single: QueueGroup = {
  ...wave,
  key: 'account:9',
  kind: 'account',
  value: null,
  accounts: 1,
  reports: 1,
  items: [item('9', { severity: 1, because: [], category: 'violation', rule: 'Be a good neighbour' })],
}
const whole: Queue = {
  groups: [wave, single],
  next: null,
  open: 10,
  mine: 1,
  oldest: now,
  until: '77',
  views: [{ id: '5', name: 'Calm', query: 'level=1' }],
  appeals: [],
  sign_ups: 0,
}
const begun: Bulk = {
  id: '8',
  decision: 'suspend',
  total: 6,
  done: 0,
  already: 0,
  failed: [],
  created_at: now,
  finished_at: null,
}

let sent: { call: string; body: any }[]
let answers: Record<string, unknown>
let page: HTMLElement

beforeEach(async () => {
  sent = []
  answers = {
    'GET /api/web/moderation/queue': whole,
    'GET /api/web/moderation/queue/group?key=link%3Acoins.example&offset=0': [1, 2, 3, 4, 5, 6].map((n) =>
      item(`${n}`),
    ),
    'POST /api/web/moderation/bulk': begun,
    'GET /api/web/moderation/bulk/8': { ...begun, done: 6, finished_at: now },
    'POST /api/web/moderation/queue/assign': { accounts: 1 },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    const call = `${init.method} ${path}`
    sent.push({ call, body: init.body ? JSON.parse(init.body) : undefined })
    const answer = answers[call]
    return new Response(JSON.stringify(answer ?? { error: 'Not there' }), { status: answer ? 200 : 404 })
  })
  vi.stubGlobal('scrollTo', () => {})
  HTMLDialogElement.prototype.showModal = function show(this: HTMLDialogElement) {
    this.open = true
  }
  queue.value = undefined
  bulk.value = undefined
  opened.value = new Map()
  folded.value = new Set()
  choose([])
  server.value = { title: 'Skerry' } as Instance
  me.value = { role: { permissions: PERMISSIONS } } as CredentialAccount
  place.value = { path: '/moderation', query: new URLSearchParams(), key: 'first' }
  page = document.createElement('div')
  document.body.append(page)
  await act(() =>
    render(
      <>
        <Moderation path="/moderation" />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(rows()).toHaveLength(4))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const rows = () => [...page.querySelectorAll<HTMLElement>('.queue-row')]
const button = (words: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === words) as HTMLButtonElement
const press = (key: string) =>
  act(
    () =>
      void (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true }),
      ),
  )
const click = (words: string) => act(() => button(words).click())
const bodyOf = (call: string) => sent.find((one) => one.call === call)?.body

test('a wave stands as a group with what it shares; a single report stands alone, with its rule', () => {
  const text = page.textContent
  expect(text).toContain('Same link: coins.example')
  expect(text).toContain('9 reports · 6 accounts')
  expect(text).toContain('Single reports')
  expect(rows()[3]?.textContent).toContain('Be a good neighbour')
  expect(rows()[0]?.textContent).toContain('High: it is part of a wave of spam, two people reported it')
  expect(page.querySelector('.queue-open')?.getAttribute('href')).toBe('/moderation/reports/r1')
})

test('one decision for the whole group is three presses, and says when it is done', async () => {
  await click('Decide for all 6')
  expect(document.querySelector('dialog')?.textContent).toContain('Decide about 6 accounts')
  await click('Suspend')
  await vi.waitFor(() => expect(page.textContent).toContain('6 accounts are decided.'), { timeout: 3000 })
  expect(bodyOf('POST /api/web/moderation/bulk')).toMatchObject({
    groups: ['link:coins.example'],
    accounts: [],
    until: '77',
    decision: 'suspend',
  })
  expect(bodyOf('POST /api/web/moderation/bulk').key.length).toBeGreaterThan(8)
})

test('what could not be decided stays to be read', async () => {
  const failed = [{ target: { id: '3', acct: 'vx_3' }, why: 'This person is of the team.' }]
  answers['GET /api/web/moderation/bulk/8'] = { ...begun, done: 5, failed, finished_at: now }
  await click('Decide for all 6')
  await click('Suspend')
  await vi.waitFor(() => expect(page.textContent).toContain('1 could not be decided'), { timeout: 3000 })
  expect(page.textContent).toContain('@vx_3: This person is of the team.')
  await click('Show what is left')
  expect(page.textContent).not.toContain('could not be decided')
})

test('keys alone: next, select, to me, resolve, help', async () => {
  await press('j')
  expect(document.activeElement?.closest('.queue-row')).toBe(rows()[0])
  await press('x')
  await press('j')
  await press('j')
  await press('k')
  await press('x')
  expect(page.querySelector('.chosen-bar output')?.textContent).toBe('2 selected')
  await press('a')
  await vi.waitFor(() =>
    expect(bodyOf('POST /api/web/moderation/queue/assign')).toMatchObject({ accounts: ['1', '2'] }),
  )
  await press('e')
  expect(document.querySelector('dialog')?.textContent).toContain('Decide about 2 accounts')
  await click('Cancel')
  await press('?')
  expect(document.querySelector('dialog')?.textContent).toContain('Keys of this page')
})

test('one tick of a whole group taken away leaves the others that are shown', async () => {
  const ticks = () => [...page.querySelectorAll<HTMLInputElement>('.queue-row > input')]
  await act(() => page.querySelector<HTMLInputElement>('.queue-captions input')?.click())
  expect(page.querySelector('.chosen-bar output')?.textContent).toBe('7 selected')
  await act(() => ticks()[0]?.click())
  expect(page.querySelector('.chosen-bar output')?.textContent).toBe('3 selected')
  expect(ticks().map((tick) => tick.checked)).toEqual([false, true, true, true])
})

test('all of a group can be shown, and folded away', async () => {
  await click('Show all 6')
  await vi.waitFor(() => expect(rows()).toHaveLength(7))
  await act(() => page.querySelector<HTMLButtonElement>('.queue-fold')?.click())
  expect(rows()).toHaveLength(1)
})

test('filters stand in the address, and views can be taken', async () => {
  answers['GET /api/web/moderation/queue?level=1'] = { ...whole, groups: [single] }
  await click('Filter')
  await click('Calm')
  expect(location.search).toBe('?level=1')
  await vi.waitFor(() => expect(rows()).toHaveLength(1))
  answers['GET /api/web/moderation/queue?category=legal&level=1'] = { ...whole, groups: [] }
  const reason = page.querySelector('select')
  await act(() => {
    if (reason) reason.value = 'legal'
    reason?.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await vi.waitFor(() => expect(page.textContent).toContain('Nothing fits these filters'))
})

test('an appeal stands beside what it is against, and is decided by buttons that name whom', async () => {
  const appeal = {
    id: '4',
    text: 'It is a line of a song.',
    created_at: now,
    target: { id: '7', acct: 'tern', avatar: '/a.png' },
    action: 'suspend',
    words: 'A threat.',
    decided_at: now,
    by: { id: '8', acct: 'pia', avatar: '/a.png' },
  } as unknown as AppealItem
  answers['POST /api/web/moderation/appeals/4/decision'] = {}
  await act(() => {
    queue.value = { ...whole, appeals: [appeal] }
  })
  const row = page.querySelector('.person-row') as HTMLElement
  expect(row.textContent).toContain('@tern')
  expect(row.textContent).toMatch(/Suspended by @pia · .* · “A threat.”/)
  expect(row.textContent).toContain('“It is a line of a song.”')
  const takeBack = row.querySelector<HTMLElement>('[aria-label="Take it back: @tern"]')
  await act(() => takeBack?.click())
  expect(sent.find(({ call }) => call.endsWith('/appeals/4/decision'))?.body).toEqual({ approve: true })
})
