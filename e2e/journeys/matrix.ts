import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { moveIn } from '../api.ts'
import { furnish, type Furnished } from '../furnish.ts'
import { pairwise, type Row } from '../pairwise.ts'
import { fill, readPatterns, type Subjects } from '../patterns.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const VARIED = {
  state: ['full', 'empty', 'loading', 'error', 'dialog'],
  theme: ['light', 'dark', 'black', 'contrast', 'forced'],
  size: ['desk', 'phone', 'rtl', 'zoom', 'tablet'],
} as const
/** What people are on all day; the others have their turn in the long run. */
const MAIN = ['/home', '/@:acct/:id', '/notifications', '/@:acct', '/settings/reading'] as const
const SIZES = {
  desk: { width: 1280, height: 900 },
  tablet: { width: 820, height: 1100 },
  phone: { width: 390, height: 844 },
  /** 1280x1024 at 400 percent (WCAG 1.4.10). */
  zoom: { width: 320, height: 256 },
  rtl: { width: 1280, height: 900 },
}
const LOOKS = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  black: { theme: 'black' },
  contrast: { theme: 'light', contrast: 'high' },
  forced: {},
}
const words = [
  'Eleven anemones in the usual pool this morning, three more than last week.',
  'Ferry’s out until Thursday: https://example.org/a-rather-long-address/with/many/parts-of-it',
  'كل نافذة في هذه المدينة تحفظ قصة.',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
]

type Cell = Row<typeof VARIED & { screen: string[] }>

const furnished = new WeakMap<Town, Promise<Furnished>>()
/** Two people with something on every screen: `selkie` reads, `finn` writes. */
export function furnishOnce(town: Town, picture: Buffer): Promise<Furnished> {
  const made = furnished.get(town) ?? furnish(town, { reader: 'selkie', writer: 'finn' }, words, picture)
  furnished.set(town, made)
  return made
}

/**
 * axe finds nothing, and nothing scrolls sideways, in rows of screen, state, theme and size: with `all` in every row of
 * all screens' pairs, else in each second row of the main screens.
 */
export async function checkMatrix(browser: Browser, town: Town, picture: Buffer, all: boolean): Promise<void> {
  const pairs: Cell[] = pairwise({ screen: all ? readPatterns() : [...MAIN], ...VARIED })
  const rows = all ? pairs : pairs.filter((_, index) => index % 2 === 0)
  const { reader, subjects } = await furnishOnce(town, picture)
  const novice = await moveIn(town, 'novice', 'owner')
  const own = { ...subjects, acct: novice.name, tag: 'nothing', post: '1', list: '1', report: '1' }
  const pages = {
    full: await openBoth(browser, town, reader.name),
    empty: await openBoth(browser, town, novice.name),
  }
  const found = new Map<string, string[]>()
  let done = 0
  for (const cell of rows) {
    const who = cell.state === 'empty' ? 'empty' : 'full'
    const page = pages[who][cell.size === 'rtl' ? 'rtl' : 'ltr']
    const faults = await check(page, town, cell, who === 'empty' ? own : subjects).catch((error: unknown) => [
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
  return { ltr, rtl: await context.newPage() }
}

async function check(page: Page, town: Town, cell: Cell, subjects: Subjects): Promise<string[]> {
  const { screen, state, theme, size } = cell
  await page.setViewportSize(SIZES[size])
  const colorScheme = theme === 'dark' || theme === 'black' ? 'dark' : 'light'
  await page.emulateMedia({
    colorScheme,
    reducedMotion: 'reduce',
    forcedColors: theme === 'forced' ? 'active' : 'none',
  })
  await page.goto(`${town.url}/robots.txt`)
  await page.evaluate((kept) => localStorage.setItem('hamlet-look', kept), JSON.stringify(LOOKS[theme]))
  const held = state === 'loading' || state === 'error' ? await disturb(page, state) : undefined
  await page.goto(`${town.url}${fill(screen, subjects)}`)
  if (state === 'loading') await page.locator('h1, [role=dialog]').first().waitFor()
  else await settled(page)
  if (state === 'dialog') {
    await openSomething(page, screen)
    await page.evaluate(atRest)
  }
  const faults = await judge(page)
  await held?.()
  return faults
}

/** What opens fades in, and half of a fade is nobody's colour; what pulses for ever is not waited for. */
async function atRest(): Promise<void> {
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map((one) => one.finished))
}

async function judge(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${sayColours(node.any[0]?.data)}`),
  )
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  return overflow > 0 ? [...faults, `it scrolls sideways by ${overflow} px`] : faults
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

type Colours = { fgColor?: string; bgColor?: string; contrastRatio?: number } | null | undefined
function sayColours(data: unknown): string {
  const colours = data as Colours
  return colours?.contrastRatio ? `(${colours.fgColor} on ${colours.bgColor}, ${colours.contrastRatio})` : ''
}

/** What makes the session comes; what the screen asks for comes never, or fails. Gives what ends that. */
async function disturb(page: Page, state: 'loading' | 'error'): Promise<() => Promise<void>> {
  const session = /verify_credentials|\/api\/v2\/instance|streaming/
  const url = (address: URL) => address.pathname.startsWith('/api/') && !session.test(address.pathname)
  await page.route(url, async (route) => {
    if (state === 'error') await route.fulfill({ status: 500, json: { error: 'Something is wrong with this server' } })
  })
  return () => page.unroute(url)
}

/** The composer, or the first menu of the screen itself. */
async function openSomething(page: Page, screen: string): Promise<void> {
  if ((await page.locator('dialog[open]').count()) > 0) return
  const menu = page.locator('main [aria-haspopup]:visible').first()
  const hasMenu = screen.length % 2 === 0 && (await menu.count()) > 0
  if (hasMenu) {
    await menu.click()
    await page.locator('[role=menu], [role=dialog], dialog[open]').first().waitFor()
    return
  }
  await page.keyboard.press('n')
  await page.locator('[role=dialog], dialog[open]').first().waitFor()
}
