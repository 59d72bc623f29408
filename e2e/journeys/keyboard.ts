import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { ask, moveIn, PASSWORD, type Someone } from '../api.ts'
import type { Town } from '../town.ts'
import { walk, type Walker } from '../walker.ts'

type Task = (walker: Walker, stage: Stage) => Promise<unknown>
type Stage = { town: Town; writer: Someone; reader: Someone; picture: Buffer; asked: string }

const POSTS = 60

/** Everyday tasks with keys alone (web-spec 12): seen at every stop, never held, and back where one was. */
export async function walkByKeys(browser: Browser, town: Town, picture: Buffer, all: boolean): Promise<void> {
  const [reader, writer] = [await moveIn(town, 'kestrel'), await moveIn(town, 'merlin')]
  await ask(town, reader.token, ['POST', `/api/v1/accounts/${writer.id}/follow`])
  const say = (json: Record<string, unknown>) =>
    ask<{ url: string }>(town, writer.token, ['POST', '/api/v1/statuses'], json)
  for (let number = 1; number <= POSTS; number += 1) await say({ status: `Catch ${number}` })
  const { url: asked } = await say({
    status: 'Which tide?',
    poll: { options: ['The early one', 'The late one'], expires_in: 3600 },
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem('hamlet-hold-seconds', '0'))
  const stage = { town, reader, writer, picture, asked }
  const spent: string[] = []
  for (const [name, task] of Object.entries(all ? { ...usual, ...others } : usual)) {
    const walker = walk(page)
    await task(walker, stage).catch((error: unknown) => {
      throw new Error(`Without a mouse: ${name}`, { cause: error })
    })
    spent.push(`${name} ${walker.stops()}`)
  }
  console.log(`        stops by keys: ${spent.join(', ')}`)
  await context.close()
}

/** These are walked at every test run. */
const usual: Record<string, Task> = { 'sign in': enter, 'read 50 posts': read, 'open a thread': openThread, vote }
const others: Record<string, Task> = {
  'reply with a picture': reply,
  'thread of three': writeThread,
  search,
  follow,
  filter,
  list,
  report,
}

async function enter(walker: Walker, { town, reader }: Stage): Promise<void> {
  const { page, reach, type, press } = walker
  await page.goto(`${town.url}/sign-in`)
  await reach(page.getByLabel('E-mail or name'))
  await type(reader.name)
  await reach(page.getByLabel('Password'))
  await type(PASSWORD)
  await press('Enter')
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  assert.ok(await isFocused(page, 'h1'), 'the new screen has the focus on its heading')
}

const isFocused = (page: Page, selector: string) =>
  page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector)
const focusedPost = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('article')?.dataset.id ?? '')

async function home({ page }: Walker, { town }: Stage): Promise<void> {
  await page.goto(`${town.url}/home`)
  await page.locator('article.card').first().waitFor()
}

async function read(walker: Walker, stage: Stage): Promise<void> {
  await home(walker, stage)
  const seen: string[] = []
  // At the end of what is there the key waits for more.
  for (let count = 0; count < 90 && seen.length < 50; count += 1) {
    await walker.press('j')
    await walker.look()
    const id = await focusedPost(walker.page)
    if (id === seen.at(-1)) await walker.page.waitForTimeout(100)
    else seen.push(id)
  }
  assert.equal(new Set(seen).size, 50, 'the key goes from post to post')
  const inTime = [...seen].sort((a, b) => Number(BigInt(b) - BigInt(a)))
  assert.deepEqual(seen, inTime, 'the order of the focus is that of the posts')
  await walker.press('k')
  assert.equal(await focusedPost(walker.page), seen.at(-2))
}

async function openThread(walker: Walker): Promise<void> {
  const { page, press, reach } = walker
  const left = await focusedPost(page)
  await press('Enter')
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  await reach(page.getByRole('button', { name: 'Back' }), 'Shift+Tab')
  await press('Enter')
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  await page.waitForFunction((id) => document.activeElement?.closest('article')?.dataset.id === id, left)
}

async function vote({ page, press, reach }: Walker, { asked }: Stage): Promise<void> {
  await page.goto(asked)
  await reach(page.getByRole('radio', { name: 'The early one' }))
  await press('ArrowDown')
  await reach(page.getByRole('button', { name: 'Vote' }))
  await press('Enter')
  await page.getByText('1 vote', { exact: false }).first().waitFor()
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'the focus is not lost')
}

