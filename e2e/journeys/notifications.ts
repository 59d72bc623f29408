import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import type { Town } from '../town.ts'

const PASSWORD = 'eleven anemones'
const post = 'The smoke house opens at nine.'

/** Several people like one post and one answers: a row and a card, by filter, read, and read again without a network. */
export async function readNotifications(browser: Browser, town: Town): Promise<void> {
  const tokens: Record<string, string> = {}
  for (const name of ['heron', 'teal', 'wigeon', 'grebe']) {
    const own = ['--email', `${name}@example.org`, '--password', PASSWORD, '--confirmed']
    await town.hamlet('accounts', 'create', name, ...own)
    tokens[name] = (await town.hamlet('tokens', 'create', name, '--scopes', 'read write')).access_token ?? ''
  }
  const { id } = await town.post(tokens.heron ?? '', { status: post })
  for (const name of ['teal', 'wigeon', 'grebe']) await favourite(town, tokens[name] ?? '', id)
  await town.post(tokens.teal ?? '', { status: '@heron I bring the bread.', in_reply_to_id: id })
  const page = await signIn(browser, town, 'heron')
  await page.getByRole('link', { name: 'Notifications' }).first().click()
  await page.getByText('favourited your post').waitFor()
  assert.equal(await page.getByText('favourited your post').count(), 1, 'alike things are one row')
  await checkAxe(page, 'notifications, with rows')
  await filter(page)
  await markRead(page)
  await readOffline(page, town)
  await page.context().close()
}

async function favourite(town: Town, token: string, id: string): Promise<void> {
  const url = `${town.url}/api/v1/statuses/${id}/favourite`
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 200)
}

async function filter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Replies', exact: true }).click()
  await page.getByText('I bring the bread.').waitFor()
  assert.equal(await page.getByText('favourited your post').count(), 0)
  await page.getByRole('button', { name: 'More filters' }).click()
  await page.getByRole('menuitemradio', { name: 'Edits' }).click()
  await page.getByText('Nothing yet').waitFor()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await page.getByText('favourited your post').waitFor()
}

/** What was looked at for a second is read, on every device. */
async function markRead(page: Page): Promise<void> {
  await page.locator('.unread').first().waitFor({ state: 'detached' })
  await page
    .getByText(/\d unread/)
    .first()
    .waitFor({ state: 'detached' })
  await page.reload()
  await page.getByText('favourited your post').waitFor()
  assert.equal(await page.locator('.unread').count(), 0)
  await page.goto(new URL('/settings/notifications', page.url()).href)
  await page.getByLabel('Bots').selectOption('filter')
  await page.getByText('Saved.').waitFor()
  await checkAxe(page, 'settings of notifications')
}

async function readOffline(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/notifications`)
  await page.getByText('favourited your post').waitFor()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  await page.reload()
  await page.getByText('You are offline · reading what was saved').waitFor()
  assert.ok(await page.getByText('favourited your post').isVisible())
  assert.ok(await page.getByText('I bring the bread.').isVisible())
  await checkAxe(page, 'notifications, offline')
  await page.context().setOffline(false)
  await page.reload()
  await page.getByText('You are offline').waitFor({ state: 'detached' })
}

async function signIn(browser: Browser, town: Town, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(name)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  return page
}
