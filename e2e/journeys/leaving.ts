import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { ask, moveIn, PASSWORD, upload, type Someone } from '../api.ts'
import { checkAxe } from '../axe.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import { startTown, type Town } from '../town.ts'

const FILES = ['follows', 'lists', 'mutes', 'blocks', 'domain_blocks', 'bookmarks'].map((name) => `${name}.csv`)
const PATIENCE_MS = 20_000

/** Somebody leaves a town with everything that is theirs, arrives in another one, and takes their followers along. */
export async function leaveAndArrive(browser: Browser, old: Town, picture: Buffer): Promise<void> {
  const next = await startTown()
  try {
    const [mia, fan, arrived] = [await moveIn(old, 'mia'), await moveIn(old, 'fan'), await moveIn(next, 'mia')]
    const friend = await moveIn(next, 'friend')
    await live(old, next, { mia, picture })
    await ask(old, fan.token, ['POST', `/api/v1/accounts/${mia.id}/follow`], {})
    const oldHere = await find(next, friend, `mia@${new URL(old.url).host}`)
    await ask(next, friend.token, ['POST', `/api/v1/accounts/${oldHere}/follow`], {})
    const files = await takeAlong(browser, old)
    await bringAll(browser, next, files)
    await until(async () => (await countAll(next, arrived)) === (await countAll(old, mia)), 'all of it is there')
    await move(browser, { old, next })
    await until(async () => (await followersOf(next, arrived)).length === 2, 'both followers have arrived')
    const shown = await ask<{ moved?: { url: string } }>(old, fan.token, ['GET', `/api/v1/accounts/${mia.id}`])
    assert.equal(shown.moved?.url, `${next.url}/@mia`, 'the old account says where')
  } finally {
    await next.stop()
  }
}

async function find(town: Town, who: Someone, acct: string): Promise<string> {
  const path = `/api/v2/search?resolve=true&q=${encodeURIComponent(`@${acct}`)}`
  const found = await ask<{ accounts: { id: string }[] }>(town, who.token, ['GET', path])
  assert.ok(found.accounts[0], `${acct} is found`)
  return found.accounts[0].id
}

/** Something of everything that can be taken along. */
async function live(old: Town, next: Town, { mia, picture }: { mia: Someone; picture: Buffer }): Promise<void> {
  const act = (path: string, json: Record<string, unknown> = {}) => ask(old, mia.token, ['POST', path], json)
  const there = await find(old, mia, `friend@${new URL(next.url).host}`)
  const [muted, blocked] = [await moveIn(old, 'muted'), await moveIn(old, 'blocked')]
  await act(`/api/v1/accounts/${there}/follow`)
  await act(`/api/v1/accounts/${muted.id}/mute`)
  await act(`/api/v1/accounts/${blocked.id}/block`)
  await act('/api/v1/domain_blocks', { domain: 'noisy.example' })
  await until(
    async () => (await countOf(old, mia, `/api/v1/accounts/${mia.id}/following`)) === 1,
    'the follow is accepted',
  )
  const list = await act('/api/v1/lists', { title: 'Rowers' })
  await act(`/api/v1/lists/${list.id}/accounts`, { account_ids: [there] })
  await act('/api/v2/filters', { title: 'Noise', context: ['home'], keywords_attributes: [{ keyword: 'noise' }] })
  const said = await old.post(mia.token, { status: 'oars' })
  await act(`/api/v1/statuses/${said.id}/bookmark`)
  const media = await upload(old, mia.token, picture, 'Four boats')
  await old.post(mia.token, { status: 'boats', media_ids: [media] })
}

const countOf = async (town: Town, who: Someone, path: string) =>
  (await ask<unknown[]>(town, who.token, ['GET', path])).length