async function reply(walker: Walker, stage: Stage): Promise<void> {
  const { page, press, reach, type } = walker
  await home(walker, stage)
  await press('j')
  const left = await focusedPost(page)
  await press('r')
  const dialog = page.getByRole('dialog')
  await reach(dialog.getByLabel('Text of the post'))
  await type('Here it is. ')
  await reach(dialog.getByRole('button', { name: 'Add a picture' }))
  // The window that the system opens for files is not a part of the page.
  const file = { name: 'catch.png', mimeType: 'image/png', buffer: stage.picture }
  await dialog.getByLabel('Choose pictures').setInputFiles(file)
  await reach(dialog.getByLabel('Description'), 'Shift+Tab')
  await type('A basket of mackerel')
  await dialog.getByText('Sending').waitFor({ state: 'detached' })
  await sendIt(walker)
  await page.waitForFunction((id) => document.activeElement?.closest('article')?.dataset.id === id, left)
}

/** The composer closes at once; who leaves the page before the answer sends from the outbox, later. */
async function sendIt({ page, press }: Walker): Promise<void> {
  const answered = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && /\/statuses(\/thread)?$/.test(new URL(answer.url()).pathname),
  )
  await press('Control+Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.ok((await answered).ok(), 'the post is taken')
}

async function writeThread(walker: Walker, stage: Stage): Promise<void> {
  const { page, press, type, reach } = walker
  await home(walker, stage)
  await press('n')
  const field = page.getByRole('dialog').getByLabel('Text of the post')
  await reach(field)
  for (const [index, words] of ['First of three', 'Second of three', 'Third of three'].entries()) {
    await type(words)
    if (index < 2) await press('Control+Shift+Enter')
  }
  await sendIt(walker)
  await page.goto(`${stage.town.url}/@${stage.reader.name}`)
  for (const which of ['First', 'Second', 'Third']) await page.getByText(`${which} of three`).first().waitFor()
}

async function search(walker: Walker, stage: Stage): Promise<void> {
  const { page, press, type, reach } = walker
  await home(walker, stage)
  await press('/')
  await page.getByRole('heading', { name: 'Search' }).waitFor()
  await reach(page.getByRole('main').getByLabel('Search', { exact: true }))
  await type(stage.writer.name)
  await press('Enter')
  await reach(page.getByRole('link', { name: `@${stage.writer.name}` }))
  await press('Enter')
  await page.getByRole('button', { name: 'Following' }).waitFor()
}

/** Out and in again, from the profile that the search has led to. */
async function follow({ page, press, reach }: Walker, { writer, town }: Stage): Promise<void> {
  await page.goto(`${town.url}/@${writer.name}`)
  await reach(page.getByRole('button', { name: 'Following' }))
  await press('Enter')
  await reach(page.getByRole('button', { name: /^Follow\b(?!ing)/ }))
  await press('Enter')
  await page.getByRole('button', { name: 'Following' }).waitFor()
}

async function filter({ page, press, reach, type }: Walker, { town }: Stage): Promise<void> {
  await page.goto(`${town.url}/filters`)
  await reach(page.getByRole('button', { name: 'New filter' }))
  await press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New filter' })
  await reach(dialog.getByLabel('Word or phrase 1'))
  await type('barnacle')
  await reach(dialog.getByRole('button', { name: 'Add filter' }))
  await press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('main').getByText('barnacle').first().waitFor()
  assert.ok(await isFocused(page, 'button'), 'the focus is back at the button that opened the dialog')
}

async function list({ page, press, reach, type }: Walker, { town }: Stage): Promise<void> {
  await page.goto(`${town.url}/lists`)
  await reach(page.getByLabel('New list'))
  await type('Falcons')
  await press('Enter')
  await page.getByRole('heading', { name: 'Falcons' }).waitFor()
}

async function report({ page, press, reach, type }: Walker, stage: Stage): Promise<void> {
  await page.goto(stage.asked)
  await reach(page.getByRole('main').getByRole('button', { name: 'More' }))
  await press('Enter')
  const item = page.getByRole('menuitem', { name: `Report ${stage.writer.name}` })
  for (let count = 0; count < 20 && !(await item.evaluate((one) => one === document.activeElement)); count += 1)
    await press('ArrowDown')
  await press('Enter')
  const sheet = page.getByRole('dialog', { name: `Report ${stage.writer.name}` })
  await reach(sheet.getByRole('radio'))
  await press('Space')
  for (let step = 0; step < 2; step += 1) {
    await reach(sheet.getByRole('button', { name: 'Next' }))
    await press('Enter')
  }
  await reach(sheet.getByLabel('Anything they should know?'))
  await type('It is a test of the keys.')
  await reach(sheet.getByRole('button', { name: 'Send report' }))
  await press('Enter')
  await page.getByText('The moderators have it now.').waitFor()
}
