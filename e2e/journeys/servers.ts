import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { ask, moveIn, type Someone } from '../api.ts'
import { lookAt } from '../look.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const OWNER = 'list_owner'
const LIST = 'Harbour council'
const [SPAM, SCRAPER, RUMOUR] = ['spam.example', 'scraper.example', 'rumour.example']

/** A list of another team as it stood, and as it stands some weeks later: it has thought better of one server. */
const head = '#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n'
const spam = `${SPAM},suspend,true,true,"Sells coins to everybody, all day",false\n`
const scraper = `${SCRAPER},silence,true,false,Copies every post,false\n`
const rumour = `${RUMOUR},suspend,false,false,A quarrel of last winter,false\n`

const file = (content: string) => ({ name: 'council.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })

/** What another team publishes comes in as drafts: two of three are taken, one is given up again when the list does so. */
export async function readList(browser: Browser, town: Town): Promise<void> {
  const owner = await moveIn(town, OWNER, 'owner')
  const page = await signIn(browser, town, OWNER)
  await bring(page, town)
  assert.deepEqual(await treated(town, owner), [], 'a list that was read changes nothing yet')
  await decide(page)
  assert.deepEqual(await treated(town, owner), [
    [SCRAPER, 'silence'],
    [SPAM, 'suspend'],
  ])
  await bringAgain(page, town)
  assert.deepEqual(await treated(town, owner), [[SCRAPER, 'silence']], 'what the list gave up is given up here too')
  await readServer(page, town)
  await page.context().close()
}

/** How servers of the list are treated, as an app of the team reads it. */
async function treated(town: Town, { token }: Someone): Promise<[string, string][]> {
  type Block = { domain: string; severity: string }
  const blocks = await ask<Block[]>(town, token, ['GET', '/api/v1/admin/domain_blocks?limit=200'])
  return blocks
    .filter(({ domain }) => [SPAM, SCRAPER, RUMOUR].includes(domain))
    .map(({ domain, severity }): [string, string] => [domain, severity])
    .sort(([a], [b]) => a.localeCompare(b))
}

async function bring(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/moderation/lists`)
  await page.getByText('No list is read here').waitFor()
  await lookAt(page, 'no list')
  await page.getByLabel('Name of the list').fill(LIST)
  await page.getByLabel('or a file (CSV)').setInputFiles(file(head + spam + scraper + rumour))
  await page.getByRole('button', { name: 'Read it' }).click()
  await page.getByText('3 changes to decide, 0 as today').waitFor()
  await page.getByText('3 servers · 3 to decide').waitFor()
  await lookAt(page, 'lists')
}

async function decide(page: Page): Promise<void> {
  await page.getByRole('link', { name: LIST }).click()
  await page.getByRole('heading', { name: LIST }).waitFor()
  await page.getByText('Sells coins to everybody, all day').waitFor()
  await settled(page)
  await lookAt(page, 'drafts of a list')
  await page.getByRole('button', { name: `Accept ${SPAM}` }).click()
  await page.getByText(`${SPAM} is treated so from now on.`).waitFor()
  await page.getByRole('button', { name: `Decline ${RUMOUR}` }).click()
  await page.getByText(`${RUMOUR} stays as it is.`).waitFor()
  await page.getByRole('button', { name: `Accept ${SCRAPER}` }).press('Enter')
  await page.getByText('Nothing to decide').waitFor()
}

/** A newer file of the same list asks for nothing but what is different since. */
async function bringAgain(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/moderation/lists`)
  const newer = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: `Bring a newer file of ${LIST}` }).press('Enter')
  await (await newer).setFiles(file(head + scraper + rumour))
  await page.getByText('1 change to decide, 1 as today').waitFor()
  await page.getByRole('link', { name: LIST }).click()
  await page.getByText('The list names it no more. Today: Shut out').waitFor()
  assert.equal(await page.getByText(RUMOUR).count(), 0, 'what was declined is not asked again')
  await settled(page)
  await lookAt(page, 'retraction')
  await page.getByRole('button', { name: `Accept ${SPAM}` }).click()
  await page.getByText('Nothing to decide').waitFor()
}

async function readServer(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/moderation/servers`)
  await page.getByLabel('Show').selectOption('treated')
  await page.getByText(SCRAPER).waitFor()
  assert.equal(await page.getByText(SPAM).count(), 0)
  await lookAt(page, 'servers with a policy')
  await page.getByText(SCRAPER).click()
  await page.getByRole('heading', { name: SCRAPER }).waitFor()
  await page.getByText('How it is treated').waitFor()
  await settled(page)
  await lookAt(page, 'one server')
}
