import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { ask, moveIn, type Someone } from '../api.ts'
import { lookAt } from '../look.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const [OWNER, TRADER, READER] = ['rule_owner', 'rule_trade', 'rule_mara']
const TITLE = 'Lamps for nothing'
const HONEST = 'The old pier has light again, thanks to https://lamps.example/pier'
const SPAM = 'Lamps for nothing, today only, hurry: https://lamps.example/win'
const AGAIN = 'Lamps for nothing, last chance, hurry: https://lamps.example/last'
const PATTERN = 'for nothing'

/** A rule is tried over what was written, made sharper, switched on, met, and what it did is taken back. */
export async function ruleWords(browser: Browser, town: Town): Promise<void> {
  const owner = await moveIn(town, OWNER, 'owner')
  const trader = await moveIn(town, TRADER)
  const reader = await moveIn(town, READER)
  await town.post(owner.token, { status: HONEST })
  const spam = await town.post(trader.token, { status: SPAM })
  for (const status of ['Rain all day.', 'Does anybody have a spare oar?']) await town.post(reader.token, { status })
  const report = { account_id: trader.id, status_ids: [spam.id], category: 'spam' }
  await ask(town, reader.token, ['POST', '/api/v1/reports'], report)
  const page = await signIn(browser, town, OWNER)
  await write(page, town)
  await tryOut(page)
  await sharpen(page)
  await page.getByRole('button', { name: 'Enable' }).click()
  await page.getByText('The rule is on. It counts from the next post on.').waitFor()
  await meet(browser, town, reader)
  await undo(page, town)
  assert.ok(await isRead(town, reader, AGAIN), 'the post is back')
  assert.ok(await isRead(town, reader, SPAM), 'what was written before was never touched')
  await readRules(page, town)
  await page.context().close()
}

/** Whether the words stand in the public timeline, as somebody else here reads it. */
async function isRead(town: Town, { token }: Someone, words: string): Promise<boolean> {
  const posts = await ask<{ content: string }[]>(town, token, ['GET', '/api/v1/timelines/public?local=true&limit=40'])
  const plain = words.slice(0, words.indexOf('https:')).trim()
  return posts.some(({ content }) => content.includes(plain))
}

async function write(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/moderation/rules`)
  await page.getByText('There are no rules yet').waitFor()
  await settled(page)
  await lookAt(page, 'no rules')
  await page.getByRole('link', { name: 'New rule' }).click()
  await page.getByLabel('Name of the rule').fill(TITLE)
  await page.getByRole('textbox', { name: 'links to' }).fill('lamps.example')
  await page.getByText('If a post links to lamps.example').waitFor()
}

/** It would have met somebody of the team, too: that is said first. */
async function tryOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('heading', { name: 'Look at these first' }).waitFor()
  const lists = page.locator('.rule-examples')
  assert.match((await lists.first().textContent()) ?? '', new RegExp(`@${OWNER}`))
  assert.match((await lists.last().textContent()) ?? '', new RegExp(`@${TRADER}`))
  assert.deepEqual(await readCounts(page), ['2', '1', '1'], 'met, by reported authors, look innocent')
  await settled(page)
  await lookAt(page, 'rule tried')
}

const readCounts = (page: Page) => page.locator('.rule-count dd').allTextContents()

async function sharpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('combobox', { name: 'What is asked' }).last().selectOption('text')
  await page.getByRole('textbox', { name: 'says' }).fill(PATTERN)
  await page.getByRole('button', { name: 'Run again' }).click()
  await page.getByRole('heading', { name: 'Look at these first' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'The others' }).waitFor()
  assert.deepEqual(await readCounts(page), ['1', '1', '0'])
}

/** The next one waits for a moderator; its author reads that, and nobody else reads the post. */
async function meet(browser: Browser, town: Town, reader: Someone): Promise<void> {
  const page = await signIn(browser, town, TRADER)
  await page.getByRole('button', { name: 'New post' }).first().click()
  await page.getByRole('textbox', { name: 'Text of the post' }).fill(AGAIN)
  await page.getByRole('button', { name: 'Post', exact: true }).click()
  await page
    .getByText(/waits|review|moderator/i)
    .first()
    .waitFor()
  await page.goto(`${town.url}/waiting`)
  await page.getByText('last chance, hurry').waitFor()
  await settled(page)
  await lookAt(page, 'own posts in review')
  await page.context().close()
  assert.equal(await isRead(town, reader, AGAIN), false, 'nobody reads it yet')
}

async function undo(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/moderation/held`)
  await page.getByText(`Held by the rule “${TITLE}”`).waitFor()
  await settled(page)
  await lookAt(page, 'held posts')
  await page.goto(`${town.url}/moderation/rules`)
  await page.getByText('1 post this week').waitFor()
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('heading', { name: 'The last 30 days' }).waitFor()
  await page.getByText('last chance, hurry').waitFor()
  await settled(page)
  await lookAt(page, 'what a rule did')
  await page.getByRole('button', { name: `Take back: @${TRADER}` }).press('Enter')
  await page.getByText('Taken back for 1 post.').waitFor()
  await page.getByText('Taken back', { exact: true }).waitFor()
}

async function readRules(page: Page, town: Town): Promise<void> {
  await page.getByRole('button', { name: 'Switch off' }).click()
  await page.getByText('The rule is off. What it did stays done.').waitFor()
  await page.goto(`${town.url}/moderation/rules`)
  const toggle = page.getByRole('switch', { name: TITLE })
  await toggle.waitFor()
  assert.equal(await toggle.getAttribute('aria-checked'), 'false')
  await settled(page)
  await lookAt(page, 'rules')
}
