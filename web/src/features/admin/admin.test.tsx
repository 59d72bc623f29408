import type { AdminOverview } from '@hamlet/contract/admin'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { DeliveryPage } from './delivery-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { sayBytes, saySpan } from './words.ts'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>

const points = (values: (number | null)[]) =>
  values.map((value, hour) => ({ at: `2026-11-20T0${hour}:00:00.000Z`, value }))
const overview = (more: Partial<AdminOverview> = {}): AdminOverview => ({
  range: 'day',
  concerns: [],
  deliveries: { total: 41_208, percent: 99.2, points: points([4, null, 6]) },
  people: { today: 186, of: 412, days: points([1, 2, 3]) },
  answers: { p95_ms: 38, points: points([30, 38, 40]) },
  queue: { waiting: 0, oldest_seconds: 3, peak: null, points: points([0, 0, 0]) },
  reports: { open: 14, median_seconds: 6600, days: points([0, 1, 2]) },
  storage: {
    disk_bytes: 200e9,
    free_bytes: 118e9,
    own_media_bytes: 48e9,
    remote_media_bytes: 22e9,
    database_bytes: 12e9,
    full_at: null,
  },
  servers: { known: 1310, slow: [] },
  database_version: '18.4',
  has_mail: true,
  ...more,
})

beforeEach(() => {
  asked = []
  answers = { 'GET /api/web/admin/overview?range=day': overview() }
  server.value = { title: 'Skerry', version: '4.7.0' } as never
  me.value = { id: '1', role: { permissions: '1' } } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', (path: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${path}`)
    const answer = answers[`${method} ${path}`]
    return Promise.resolve(
      new Response(JSON.stringify(answer ?? { error: 'Not this time' }), { status: answer ? 200 : 422 }),
    )
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = (what: preact.ComponentChildren) =>
  act(() =>
    render(
      <>
        {what}
        <Toasts />
      </>,
      page,
    ),
  )
const settle = () => act(() => new Promise((done) => setTimeout(done)))
const press = async (name: string) => {
  const button = [...page.querySelectorAll('button')].find(
    (one) => one.getAttribute('aria-label') === name || one.textContent === name,
  )
  if (!button) throw new Error(`There is no button ${name}`)
  await act(() => button.click())
  await settle()
}

test('a server that is well says so in one sentence, with figures below', async () => {
  await draw(<OverviewPage />)
  await settle()
  expect(page.querySelector('.health-line')?.textContent).toBe('All well')
  expect(page.querySelector('.health-words')?.textContent).toBe(
    'Deliveries 99.2%, and the oldest job is 3 seconds old.',
  )
  expect(page.textContent).toContain('41,208')
  expect(page.textContent).toContain('82 GB of 200 GB')
})

test('what needs a look stands on top, in words that say what to do', async () => {
  answers['GET /api/web/admin/overview?range=day'] = overview({
    concerns: [{ name: 'disk', count: 93 }, { name: 'mail' }],
  })
  await draw(<OverviewPage />)
  await settle()
  expect(page.querySelector('.health-line')?.textContent).toBe('2 things to look at')
  expect(page.querySelector('.health-concerns')?.textContent).toContain('The disk is 93% full.')
})

test('every plot can be read as a table; what was not measured is a dash', async () => {
  await draw(<OverviewPage />)
  await settle()
  await press('Delivered as a table')
  const cells = [...page.querySelectorAll('.plot-table td')].map((cell) => cell.textContent)
  expect(cells).toEqual(['6', '–', '4'])
})

test('a fault can be tried again', async () => {
  answers = {}
  await draw(<OverviewPage />)
  await settle()
  expect(page.textContent).toContain('Not this time')
  answers = { 'GET /api/web/admin/overview?range=day': overview() }
  await press('Try again')
  expect(page.textContent).toContain('All well')
})

test('what waits for a server is dropped only after a second thought', async () => {
  const host = {
    host: 'far.example',
    waiting: 3,
    failures: 4,
    last_success_at: null,
    retry_at: null,
    last_error: 'gone',
  }
  answers = {
    'GET /api/web/admin/delivery': { due: 1, later: 2, servers: [host], jobs: [] },
    'POST /api/web/admin/delivery/servers/far.example/drop': { due: 0, later: 0, servers: [], jobs: [] },
  }
  await draw(<DeliveryPage />)
  await settle()
  await press('Drop what waits for far.example')
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([])
  await press('Drop for good')
  expect(asked).toContain('POST /api/web/admin/delivery/servers/far.example/drop')
  expect(page.textContent).toContain('Every server takes what we send.')
})

test('sizes and spans are said in the largest unit that fits', () => {
  expect([sayBytes(0), sayBytes(1_200_000), sayBytes(82e9)]).toEqual(['0 byte', '1.2 MB', '82 GB'])
  expect([saySpan(3), saySpan(6600), saySpan(8 * 30 * 86_400)]).toEqual(['3 seconds', '110 minutes', '8 months'])
})
