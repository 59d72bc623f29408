import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { changeReading, usualReading } from './reading.ts'

const asked = vi.fn()
vi.mock('./rooms-style.ts', () => ({ roomsStyle: asked }))
vi.mock('./touch.ts', () => ({ moreItems: () => [], ThreadPage: () => null }))

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
  asked.mockClear()
})
afterEach(() => {
  vi.useRealTimers()
  changeReading(usualReading)
})
const begin = async () => {
  const module = await import('./touched.ts')
  module.awaitFirstTouch()
  return module
}

test('what home does without comes at the first touch, and once', async () => {
  const { touch, fetchTouch } = await begin()
  expect([touch.value, asked.mock.calls.length]).toEqual([undefined, 0])
  dispatchEvent(new Event('keydown'))
  dispatchEvent(new Event('keydown'))
  expect(asked).toHaveBeenCalledTimes(1)
  await fetchTouch()
  expect(touch.value).toBeDefined()
  expect(fetchTouch()).toBe(fetchTouch())
})

test('it comes while one reads, long after the posts; where data is saved, it waits for the touch', async () => {
  await begin()
  vi.advanceTimersByTime(4999)
  expect(asked).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(asked).toHaveBeenCalledTimes(1)
  vi.resetModules()
  const fresh = await import('./reading.ts')
  fresh.changeReading({ dataSaver: 'on' })
  await begin()
  vi.advanceTimersByTime(60_000)
  expect(asked).toHaveBeenCalledTimes(1)
})
