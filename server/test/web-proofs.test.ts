import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/web-proofs.md'), 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+$/.test(cells[1] ?? ''))

test('docs/web-proofs.md speaks of all twenty promises, and says what is open where something is', () => {
  expect(rows.map((cells) => Number(cells[1]))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  for (const [, number, , covered, tests, open] of rows) {
    expect(['yes', 'partly', 'no'], number).toContain(covered)
    expect(tests !== '', `${number} names a test`).toBe(covered !== 'no')
    if (covered !== 'yes') expect(open, `${number} says what is open`).not.toBe('')
  }
})

const named = rows.flatMap((cells) =>
  [...(cells[4] ?? '').matchAll(/“([^”]+)” in `([^`]+)`/g)].map(([, title = '', file = '']) => [title, file] as const),
)

test.each(named)('“%s” stands in %s', (title, file) => {
  expect(existsSync(join(root, file))).toBe(true)
  expect(readFileSync(join(root, file), 'utf8').includes(`'${title}'`)).toBe(true)
})
