import { writeSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { attacks, worst } from '#test/attacks'
import { startAttackedTown, type AttackedTown, type Told } from '#test/attacked-town'
import { faultsOfFeed, faultsOfHtml, faultsOfJson, faultsOfPage } from '#test/live-markup'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let attacked: AttackedTown
beforeAll(async () => {
  attacked = await startAttackedTown()
})
afterAll(() => attacked[Symbol.asyncDispose]())

function faultsOf({ type, text, body }: Told): string[] {
  if (type.startsWith('text/html')) return faultsOfPage(text)
  if (body !== undefined) return faultsOfJson(body)
  return /rss|atom/.test(type) ? faultsOfFeed(text) : []
}

/** Pages of many posts are read after each so many strings, before the next push them off. */
const PAGE_OF_POSTS = 15
/** Every run gives each field a third of the strings, and each string to some field; `npm run test:long` gives all to all. */
const SHARE = process.env.HAMLET_TEST_ATTACKS === 'all' ? 1 : 3

test('no word of a stranger is markup in any answer: every field with its share of attacks', async () => {
  let cases = 0
  let answers = 0
  const faults = new Set<string>()
  const judge = (all: readonly Told[], attack: string) => {
    answers += all.length
    for (const told of all)
      for (const fault of faultsOf(told)) faults.add(`${told.what}\n  with ${attack}\n  has ${fault}`)
  }
  for (const [turn, { fields, take, gather }] of attacked.ways.entries()) {
    const given = attacks.filter((_, index) => (index + turn) % SHARE === 0)
    for (const [index, attack] of given.entries()) {
      cases += fields.length
      judge(await take(attack), attack)
      if (gather && (index % PAGE_OF_POSTS === PAGE_OF_POSTS - 1 || index === given.length - 1))
        judge(await gather(), 'several')
    }
  }
  writeSync(1, `attacks: ${cases} cases of a field with a string, judged in ${answers} answers\n`)
  expect([...faults]).toEqual([])
  expect(cases).toBeGreaterThan(5000 / SHARE)
})

test.each([
  ['a page', faultsOfPage, '<html><body>', '</body></html>'],
  ['a post', faultsOfHtml, '<p>', '</p>'],
  ['a feed', faultsOfFeed, '<rss><channel><item><title>', '</title></item></channel></rss>'],
])('what would run in %s is found by the judge of this test', (_name, faultsIn, before, after) => {
  for (const attack of worst.slice(0, 3)) expect(faultsIn(before + attack + after)).not.toEqual([])
  expect(faultsIn(`${before}x${after}`)).toEqual([])
})
