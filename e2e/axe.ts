import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Nothing that a machine can find may be wrong, in either scheme. With HAMLET_PICTURES each screen is kept as a picture. */
export async function checkAxe(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
    assert.deepEqual(found, [], `${name}, ${colorScheme}`)
    const folder = process.env.HAMLET_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z]+/g, '-')}-${colorScheme}.png` })
  }
}
