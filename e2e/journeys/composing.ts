import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const NAME = 'sada'

/** Words on their way: across devices, back again, without a connection, and through a server that dies. */
export async function composeSafely(browser: Browser, town: Town): Promise<void> {
  await town.hamlet(
    'accounts',
    'create',
    NAME,
    '--email',
    `${NAME}@example.org`,
    '--password',
    'eleven anemones',
    '--confirmed',
  )
  const page = await signIn(browser, town, NAME)
  await page.evaluate(() => localStorage.setItem('hamlet-hold-seconds', '30'))
  await carryDraft(browser, town, page)
  await takeBack(town, page)
  await sendOffline(town, page)
  await surviveCrash(town, page)
  await page.context().close()
}

/** One's own post stands in home; one that went out long after the press waits above it, and a press lets it in. */
async function seeOwn(page: Page, words: string): Promise<void> {
  const post = page.getByRole('main').getByText(words)
  const fresh = page.locator('.new-posts')
  for (let look = 0; (await post.count()) === 0 && look < 600; look += 1) {
    // It may be let in by itself while it is being pressed.
    if (await fresh.isVisible()) await fresh.click({ timeout: 500 }).catch(() => {})
    await page.waitForTimeout(100)
  }
  await post.waitFor()
}

async function write(page: Page, text: string) {
  await page.getByRole('button', { name: 'New post' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New post' })
  await dialog.getByLabel('Text of the post').fill(text)
  return dialog
}

/** A draft that was closed here is written on in another browser, and is gone here when it was sent there. */
async function carryDraft(browser: Browser, town: Town, page: Page): Promise<void> {
  const dialog = await write(page, 'Begun on the ferry')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('Saved in drafts').waitFor()
  const other = await signIn(browser, town, NAME)
  await other.getByRole('button', { name: 'New post' }).first().click()
  await other.getByRole('button', { name: 'Drafts · 1' }).click()
  await checkAxe(other, 'drafts')
  await other.getByRole('button', { name: 'Begun on the ferry' }).first().click()
  const field = other.getByLabel('Text of the post')
  await field.fill(`${await field.inputValue()}, ended ashore`)
  await checkAxe(other, 'composer, from a draft')
  await other.keyboard.press('Control+Enter')
  await other.getByRole('button', { name: 'Post now' }).click()
  await seeOwn(other, 'ended ashore')
  await other.context().close()
  await page.getByRole('button', { name: 'New post' }).first().click()
  assert.equal(await page.getByLabel('Text of the post').inputValue(), '', 'what was sent elsewhere is no draft here')
  await page.getByRole('button', { name: 'Close' }).last().click()
}

/** A post that is taken back never leaves, and its words are where they were written. */
async function takeBack(town: Town, page: Page): Promise<void> {
  await write(page, 'Said too soon')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Posting in').first().waitFor()
  await checkAxe(page, 'post held')
  assert.ok(!(await readPublic(town)).includes('too soon'), 'nobody sees it while it can be taken back')
  await page.getByRole('button', { name: 'Undo' }).click()
  const field = page.getByLabel('Text of the post')
  assert.equal(await field.inputValue(), 'Said too soon')
  await field.fill('Said in time')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Post now' }).click()
  await seeOwn(page, 'Said in time')
  assert.ok(!(await readPublic(town)).includes('too soon'))
}

/** A post without a connection waits in the browser, through a reload, and goes out once. */
async function sendOffline(town: Town, page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('hamlet-hold-seconds', '0'))
  await write(page, 'Written in the tunnel')
  await page.route('**/api/**', (route) => route.abort())
  await page.keyboard.press('Control+Enter')
  await page.getByText('goes out by itself').waitFor()
  await page.unroute('**/api/**')
  await page.reload()
  await seeOwn(page, 'Written in the tunnel')
  assert.equal((await readPublic(town)).split('Written in the tunnel').length - 1, 1, 'it was sent once')
}

/** The server dies as the post is sent; nothing that was written is lost, and nothing is there twice. */
async function surviveCrash(town: Town, page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('hamlet-hold-seconds', '5'))
  await write(page, 'Through the storm')
  const crash = town.crash()
  await page.keyboard.press('Control+Enter')
  await crash
  await seeOwn(page, 'Through the storm')
  assert.equal((await readPublic(town)).split('Through the storm').length - 1, 1)
}

async function readPublic(town: Town): Promise<string> {
  return (await fetch(`${town.url}/api/v1/timelines/public?limit=40`)).text()
}
