import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { ask, type Someone } from './api.ts'
import type { Row } from './pairwise.ts'
import { fill, type Subjects } from './patterns.ts'
import { settled } from './screens.ts'
import type { Town } from './town.ts'

/** How each screen is looked at: what it has to show, in which colours, and how much room its words have. */
export const VARIED = {
  state: ['full', 'empty', 'loading', 'error', 'dialog', 'offline', 'folded'],
  theme: ['light', 'dark', 'black', 'contrast', 'forced'],
  size: ['desk', 'phone', 'rtl', 'zoom', 'tablet', 'large', 'dense'],
} as const
export type Cell = Row<typeof VARIED & { screen: string[] }>

const DESK = { width: 1280, height: 900 }
export const SIZES = {
  desk: DESK,
  tablet: { width: 820, height: 1100 },
  phone: { width: 390, height: 844 },
  /** 1280x1024 at 400 percent (WCAG 1.4.10). */
  zoom: { width: 320, height: 256 },
  rtl: DESK,
  /** Words alone twice as large (WCAG 1.4.4). */
  large: DESK,
  dense: DESK,
}
const LOOKS = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  black: { theme: 'black' },
  contrast: { theme: 'light', contrast: 'high' },
  forced: {},
}
const SET = { large: { textSize: 200 }, dense: { density: 'compact' } }
const setOf = (size: Cell['size']) => (size === 'large' || size === 'dense' ? SET[size] : {})

/** The look belongs to the account: the server has it, and the device a copy that is there before the first picture. */
const USUAL = { theme: 'auto', contrast: 'auto', textSize: 100, density: 'comfortable' }

/** Who looks, and what the open parts of addresses stand for. */
export type Looking = { town: Town; reader: Someone; subjects: Subjects; words: readonly string[] }

/** Goes to a screen as a cell says, and gives what is wrong there. */
export async function lookAt(page: Page, cell: Cell, { town, reader, subjects, words }: Looking): Promise<string[]> {
  const { screen, state, theme, size } = cell
  await page.setViewportSize(SIZES[size])
  const colorScheme = theme === 'dark' || theme === 'black' ? 'dark' : 'light'
  await page.emulateMedia({
    colorScheme,
    reducedMotion: 'reduce',
    forcedColors: theme === 'forced' ? 'active' : 'none',
  })
  const look = { ...USUAL, ...LOOKS[theme], ...setOf(size) }
  await ask(town, reader.token, ['PATCH', '/api/hamlet/v1/settings'], look)
  await page.evaluate(
    ([kept = '', told = '']) => {
      localStorage.setItem('hamlet-look', kept)
      document.cookie = `hamlet-look=${told}; path=/; samesite=lax`
    },
    [JSON.stringify(look), tellLook(look)],
  )
  const end = await BEFORE[state]?.(page, { town, reader, subjects, words })
  try {
    await page.goto(`${town.url}${fill(screen, subjects)}`)
    // What the server drew has a heading too; the app's own is in its frame.
    if (state === 'loading') await page.locator('main.column h1, [role=dialog]').first().waitFor()
    else await settled(page)
    await AFTER[state]?.(page, screen)
    await page.evaluate(atRest)
    return await judge(page)
  } finally {
    await end?.()
    // What another screen is told of does not change this one behind its back.
    await page.goto(`${town.url}/robots.txt`)
  }
}

type Undo = () => Promise<unknown>
const BEFORE: Partial<Record<Cell['state'], (page: Page, looking: Looking) => Promise<Undo>>> = {
  loading: (page) => disturb(page, 'loading'),
  error: (page) => disturb(page, 'error'),
  offline: async (page) => () => page.context().setOffline(false),
  folded: (_, looking) => foldEverything(looking),
}
const AFTER: Partial<Record<Cell['state'], (page: Page, screen: string) => Promise<void>>> = {
  dialog: openSomething,
  offline: loseNetwork,
}