/** How much somebody has of each; posts with those that have a picture. */
async function countAll(town: Town, who: Someone): Promise<string> {
  const own = `/api/v1/accounts/${who.id}`
  const paths = [`${own}/following`, '/api/v1/mutes', '/api/v1/blocks', '/api/v1/domain_blocks', '/api/v1/lists']
  const more = ['/api/v1/bookmarks', '/api/v2/filters', `${own}/statuses`, `${own}/statuses?only_media=true`]
  const counts = []
  for (const path of [...paths, ...more]) counts.push(`${path.replace(own, '')} ${await countOf(town, who, path)}`)
  return counts.join(', ')
}

const followersOf = (town: Town, who: Someone) =>
  ask<unknown[]>(town, who.token, ['GET', `/api/v1/accounts/${who.id}/followers`])

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 200) {
    if (await isSo()) return
    await new Promise((done) => setTimeout(done, 200))
  }
  assert.fail(`not within ${PATIENCE_MS / 1000} s: ${what}`)
}

type Files = { name: string; buffer: Buffer }[]

/** Every list and the archive, by the buttons of the page. */
async function takeAlong(browser: Browser, town: Town): Promise<Files> {
  const page = await signIn(browser, town, 'mia')
  await page.goto(`${town.url}/settings/data`)
  await settled(page)
  await checkAxe(page, 'your data')
  const files: Files = []
  for (const name of [...FILES, 'custom_filters.json'])
    files.push({ name, buffer: await download(page, `a[download="${name}"]`) })
  await page.getByRole('button', { name: 'Pack it' }).click()
  const link = 'a[href$="/archive.zip"]'
  await page.locator(link).waitFor({ timeout: PATIENCE_MS })
  files.push({ name: 'archive.zip', buffer: await download(page, link) })
  await page.context().close()
  return files
}

async function download(page: Page, selector: string): Promise<Buffer> {
  const [begun] = await Promise.all([page.waitForEvent('download'), page.locator(selector).click()])
  const pieces: Buffer[] = []
  for await (const piece of await begun.createReadStream()) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const MIME = { csv: 'text/csv', json: 'application/json', zip: 'application/zip' } as Record<string, string>

async function bringAll(browser: Browser, town: Town, files: Files): Promise<void> {
  const page = await signIn(browser, town, 'mia')
  await page.goto(`${town.url}/settings/data`)
  await settled(page)
  for (const { name, buffer } of files) {
    const mimeType = MIME[name.split('.').at(-1) as string]
    const isArchive = name === 'archive.zip'
    const group = page.locator(isArchive ? '#old-posts' : '#import').locator('xpath=..')
    const field = page.locator(`input[type=file][accept^="${isArchive ? '.zip' : '.csv'}"]`)
    await group.first().scrollIntoViewIfNeeded()
    await field.setInputFiles({ name, mimeType, buffer })
    const preview = page.getByRole('region', { name: 'What would become of it' })
    await preview.waitFor()
    await preview.locator('button.button-primary').click()
    await preview.waitFor({ state: 'detached' })
  }
  await checkAxe(page, 'what was brought')
  await page.context().close()
}

/** The new account says who it was; then the old one moves. */
async function move(browser: Browser, { old, next }: { old: Town; next: Town }): Promise<void> {
  const there = await signIn(browser, next, 'mia')
  await there.goto(`${next.url}/settings/moving`)
  await there.getByLabel('Your old account').fill(`@mia@${new URL(old.url).host}`)
  await there.getByRole('button', { name: 'This was me' }).click()
  await there.getByRole('button', { name: /^Remove / }).waitFor()
  await checkAxe(there, 'moving here')
  await there.context().close()
  const here = await signIn(browser, old, 'mia')
  await here.goto(`${old.url}/settings/moving`)
  await here.locator('#target').fill(`@mia@${new URL(next.url).host}`)
  await here.locator('#target-password').fill(PASSWORD)
  await checkAxe(here, 'moving away')
  await here.getByRole('button', { name: /^Move with 2 followers/ }).click()
  await here.getByRole('button', { name: 'Use it again' }).waitFor()
  await checkAxe(here, 'moved')
  await here.context().close()
}
