import { expect, test, vi } from 'vitest'
import { makeQueue } from './queue.ts'

test('never more than two at once, in the order in which they came', async () => {
  const queue = makeQueue({ atOnce: 2, longest: 100, patienceMs: 60_000 })
  let [running, most] = [0, 0]
  const begun: number[] = []
  const work = (name: number) => async () => {
    begun.push(name)
    running += 1
    most = Math.max(most, running)
    await new Promise((done) => setImmediate(done))
    running -= 1
    return name
  }
  const names = Array.from({ length: 60 }, (_, name) => name)
  expect(await Promise.all(names.map((name) => queue(work(name))))).toEqual(names)
  expect(most).toBe(2)
  expect(begun).toEqual(names)
})

test('what fails makes room for the next', async () => {
  const queue = makeQueue({ atOnce: 1, longest: 10, patienceMs: 60_000 })
  const broken = queue(() => Promise.reject(new Error('odd')))
  const next = queue(() => Promise.resolve('done'))
  await expect(broken).rejects.toThrow('odd')
  expect(await next).toBe('done')
})

test('who would wait too long, or behind too many, is told when to come again', async () => {
  vi.useFakeTimers()
  try {
    const queue = makeQueue({ atOnce: 1, longest: 2, patienceMs: 5_000 })
    let finish = () => {}
    const first = queue(() => new Promise<void>((done) => (finish = done)))
    const [second, third] = [queue(() => Promise.resolve(2)), queue(() => Promise.resolve(3))]
    const refusal = { reason: 'unavailable', retryAfterSeconds: 5 }
    await expect(queue(() => Promise.resolve(4))).rejects.toMatchObject(refusal)
    const refused = Promise.all([
      expect(second).rejects.toMatchObject(refusal),
      expect(third).rejects.toMatchObject(refusal),
    ])
    await vi.advanceTimersByTimeAsync(5_000)
    await refused
    finish()
    await first
    expect(await queue(() => Promise.resolve('again'))).toBe('again')
  } finally {
    vi.useRealTimers()
  }
})
