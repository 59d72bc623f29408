import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/** Set, the pictures of the new screens are kept there to be looked at. */
const PICTURES = process.env.HAMLET_TEST_PICTURES

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

/** Somebody asks and is let in by a moderator; they invite somebody else through a closed door. The owner is the one of the first day. */
export async function joinIn(browser: Browser, town: Town): Promise<void> {
  const before = (await town.hamlet('settings', 'get', 'registrations')).registrations ?? 'closed'
  await openTheDoor(browser, town)
  await ask(browser, town)
  const link = await invite(browser, town)
  await town.hamlet('settings', 'set', 'registrations', 'closed')
  await comeByInvitation(browser, town, link)
  await lookAfter(browser, town)
  await town.hamlet('settings', 'set', 'registrations', before)
}

/** The team says who may join. */
async function openTheDoor(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/admin/joining`)
  await page.getByLabel('Sign-up', { exact: true }).selectOption('approval')
  await page.getByText('Saved.').waitFor()
  await checkAxe(page, 'joining')
  await picture(page, 'joining')
  await page.context().close()
}

async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^Name on/).fill(name)
  await page.getByLabel('E-mail').fill(`${name}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill('eleven anemones')
  await page.getByRole('checkbox').check()
  // Nobody writes that fast, and the server knows it.
  await page.waitForTimeout(3_000)
}

async function confirm(page: Page, town: Town, name: string): Promise<void> {
  await page.goto(await town.mailedLink('/confirm?key=', `${name}@example.org`))
  await page.getByRole('button', { name: 'Yes, confirm my address' }).click()
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Is this you?' }).waitFor()
  assert.equal(await page.getByText('This link is over').isVisible(), false, `${name} confirms once`)
}

/** A request with a reason waits until somebody has read it. */
async function ask(browser: Browser, town: Town): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-up`)
  await checkAxe(page, 'request to join')
  await picture(page, 'sign-up')
  await fillIn(page, 'marlin')
  await page.getByLabel('Why would you like to join?').fill('I mend nets and write about seaweed.')
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('Look into your mail').waitFor()
  await confirm(page, town, 'marlin')
  await page.getByText('A person reads every request').waitFor()
  const team = await signIn(browser, town, 'noa')
  await team.goto(`${town.url}/moderation/sign-ups`)
  await team.getByText('I mend nets and write about seaweed.').waitFor()
  await picture(team, 'sign-ups')
  await team.getByRole('button', { name: 'Approve @marlin' }).press('Enter')
  await team.getByText('@marlin is in.').waitFor()
  await team.context().close()
  await context.close()
}

/** A member makes a link; the one that they copied is the one that stands in the list. */
async function invite(browser: Browser, town: Town): Promise<string> {
  const page = await signIn(browser, town, 'marlin')
  await page.goto(`${town.url}/settings/invites`)
  await page.getByText('You have invited nobody yet').waitFor()
  await page.getByLabel('Note for yourself and the team').fill('For the choir')
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByText('For the choir').waitFor()
  await settled(page)
  await checkAxe(page, 'invitations')
  await picture(page, 'invitations')
  const code = await page.locator('.invite-row strong').first().textContent()
  await page.context().close()
  return `${town.url}/invite/${code}`
}

/** Without a script, where everybody else finds the door closed. */
async function comeByInvitation(browser: Browser, town: Town, link: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-up`)
  assert.ok(await page.getByText('This server is full for now').isVisible())
  await page.goto(link)
  assert.ok(await page.getByText('@marlin has invited you.').isVisible())
  await picture(page, 'invited')
  await fillIn(page, 'shanty')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('Look into your mail').waitFor()
  await confirm(page, town, 'shanty')
  await page.goto(link)
  assert.ok(await page.getByText('This invitation is over').isVisible())
  await context.close()
  await (await signIn(browser, town, 'shanty')).context().close()
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', 'shanty', '--scopes', 'read')
  const headers = { authorization: `Bearer ${token}` }
  const own = await fetch(`${town.url}/api/v1/accounts/verify_credentials`, { headers })
  const { following_count: follows } = (await own.json()) as { following_count: number }
  assert.equal(follows, 1, 'whoever was invited follows the one who invited them')
}

/** What the team sees of it, and whom it keeps out. */
async function lookAfter(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/moderation/invites`)
  await page.getByText('No invitation is open').waitFor()
  await checkAxe(page, 'all invitations')
  await page.goto(`${town.url}/moderation/gates`)
  await page.getByRole('tab', { name: 'Networks' }).click()
  await page.getByText('Everybody may come from everywhere').waitFor()
  await page.getByLabel('Address or network').fill('192.0.2.0/24')
  await page.getByLabel('Then').selectOption('no_access')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('button', { name: 'Remove 192.0.2.0/24' }).waitFor()
  await checkAxe(page, 'networks')
  await picture(page, 'networks')
  await page.getByRole('button', { name: 'Remove 192.0.2.0/24' }).click()
  await page.getByText('192.0.2.0/24 may come again.').waitFor()
  await page.context().close()
}
