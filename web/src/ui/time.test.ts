import { expect, test } from 'vitest'
import { moment } from './time.tsx'

test('a moment is said so that nobody takes it for another: a day of the week is one of those around now', () => {
  const from = Date.parse('2026-11-27T12:00:00Z')
  const say = (days: number) => moment(new Date(from + days * 24 * 3_600_000).toISOString(), from)
  expect(say(0)).toMatch(/^today, /)
  expect([say(-3), say(4)].every((text) => /day \d/.test(text))).toBe(true)
  for (const far of [-20, -7, 7, 20]) expect(say(far)).not.toMatch(/day/)
  expect(say(20)).toContain('17')
})
