import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { ask, moveIn } from '../api.ts'
import { lookAt } from '../look.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const [OWNER, READER, WRITER] = ['stand_owner', 'stand_mara', 'stand_tern']
const WORDS = 'They should all be thrown into the sea, the brass band first.'
const REASON = 'This reads as a threat against people.'
const ANSWER = 'It is a line of the song that the brass band plays. I sang along.'

/** Somebody is suspended, says why that is wrong, and has everything back. */
export async function appeal(browser: Browser, town: Town): Promise<void> {
  await moveIn(town, OWNER, 'owner')
  const reader = await moveIn(town, READER)
  const writer = await moveIn(town, WRITER)
  const post = await town.post(writer.token, { status: WORDS })
  const report = { account_id: writer.id, status_ids: [post.id], category: 'violation', comment: 'I am in that band.' }
  await ask(town, reader.token, ['POST', '/api/v1/reports'], report)
  await suspend(browser, town)
  await readFromOutside(browser, post.url, 'gone')
  await appealBySignIn(browser, town)
  await takeBack(browser, town)
  await readFromOutside(browser, post.url, 'there')
  await readStanding(browser, town)
  await readOutcome(browser, town)
}

async function suspend(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, OWNER)
  await page.goto(`${town.url}/moderation`)
  await page.getByText(`@${WRITER}`).click()
  await page.getByText(WORDS).first().waitFor()
  await page.getByLabel('Suspend').check()
  await page.getByLabel(`Message to ${WRITER}`).fill(REASON)
  await page.getByText('can no longer sign in').waitFor()
  await settled(page)
  await lookAt(page, 'case of a song')
  await page.getByRole('button', { name: 'Suspend' }).click()
  await page.getByText('Decided.', { exact: true }).waitFor()
  await page.context().close()
}

/** What a stranger reads without a script. */
async function readFromOutside(browser: Browser, url: string, expected: 'gone' | 'there'): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const answer = await page.goto(url)
  assert.equal(await page.getByText(WORDS).first().isVisible(), expected === 'there', `the post is ${expected}`)
  if (expected === 'gone') assert.ok([404, 410].includes(answer?.status() ?? 0), `answered ${answer?.status()}`)
  await context.close()
}

/** Whoever is shut out signs in with the password and is told why; the way in the mail then says that they appealed. */
async function appealBySignIn(browser: Browser, town: Town): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(WRITER)
  await page.getByLabel('Password').fill('eleven anemones')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/access')
  await page.getByRole('heading', { name: 'Your account is suspended' }).waitFor()
  await page.getByText(REASON).waitFor()
  await lookAt(page, 'suspended, and signed in')
  await page.getByRole('link', { name: 'Appeal the decision' }).click()
  await page.getByText(REASON).waitFor()
  await settled(page)
  await lookAt(page, 'standing of who is suspended')
  await page.getByRole('button', { name: 'Appeal', exact: true }).click()
  await page.getByRole('textbox', { name: 'Why is this decision wrong?' }).fill(ANSWER)
  await page.getByRole('button', { name: 'Send the appeal' }).click()
  await page.getByText('You appealed. The moderators will answer.').waitFor()
  await page.goto(`${town.url}/home`)
  await page.waitForURL('**/access')
  await page.getByText('The moderators will answer by mail').waitFor()
  const link = await town.mailedLink('/appeal?key=', `${WRITER}@example.org`)
  await page.goto(link)
  assert.equal(await page.getByRole('textbox').count(), 0, 'one appeal for each decision')
  await page.context().close()
}

async function takeBack(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, OWNER)
  await page.goto(`${town.url}/moderation`)
  await page.getByRole('heading', { name: 'Appeals' }).waitFor()
  await page.getByText(ANSWER).waitFor()
  await settled(page)
  await lookAt(page, 'queue with an appeal')
  const row = page.locator('.person-row', { hasText: `@${WRITER}` })
  await row.getByRole('button', { name: /^Take it back/ }).press('Enter')
  await page.getByText('The decision is taken back.').waitFor()
  await page.getByText(ANSWER).waitFor({ state: 'detached' })
  await page.context().close()
}

async function readStanding(browser: Browser, town: Town): Promise<void> {
  const page: Page = await signIn(browser, town, WRITER)
  await page.goto(`${town.url}/settings/standing`)
  await page.getByText('You appealed, and were right').waitFor()
  await page.getByText(REASON).waitFor()
  await page.getByText(ANSWER).waitFor()
  await lookAt(page, 'standing')
  await page.context().close()
}

/** Whoever reported is told what came of it, and no more. */
async function readOutcome(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, READER)
  await page.goto(`${town.url}/settings/reports`)
  await page.getByText('I am in that band.').waitFor()
  await page.getByText('They acted, and took the decision back later.').waitFor()
  await settled(page)
  await lookAt(page, 'own reports')
  assert.equal(await page.getByText(ANSWER).count(), 0, 'what was said against it is for the team')
  await page.context().close()
}
