import type { Status } from '@hamlet/contract/status'
import { afterEach, expect, test, vi } from 'vitest'
import { makeStatusTimeline, type Row } from './status-timeline.ts'

const path = '/api/v1/timelines/home'
/** A server with posts 1 … n, that pages as Mastodon's API does. */
function serve(count: () => number): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    const query = new URL(address, 'https://x.test').searchParams
    const bound = (name: string, usual: number) => Number(query.get(name) ?? usual)
    const limit = bound('limit', 20)
    const max = bound('max_id', count() + 1)
    const least = Math.max(bound('min_id', 0), bound('since_id', 0))
    const all = Array.from({ length: count() }, (_, index) => count() - index).filter((id) => id < max && id > least)
    const page = query.has('min_id') ? all.slice(-limit) : all.slice(0, limit)
    const last = page.at(-1)
    const link = last ? `<https://x.test${path}?max_id=${last}>; rel="next"` : ''
    return new Response(JSON.stringify(page.map(post)), { headers: { link } })
  })
  return asked
}
const post = (id: number) =>
  ({ id: String(id), edited_at: null, account: { id: 'a' }, reblog: null, quote: null }) as unknown as Status
const ids = (rows: readonly Row[]) => rows.map((row) => (row.kind === 'gap' ? 'gap' : Number(row.id)))
const run = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

afterEach(() => vi.unstubAllGlobals())

test('pages follow each other down to the end', async () => {
  serve(() => 70)
  const timeline = makeStatusTimeline(path)
  await timeline.start()
  expect(ids(timeline.rows.value)).toEqual(run(70, 31))
  for (let page = 0; page < 3; page += 1) await timeline.loadOlder()
  expect(ids(timeline.rows.value)).toEqual(run(70, 1))
  expect(timeline.state.value).toBe('end')
})

test('what arrives waits, once, and comes on top when asked for', async () => {
  serve(() => 3)
  const timeline = makeStatusTimeline(path)
  await timeline.start()
  timeline.arrive(post(4))
  timeline.arrive(post(4))
  expect(ids(timeline.rows.value)).toEqual([3, 2, 1])
  expect(ids(timeline.waiting.value)).toEqual([4])
  timeline.showWaiting()
  expect(ids(timeline.rows.value)).toEqual([4, 3, 2, 1])
})

test('begun at a place: what is around it, the newest, and a gap between', async () => {
  serve(() => 300)
  const timeline = makeStatusTimeline(path)
  await timeline.start('100')
  expect(ids(timeline.rows.value)).toEqual([...run(300, 261), 'gap', ...run(140, 101), ...run(100, 61)])
})

test('begun at a place near the top there is no gap', async () => {
  serve(() => 120)
  const timeline = makeStatusTimeline(path)
  await timeline.start('100')
  expect(ids(timeline.rows.value)).toEqual([...run(120, 81), ...run(80, 61)])
})

test('a gap fills from either side and closes', async () => {
  serve(() => 300)
  const timeline = makeStatusTimeline(path)
  await timeline.start('150')
  const gap = () => timeline.rows.value.find((row) => row.kind === 'gap')?.id ?? ''
  await timeline.fillGap(gap(), 'newer')
  expect(ids(timeline.rows.value).slice(40, 82)).toEqual(['gap', ...run(230, 191), 190])
  await timeline.fillGap(gap(), 'older')
  expect(ids(timeline.rows.value)).toEqual(run(300, 111))
  expect(gap()).toBe('')
})

test('after a silence: what came waits, with a gap when it is more than a page', async () => {
  let count = 50
  serve(() => count)
  const timeline = makeStatusTimeline(path)
  await timeline.start()
  count = 60
  await timeline.catchUp()
  expect(ids(timeline.waiting.value)).toEqual(run(60, 51))
  count = 200
  await timeline.catchUp()
  expect(ids(timeline.waiting.value)).toEqual([...run(200, 161), 'gap', ...run(60, 51)])
})

test('two who ask at once ask the server once; a fault is said and can be tried again', async () => {
  const asked = serve(() => 70)
  const timeline = makeStatusTimeline(path)
  await Promise.all([timeline.start(), timeline.loadOlder()])
  expect(asked).toHaveLength(1)
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no net')))
  await timeline.loadOlder()
  expect(timeline.state.value).toBe('failed')
  serve(() => 70)
  await timeline.loadOlder()
  expect(ids(timeline.rows.value)).toEqual(run(70, 11))
})

test('what was read is kept, and read again without a network', async () => {
  serve(() => 3)
  let kept: readonly Status[] = []
  const shelf = {
    keep: (statuses: readonly Status[]) => Promise.resolve(void (kept = statuses)),
    read: () => Promise.resolve(kept),
  }
  await makeStatusTimeline(path, shelf).start()
  expect(kept.map((status) => status.id)).toEqual(['3', '2', '1'])
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no net')))
  const offline = makeStatusTimeline(path, shelf)
  await offline.start()
  expect([ids(offline.rows.value), offline.state.value]).toEqual([[3, 2, 1], 'end'])
})
