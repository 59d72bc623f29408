import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security-proofs.md'), 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^[A-Z]{2}-\d\d$/.test(cells[1] ?? ''))

/** How many rows each chapter of the list has. */
const chapters = { AU: 21, OA: 27, WB: 24, RL: 10, EM: 10, AD: 14, LG: 9 }
const ids = Object.entries(chapters).flatMap(([name, count]) =>
  Array.from({ length: count }, (_, at) => `${name}-${String(at + 1).padStart(2, '0')}`),
)

test('docs/security-proofs.md speaks of every row, and says what is open where something is', () => {
  expect(rows.map((cells) => cells[1])).toEqual(ids)
  for (const [, id, , held, tests, open] of rows) {
    expect(['yes', 'partly', 'no'], id).toContain(held)
    expect(tests !== '', `${id} names a test`).toBe(held !== 'no')
    if (held !== 'yes') expect(open, `${id} says what is open`).not.toBe('')
  }
})

const named = rows.flatMap((cells) =>
  [...(cells[4] ?? '').matchAll(/“([^”]+)” in `([^`]+)`/g)].map(([, title = '', file = '']) => [title, file] as const),
)

test.each(named)('“%s” stands in %s', (title, file) => {
  expect(existsSync(join(root, file))).toBe(true)
  expect(readFileSync(join(root, file), 'utf8').includes(`'${title}'`)).toBe(true)
})
