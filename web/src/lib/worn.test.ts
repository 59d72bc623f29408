import { expect, test } from 'vitest'
import { readWorn, writeWorn } from './worn.ts'

test('a look goes through its cookie and back', () => {
  const worn = { 'data-theme': 'dark', 'data-text': '200', 'data-density': 'compact' }
  expect(writeWorn(worn)).toBe('theme.dark~text.200~density.compact')
  expect(readWorn(writeWorn(worn))).toEqual(worn)
})

test.each([
  undefined,
  '',
  '~~..',
  'theme.pink',
  'theme.dark"onload=x',
  'onload.alert',
  '__proto__.dark',
  'x'.repeat(9000),
])('of %j nothing is worn', (cookie) => expect(readWorn(cookie)).toEqual({}))
