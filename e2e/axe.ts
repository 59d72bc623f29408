import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const spent = new WeakMap<Page, number>()
/** Milliseconds that axe has taken on a page: no reader waits for it. */
export const spentOnAxe = (page: Page) => spent.get(page) ?? 0

/** Nothing that a machine can find may be wrong, in either scheme. With HAMLET_PICTURES each screen is kept as a picture. */
export async function checkAxe(page: Page, name: string): Promise<void> {
  const from = performance.now()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    assert.deepEqual(found, [], `${name}, ${colorScheme}`)
    const folder = process.env.HAMLET_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z]+/g, '-')}-${colorScheme}.png` })
  }
  spent.set(page, spentOnAxe(page) + performance.now() - from)
}
