import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const threat = 'People like him should be thrown off the pier.'

/** From a report to a page that says what was decided. The owner is the one of the first day. */
export async function keepOut(browser: Browser, town: Town): Promise<void> {
  for (const name of ['mara', 'tern'])
    await town.hamlet(
      'accounts',
      'create',
      name,
      '--email',
      `${name}@example.org`,
      '--password',
      'eleven anemones',
      '--confirmed',
    )
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', 'tern', '--scopes', 'read write')
  const post = await town.post(token, { status: threat })
  const reader = await signIn(browser, town, 'mara')
  await reader.goto(post.url)
  await reader.getByRole('heading', { name: 'Thread' }).waitFor()
  await reader.getByRole('button', { name: 'More' }).first().click()
  await reader.getByRole('menuitem', { name: 'Report tern' }).click()
  const sheet = reader.getByRole('dialog', { name: 'Report tern' })
  await sheet.getByText('It breaks a rule').click()
  await sheet.getByText('Be a good neighbour').click()
  await sheet.getByRole('button', { name: 'Next' }).click()
  await sheet.getByText('Which posts are meant?').waitFor()
  await sheet.getByRole('button', { name: 'Next' }).click()
  await sheet.getByLabel('Anything they should know?').fill('He ties up there every night.')
  await checkAxe(reader, 'report sheet')
  await sheet.getByRole('button', { name: 'Send report' }).click()
  await reader.getByText('The moderators have it now.').waitFor()
  await reader.context().close()
  await suspend(browser, town)
  await keepNamesBack(browser, town)
  await letIn(browser, town)
  await readVerdict(browser, town)
}

async function suspend(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, 'noa')
  await page.getByRole('link', { name: 'Moderation' }).click()
  await page.getByRole('heading', { name: 'Queue' }).waitFor()
  await page.getByText('@tern').waitFor()
  await checkAxe(page, 'queue')
  await page.getByText('@tern').click()
  await page.getByText(threat).waitFor()
  await page.getByLabel('Suspend').check()
  assert.ok(await page.getByText('can no longer sign in').isVisible(), 'what will happen is said before')
  await page.getByLabel('Message to tern').fill('This is a threat against a named person.')
  await checkAxe(page, 'report')
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('Nothing waits').waitFor()
  await page.context().close()
}

/** Without a mouse: a name is kept back, another let go and had back. */
async function keepNamesBack(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/moderation`)
  await page.getByRole('link', { name: 'Kept out' }).press('Enter')
  await page.getByRole('button', { name: 'Remove webmaster' }).waitFor()
  await checkAxe(page, 'names')
  await page.getByLabel('Name', { exact: true }).focus()
  await page.keyboard.type('harbour')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove harbour' }).waitFor()
  await page.getByRole('button', { name: 'Remove abuse' }).press('Enter')
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await page.getByRole('button', { name: 'Remove abuse' }).waitFor()
  await page.getByRole('tab', { name: 'Names' }).press('ArrowRight')
  await page.getByText('Mail from everywhere is welcome').waitFor()
  await checkAxe(page, 'mail domains')
  await page.context().close()
}

/** Somebody asks to join, and somebody else is turned away; the moderator decides without a mouse. */
async function letIn(browser: Browser, town: Town): Promise<void> {
  const before = (await town.hamlet('settings', 'get', 'registrations')).registrations ?? 'closed'
  await town.hamlet('settings', 'set', 'registrations', 'approval')
  for (const name of ['kelpie', 'grindylow']) await askToJoin(browser, town, name)
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/notifications`)
  await page.getByRole('link', { name: 'See who waits' }).first().press('Enter')
  await page.getByText('I mend nets, says kelpie.').waitFor()
  await checkAxe(page, 'sign-ups')
  await page.getByRole('button', { name: 'Approve @kelpie' }).press('Enter')
  await page.getByText('@kelpie is in as soon as the address is confirmed.').waitFor()
  await page.getByRole('button', { name: 'Reject @grindylow' }).press('Enter')
  const question = page.getByRole('dialog', { name: 'Reject @grindylow' })
  await question.getByText('the name is free again').waitFor()
  await checkAxe(page, 'rejection')
  await question.getByRole('button', { name: 'Reject' }).press('Enter')
  await page.getByText('Nobody waits').waitFor()
  await page.context().close()
  await town.hamlet('settings', 'set', 'registrations', before)
}

async function askToJoin(browser: Browser, town: Town, name: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-up`)
  await page.getByLabel(/^Name on/).fill(name)
  await page.getByLabel('E-mail').fill(`${name}@example.org`)
  await page.getByLabel('Password').fill('eleven anemones')
  await page.getByLabel('Why would you like to join?').fill(`I mend nets, says ${name}.`)
  await page.getByRole('checkbox').check()
  // Nobody writes that fast, and the server knows it.
  await page.waitForTimeout(3_000)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('Look into your mail').waitFor()
  await context.close()
}

async function readVerdict(browser: Browser, town: Town): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${town.url}/@tern`)
  assert.ok(await page.getByText('This account is suspended').isVisible())
  assert.equal(await page.getByText(threat).isVisible(), false)
  await context.close()
}
