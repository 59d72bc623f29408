import type { Page } from 'playwright-core'

/** A screen has drawn itself when nothing stands for what is to come, and did so twice, one moment after the other. */
export async function settled(page: Page): Promise<void> {
  for (let calm = 0; calm < 2; calm += 1) {
    if (calm > 0) await page.waitForTimeout(CALM_MS)
    await page.waitForFunction(isDrawn, undefined, { timeout: 10_000 }).catch(async () => {
      const waiting = await page.evaluate((selector) => document.querySelector(selector)?.outerHTML, WAITING)
      throw new Error(`${page.url()} was not drawn: ${waiting ?? 'it has no heading'}`)
    })
  }
}

const CALM_MS = 60
const WAITING = ':is(.bones, [aria-busy="true"]:not(button)):not(.part *), #app:empty, #app > noscript'

function isDrawn(): boolean {
  const isWaiting = document.querySelector(
    ':is(.bones, [aria-busy="true"]:not(button)):not(.part *), #app:empty, #app > noscript',
  )
  return isWaiting === null && document.querySelector('h1, article, [role=dialog]') !== null
}
