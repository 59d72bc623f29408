import { expect, test, vi } from 'vitest'
import { makeLog } from '#platform/log'

test.each([
  ['a line end', 'a\r\n{"level":"error","message":"forged"}'],
  ['colours of a terminal', '\u001b[31mred\u001b[0m\u0007'],
  ['what looks like an entry', '"}\n{"level":"info"}'],
  ['other line ends', 'a\u2028b\u2029c\u0085d\u000be'],
  ['nothing', '\0'],
  ['half a letter', '\ud800'],
])('LG-02: %s in a browser, an address or a name stays in one line', (_name, words) => {
  const lines: string[] = []
  makeLog((line) => lines.push(line)).warn(words, { userAgent: words, url: words, name: [words, { deep: words }] })
  expect(lines).toHaveLength(1)
  // What ends a line or speaks to a terminal is nowhere in it as it is.
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  expect(lines[0]).not.toMatch(/[\u0000-\u001f]/)
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', userAgent: words })
})

test('LG-02: a megabyte is cut, wherever it stands', () => {
  const lines: string[] = []
  const huge = 'x'.repeat(1_000_000)
  makeLog((line) => lines.push(line)).info(huge, { userAgent: huge, list: [huge], deep: { er: huge }, n: 5 })
  expect(lines).toHaveLength(1)
  expect(lines[0]!.length).toBeLessThan(20_000)
  expect(JSON.parse(lines[0]!).n).toBe(5)
})

test('LG-03: ten thousand lines in a second are a few, at most a megabyte in a minute, and the next says how many', () => {
  vi.useFakeTimers({ now: new Date('2026-11-27T12:00:00Z') })
  const lines: string[] = []
  const log = makeLog((line) => lines.push(line))
  for (let at = 0; at < 10_000; at += 1) log.info('a signature is wrong', { keyId: `${'k'.repeat(9000)}${at}` })
  log.info('something else')
  expect(lines).toHaveLength(201)
  expect(lines.join('\n').length).toBeLessThan(1_000_000)
  vi.advanceTimersByTime(60_000)
  log.info('a signature is wrong', { keyId: 'k' })
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ message: 'a signature is wrong', leftOut: 9800 })
  log.info('a signature is wrong', { keyId: 'k' })
  expect(JSON.parse(lines.at(-1)!).leftOut).toBeUndefined()
  vi.useRealTimers()
})
