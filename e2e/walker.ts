import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** More stops than this between two things of one screen are a trap, or as good as one. */
const FARTHEST = 90

/** Somebody without a mouse: every stop must be seen, and nothing may hold them (WCAG 2.1.2, 2.4.7, 2.4.11). */
export type Walker = {
  page: Page
  press: (keys: string) => Promise<void>
  type: (words: string) => Promise<void>
  /** Goes on with Tab until it is there; back with Shift. */
  reach: (target: Locator, keys?: 'Tab' | 'Shift+Tab') => Promise<void>
  /** Where the focus is now must be seen. */
  look: () => Promise<void>
  stops: () => number
}

export function walk(page: Page): Walker {
  let stops = 0
  const look = async () => {
    let fault = await page.evaluate(judgeFocus)
    // A list may still be putting itself where it belongs.
    for (let patience = 0; fault !== '' && patience < 10; patience += 1) {
      await page.waitForTimeout(100)
      fault = await page.evaluate(judgeFocus)
    }
    assert.equal(fault, '', `${new URL(page.url()).pathname}: ${fault}`)
    stops += 1
  }
  return {
    page,
    look,
    stops: () => stops,
    press: (keys) => page.keyboard.press(keys),
    type: (words) => page.keyboard.type(words),
    reach: async (target, keys = 'Tab') => {
      await target.first().waitFor()
      for (let count = 0; count < FARTHEST; count += 1) {
        if (await target.first().evaluate((one) => one === document.activeElement)) return
        await page.keyboard.press(keys)
        await look()
      }
      throw new Error(`${String(target)} was not reached with ${keys} on ${page.url()}`)
    },
  }
}

/** Runs in the page: why the thing with the focus cannot be seen, or nothing. */
function judgeFocus(): string {
  const one = document.activeElement
  if (!one || one === document.body) return ''
  const name = one.outerHTML.slice(0, 120)
  const { top, bottom, left, right } = one.getBoundingClientRect()
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `${name} is out of sight`
  // Where one writes, the caret says so.
  if (one.matches('textarea')) return ''
  let shown: Element | null = one
  for (let height = 0; shown && height < 4; height += 1) {
    const style = getComputedStyle(shown)
    const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1
    if (hasOutline || style.boxShadow !== 'none') return ''
    shown = shown.parentElement
  }
  return `${name} has no ring`
}
