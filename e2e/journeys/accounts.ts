import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const PASSWORD = 'eleven anemones'
const WORDS = 'Only for the one who wrote it'

/** Two accounts in one browser: what one writes the other never sees, and each tab acts as it says. */
export async function haveTwoAccounts(browser: Browser, town: Town): Promise<void> {
  for (const name of ['maren', 'tove'])
    await town.hamlet(
      'accounts',
      'create',
      name,
      '--email',
      `${name}@example.org`,
      '--password',
      PASSWORD,
      '--confirmed',
    )
  const page = await signIn(browser, town, 'maren')
  await writeDraft(page)
  await addTove(page)
  await findNothing(page)
  const tab = await page.context().newPage()
  await tab.goto(`${town.url}/home`)
  await chip(tab, 'tove').waitFor()
  await page.keyboard.press('Alt+Shift+Digit1')
  await chip(page, 'maren').waitFor()
  await stayWhoOneIs(tab)
  await takeUpDraft(page)
  await leaveBoth(page, tab)
  await page.context().close()
}

const chip = (page: Page, name: string) => page.getByRole('button', { name: `@${name}, your account` })

async function writeDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New post' }).first().click()
  await page.getByLabel('Text of the post').fill(WORDS)
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('Saved in drafts').waitFor()
}

async function addTove(page: Page): Promise<void> {
  await chip(page, 'maren').click()
  await page.getByRole('menuitem', { name: 'Add an account' }).click()
  await page.getByRole('heading', { name: 'Add an account' }).waitFor()
  await checkAxe(page, 'adding an account')
  await page.getByLabel('E-mail or name').fill('tove')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await chip(page, 'tove').waitFor()
  await page.locator('.account-edge').waitFor({ state: 'attached' })
}

/** Neither the composer nor anything that this browser keeps under the name of the one or of both has the words. */
async function findNothing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New post' }).first().click()
  assert.equal(await page.getByLabel('Text of the post').inputValue(), '', 'a draft of another account is not opened')
  assert.equal(await page.getByRole('button', { name: /^Drafts · / }).count(), 0, 'nor is it in the list')
  await page.getByRole('button', { name: 'Close' }).last().click()
  const feeds = await page.evaluate(async () => {
    const me = (await (await fetch('/api/v1/accounts/verify_credentials')).json()) as { id: string }
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const asked = indexedDB.open('hamlet')
      asked.addEventListener('success', () => done(asked.result))
      asked.addEventListener('error', () => fail(asked.error as Error))
    })
    const keys = await new Promise<IDBValidKey[]>((done, fail) => {
      const asked = database.transaction('feeds').objectStore('feeds').getAllKeys()
      asked.addEventListener('success', () => done(asked.result))
      asked.addEventListener('error', () => fail(asked.error as Error))
    })
    database.close()
    return keys.map(String).filter((key) => !key.startsWith(`${me.id}:`))
  })
  assert.deepEqual(feeds, [], 'nothing that another account read is kept')
}

/** A tab that was opened as tove before the browser went back to maren says so, and still posts as tove. */
async function stayWhoOneIs(tab: Page): Promise<void> {
  await tab.getByText('Another tab switched to @maren. Here you are still @tove.').waitFor()
  await tab.getByRole('button', { name: 'New post' }).first().click()
  await tab.getByLabel('Text of the post').fill('Said by tove')
  await tab.keyboard.press('Control+Enter')
  await tab.getByRole('button', { name: 'Post now' }).click()
  const post = tab.getByRole('article').filter({ hasText: 'Said by tove' }).first()
  await post.waitFor()
  assert.match((await post.textContent()) ?? '', /@tove/, 'each tab acts as the account that it shows')
}

async function takeUpDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New post' }).first().click()
  await page.getByLabel('Text of the post').waitFor()
  const found = await page.getByLabel('Text of the post').inputValue()
  assert.equal(found, WORDS, 'whoever wrote a draft finds it again')
  await page.getByRole('button', { name: 'Close' }).last().click()
}

/** Signing out of one goes on as the other; signing out of all closes every tab. */
async function leaveBoth(page: Page, tab: Page): Promise<void> {
  await chip(page, 'maren').click()
  await checkAxe(page, 'the menu of accounts')
  await page.getByRole('menuitem', { name: 'Sign out of @maren' }).click()
  await chip(page, 'tove').click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await tab.getByRole('heading', { name: 'Welcome back' }).waitFor()
}
