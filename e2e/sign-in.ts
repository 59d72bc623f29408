import type { Browser, Page } from 'playwright-core'
import type { Town } from './town.ts'

/** A window of its own in which somebody has signed in; every account of the tests has the same password. */
export async function signIn(browser: Browser, town: Town, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(name)
  await page.getByLabel('Password').fill('eleven anemones')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  return page
}
