import { expect, test } from 'vitest'
import { fill, readPatterns } from '../../e2e/patterns.ts'
import { pairwise } from '../../e2e/pairwise.ts'

const factors = {
  screen: Array.from({ length: 50 }, (_, number) => `screen ${number}`),
  state: ['loading', 'empty', 'full', 'error', 'dialog'],
  theme: ['light', 'dark', 'black', 'contrast', 'forced'],
  size: ['desk', 'tablet', 'phone', 'zoom', 'rtl'],
}

test('every two values meet, in little more rows than the two longest factors have pairs, and always the same', () => {
  const rows = pairwise(factors)
  const names = Object.keys(factors) as (keyof typeof factors)[]
  for (const [index, a] of names.entries())
    for (const b of names.slice(index + 1)) {
      const met = new Set(rows.map((row) => `${row[a]}|${row[b]}`))
      expect(met.size).toBe(factors[a].length * factors[b].length)
    }
  expect(rows.length).toBeLessThan(50 * 5 * 1.2)
  expect(pairwise(factors)).toEqual(rows)
})

test('the screens of the app are read from where it keeps them, each with an address', () => {
  const patterns = readPatterns()
  const wanted = ['/home', '/lists/:id/edit', '/@:acct/:id/quotes', '/moderation/gates', '/mentions', '/settings/look']
  expect(patterns).toEqual(expect.arrayContaining(wanted))
  const subjects = { acct: 'ines', post: '1', list: '2', tag: 'sea', report: '3' }
  const addresses = patterns.map((pattern) => fill(pattern, subjects))
  expect(addresses).toEqual(expect.arrayContaining(['/lists/2/edit', '/@ines/1/quotes', '/moderation/reports/3']))
  expect(() => fill('/new/:thing', subjects)).toThrow('/new/:thing')
})
