import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { moveIn } from '../api.ts'
import { judge, lookAt, SIZES, VARIED, type Cell } from '../cell.ts'
import { furnish, type Furnished } from '../furnish.ts'
import { pairwise } from '../pairwise.ts'
import { readPatterns, type Subjects } from '../patterns.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/** What people are on all day; the others have their turn in the long run. */
const MAIN = ['/home', '/@:acct/:id', '/notifications', '/@:acct', '/settings/reading'] as const
const words = [
  'Eleven anemones in the usual pool this morning, three more than last week.',
  'Ferry’s out until Thursday: https://example.org/a-rather-long-address/with/many/parts-of-it',
  'كل نافذة في هذه المدينة تحفظ قصة.',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
]

const furnished = new WeakMap<Town, Promise<Furnished>>()
/** Two people with something on every screen: `selkie` reads, `finn` writes. */
export function furnishOnce(town: Town, picture: Buffer): Promise<Furnished> {
  const made = furnished.get(town) ?? furnish(town, { reader: 'selkie', writer: 'finn' }, words, picture)
  furnished.set(town, made)
  return made
}

/**
 * axe finds nothing, and nothing scrolls sideways, in rows of screen, state, theme and size: with `all` in every row of
 * all screens' pairs, else in each third row of the main screens.
 */
export async function checkMatrix(browser: Browser, town: Town, picture: Buffer, all: boolean): Promise<void> {
  const pairs: Cell[] = pairwise({ screen: all ? readPatterns() : [...MAIN], ...VARIED })
  const rows = all ? pairs : pairs.filter((_, index) => index % 3 === 0)
  const { reader, subjects } = await furnishOnce(town, picture)
  const novice = await moveIn(town, 'novice', 'owner')
  const own = { ...subjects, acct: novice.name, tag: 'nothing', post: '1', list: '1', report: '1' }
  const looking = {
    full: { town, reader, subjects, words },
    empty: { town, reader: novice, subjects: own, words },
  }
  const pages = {
    full: await openBoth(browser, town, reader.name),
    empty: await openBoth(browser, town, novice.name),
  }
  const found = new Map<string, string[]>()
  let done = 0
  for (const cell of rows) {
    const who = cell.state === 'empty' ? 'empty' : 'full'
    const page = pages[who][cell.size === 'rtl' ? 'rtl' : 'ltr']
    const faults = await lookAt(page, cell, looking[who]).catch((error: unknown) => [
      `could not be looked at: ${String(error).split('\n', 1)[0]}`,
    ])
    for (const fault of faults) found.set(fault, [...(found.get(fault) ?? []), Object.values(cell).join(' ')])
    done += 1
    if (all && done % 25 === 0) console.log(`        ${done} of ${rows.length}, ${found.size} faults`)
  }
  for (const fault of await checkPublic(browser, town, subjects)) found.set(fault, ['public pages at 400 percent'])
  for (const { ltr, rtl } of Object.values(pages)) for (const page of [ltr, rtl]) await page.context().close()
  console.log(`        axe looked at ${rows.length} rows of ${new Set(rows.map(({ screen }) => screen)).size} screens`)
  assert.deepEqual(
    [...found].map(([fault, where]) => `${fault}\n    in ${where.join(', ')}`),
    [],
  )
}

async function openBoth(browser: Browser, town: Town, name: string) {
  const ltr = await signIn(browser, town, name)
  const storageState = await ltr.context().storageState()
  const context = await browser.newContext({ storageState, locale: 'ar', viewport: SIZES.rtl })
  const rtl = await context.newPage()
  for (const page of [ltr, rtl]) await page.goto(`${town.url}/robots.txt`)
  return { ltr, rtl }
}

/** Pages that the server draws, with the same words, where room is least. */
async function checkPublic(browser: Browser, town: Town, { acct, post, tag }: Subjects): Promise<string[]> {
  const page = await browser.newPage({ viewport: SIZES.zoom })
  const faults: string[] = []
  for (const path of ['/', `/@${acct}`, `/@${acct}/${post}`, `/tags/${tag}`]) {
    await page.goto(`${town.url}${path}`)
    for (const fault of await judge(page)) faults.push(`${path}: ${fault}`)
  }
  await page.close()
  return faults
}
