import type { Page } from 'playwright-core'
import { checkAxe } from './axe.ts'

/** Axe on the screen as it stands. With HAMLET_PICTURES it is kept as a picture, on a phone too. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await checkAxe(page, name)
  const folder = process.env.HAMLET_PICTURES
  const desk = page.viewportSize()
  if (folder && desk) {
    await page.evaluate(() => (document.documentElement.dataset.opened = 'pictures'))
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.waitForTimeout(300)
    await page.screenshot({ path: `${folder}/${name.replaceAll(/[^a-z]+/g, '-')}-phone.png` })
    await page.setViewportSize(desk)
    await page.waitForTimeout(300)
    await page.evaluate(() => delete document.documentElement.dataset.opened)
  }
}
