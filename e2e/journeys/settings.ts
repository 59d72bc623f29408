import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/** The owner says what the server is, writes a rule and the terms; a visitor reads them without scripts. */
export async function runTheTown(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/admin/settings`)
  await settled(page)
  await page.getByLabel('Languages').fill('en, de')
  await page.getByRole('button', { name: 'Save' }).first().press('Enter')
  await page.getByText('Saved.').waitFor()
  await checkAxe(page, 'server settings')
  await page.goto(`${town.url}/admin/house-rules`)
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter')
  await page.getByLabel('The rule').fill('Mind the tide.')
  await page.getByLabel('Say it in another language').selectOption('de')
  await checkAxe(page, 'house rule')
  await page.getByLabel('The rule').nth(1).fill('Achte auf die Flut.')
  await page.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('Also in: de').waitFor()
  await page.getByRole('button', { name: 'Move up: Mind the tide.' }).press('Enter')
  await checkAxe(page, 'house rules')
  await page.goto(`${town.url}/admin/texts`)
  await page.getByRole('button', { name: 'Write the next version' }).press('Enter')
  await page.getByLabel('The next version', { exact: true }).fill('## Harbour\n\n- Moor **gently**.')
  await page.getByRole('button', { name: 'As visitors see it' }).last().press('Enter')
  await page.getByRole('heading', { name: 'Harbour' }).waitFor()
  await page.getByRole('button', { name: 'Keep the draft' }).press('Enter')
  await page.getByText(/will be told, by letter/).waitFor()
  await checkAxe(page, 'server texts')
  await page.getByRole('button', { name: 'Publish' }).press('Enter')
  await page.getByText('Published. Members are being told.').waitFor()
  await page.context().close()
  await readWithoutScripts(browser, town)
}

async function readWithoutScripts(browser: Browser, town: Town): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de' })
  const page = await context.newPage()
  await page.goto(`${town.url}/terms-of-service`)
  assert.equal(await page.locator('.text-words strong').textContent(), 'gently')
  await context.close()
}