/** The cookie by which the server knows how the device wants its pages drawn (`web/src/lib/worn.ts`). */
function tellLook({ theme, contrast, textSize, density }: Record<keyof typeof USUAL, string | number>): string {
  const said = { theme, contrast, text: textSize, density }
  const usual: Record<string, string | number> = { ...USUAL, text: USUAL.textSize }
  const changed = Object.entries(said).filter(([name, value]) => value !== usual[name])
  return changed.map(([name, value]) => `${name}.${value}`).join('~')
}

/** What makes the session comes; what the screen asks for comes never, or fails. */
async function disturb(page: Page, state: 'loading' | 'error'): Promise<Undo> {
  const session = /verify_credentials|\/api\/v2\/instance|streaming/
  const url = (address: URL) => address.pathname.startsWith('/api/') && !session.test(address.pathname)
  await page.route(url, async (route) => {
    if (state === 'error') await route.fulfill({ status: 500, json: { error: 'Something is wrong with this server' } })
  })
  return () => page.unroute(url)
}

/** A filter that folds every post of the town, wherever filters act. */
async function foldEverything({ town, reader, words }: Looking): Promise<Undo> {
  const keywords_attributes = words.map((word) => ({ keyword: word.split(' ')[0] }))
  const context = ['home', 'notifications', 'public', 'thread', 'account']
  const json = { title: 'Everything', context, keywords_attributes, filter_action: 'warn' }
  const { id } = await ask(town, reader.token, ['POST', '/api/v2/filters'], json)
  return () => ask(town, reader.token, ['DELETE', `/api/v2/filters/${id}`])
}

/** The page is loaded anew without a network: from what the browser has kept of it. */
async function loseNetwork(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  await page.reload()
  await settled(page)
}

/** The composer, or the first menu of the screen itself. */
async function openSomething(page: Page, screen: string): Promise<void> {
  if ((await page.locator('dialog[open]').count()) > 0) return
  const menu = page.locator('main [aria-haspopup]:visible').first()
  const hasMenu = screen.length % 2 === 0 && (await menu.count()) > 0
  // Where one writes at once, as in a search, the key is a letter.
  const isWriting = await page.evaluate(() => document.activeElement?.matches('input, textarea') ?? false)
  if (hasMenu) await menu.click()
  else if (isWriting) await page.locator('.rail-new:visible, .phone-new:visible').press('Enter')
  else await page.keyboard.press('n')
  await page.locator('[role=menu], [role=dialog], dialog[open]').first().waitFor()
}

/** What opens fades in, and half of a fade is nobody's colour; what pulses for ever is not waited for. */
async function atRest(): Promise<void> {
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map((one) => one.finished))
}

/** What axe finds, and by how much the page scrolls sideways, with what sticks out. */
export async function judge(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${sayColours(node.any[0]?.data)}`),
  )
  const sideways = await page.evaluate(findSideways)
  return sideways === '' ? faults : [...faults, sideways]
}

function findSideways(): string {
  const { scrollWidth, clientWidth, dir } = document.documentElement
  if (scrollWidth <= clientWidth) return ''
  const beyond = ({ left, right }: DOMRect) => (dir === 'rtl' ? -left : right - clientWidth)
  const widest = [...document.querySelectorAll('main *, nav *, dialog *')]
    .map((one) => ({ by: Math.round(beyond(one.getBoundingClientRect())), name: one.outerHTML.slice(0, 80) }))
    .reduce((most, one) => (one.by > most.by ? one : most), { by: 0, name: 'nothing of it sticks out' })
  return `it scrolls sideways by ${scrollWidth - clientWidth} px: ${widest.name}`
}

type Colours = { fgColor?: string; bgColor?: string; contrastRatio?: number } | null | undefined
function sayColours(data: unknown): string {
  const colours = data as Colours
  return colours?.contrastRatio ? `(${colours.fgColor} on ${colours.bgColor}, ${colours.contrastRatio})` : ''
}
