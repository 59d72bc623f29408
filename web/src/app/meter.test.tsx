import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  BYTES_KEPT,
  guessBytes,
  letThrough,
  month,
  resetMeter,
  session,
  sizeWords,
  startMeter,
  useKeptBack,
} from './meter.ts'

let tell: (...sizes: number[]) => void
let watched: PerformanceObserverInit | undefined
const page = document.createElement('div')
document.body.append(page)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-26T12:00:00Z') })
  localStorage.clear()
  sessionStorage.clear()
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(hear: (list: unknown) => void) {
        tell = (...sizes) => hear({ getEntries: () => sizes.map((transferSize) => ({ transferSize })) })
      }
      observe(what: PerformanceObserverInit) {
        watched = what
      }
    },
  )
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ transferSize: 3000 } as unknown as PerformanceEntry])
})
afterEach(() => {
  render(null, page)
  resetMeter()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const kept = (store: Storage) => JSON.parse(store.getItem(BYTES_KEPT) ?? '{}')
const later = () => vi.advanceTimersByTime(2000)

function Waiting({ name }: { name: string }) {
  useKeptBack(name, 5000)
  return null
}

test('what comes over the line is counted for the tab and for the month, what a cache gave is nothing', () => {
  localStorage.setItem(BYTES_KEPT, JSON.stringify({ month: '2026-11', loaded: 1000, saved: 10 }))
  startMeter()
  expect(watched).toEqual({ type: 'resource', buffered: true })
  tell(300, 0, 700)
  later()
  expect([session.value.loaded, month.value]).toEqual([4000, { month: '2026-11', loaded: 5000, saved: 10 }])
  expect([kept(sessionStorage).loaded, kept(localStorage).loaded]).toEqual([4000, 5000])
})

test('another tab counts into the same month, a new month begins at nothing, and what is kept badly is nothing', () => {
  startMeter()
  later()
  localStorage.setItem(BYTES_KEPT, JSON.stringify({ month: '2026-11', loaded: 50_000, saved: 0 }))
  tell(500)
  later()
  expect([session.value.loaded, month.value.loaded]).toEqual([3500, 50_500])
  vi.setSystemTime(Date.parse('2026-12-01T00:00:01Z'))
  tell(200)
  later()
  expect([session.value.loaded, month.value]).toEqual([3700, { month: '2026-12', loaded: 200, saved: 0 }])
  localStorage.setItem(BYTES_KEPT, 'nonsense')
  tell(1)
  later()
  expect(month.value.loaded).toBe(1)
})

test('a picture that waits is saved once, and no longer once it is asked for', async () => {
  startMeter()
  later()
  await act(() =>
    render([<Waiting key="a" name="1" />, <Waiting key="b" name="1" />, <Waiting key="c" name="" />], page),
  )
  later()
  expect([session.value.saved, month.value.saved]).toEqual([5000, 5000])
  letThrough('1', 5000)
  letThrough('2', 5000)
  later()
  expect([session.value.saved, month.value.saved]).toEqual([0, 0])
  resetMeter()
  expect([session.value.loaded, kept(localStorage).loaded]).toEqual([0, 0])
})

test('sizes are said in words, and guessed from what is known of a picture', () => {
  expect([0, 480, 27_400, 1_250_000, 250_000_000].map(sizeWords)).toEqual(['0 kB', '0 kB', '27 kB', '1.3 MB', '250 MB'])
  expect([guessBytes({ width: 640, height: 400 }), guessBytes(undefined), guessBytes({ width: 0, height: 0 })]).toEqual(
    [25_600, 27_328, 27_328],
  )
})
