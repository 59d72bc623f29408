import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'
import { furnishOnce } from './matrix.ts'

const FOLDER = join(import.meta.dirname, '../snapshots')

/**
 * What a screen reader is told of the main screens, word for word, as `e2e/snapshots` keeps it: roles, names, states, in
 * order. With `update` it is written down anew: `npm run test:e2e -- spoken --update`.
 */
export async function compareSpoken(browser: Browser, town: Town, picture: Buffer, update: boolean): Promise<void> {
  const { reader, writer, subjects } = await furnishOnce(town, picture)
  const before = (await town.hamlet('settings', 'get', 'registrations')).registrations ?? 'closed'
  for (const [name, value] of Object.entries({ title: 'Skerry', registrations: 'closed' }))
    await town.hamlet('settings', 'set', name, value)
  const page = await signIn(browser, town, reader.name)
  const post = `/@${writer.name}/${subjects.post}`
  const screens: Record<string, string> = {
    thread: post,
    profile: `/@${writer.name}`,
    lists: '/lists',
    'edit-list': `/lists/${subjects.list}/edit`,
    filters: '/filters',
    search: '/search',
    'settings-reading': '/settings/reading',
    'settings-look': '/settings/look',
  }
  const heard = new Map<string, string>()
  for (const [name, path] of Object.entries(screens)) heard.set(name, await hear(await open(page, town, path)))
  await page.goto(`${town.url}/home`)
  await settled(page)
  await page.getByRole('link', { name: /Notifications \d+ unread/ }).waitFor()
  heard.set('rail', await hear(page.getByRole('navigation').first()))
  heard.set('card', await hear(page.locator('article.card').first()))
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByRole('button', { name: 'Add a custom emoji' }).waitFor()
  heard.set('composer', await hear(page.getByRole('dialog')))
  await page.context().close()
  const stranger = await browser.newPage()
  const publicOnes = { 'sign-in': '/sign-in', 'public-post': post }
  for (const [name, path] of Object.entries(publicOnes)) heard.set(name, await hear(await open(stranger, town, path)))
  await stranger.close()
  await town.hamlet('settings', 'set', 'registrations', before)
  const changed = [...heard].filter(([name, words]) => !isKnown(name, words, update)).map(([name]) => name)
  console.log(`        ${heard.size} screens were listened to`)
  assert.deepEqual(changed, [], 'are spoken in another way now; if that is meant, run this with --update')
}

async function open(page: Page, town: Town, path: string): Promise<Locator> {
  await page.goto(`${town.url}${path}`)
  await settled(page)
  // What comes last, such as who follows whom, stands for nothing while it is on its way.
  await page.waitForLoadState('networkidle')
  return page.getByRole('main')
}

/** Times and addresses differ from run to run. */
async function hear(part: Locator): Promise<string> {
  const spoken = await part.ariaSnapshot()
  const lines = spoken.split('\n').filter((line) => !/^\s*- \/url:/.test(line))
  return `${lines
    .join('\n')
    .replaceAll(/localhost:\d+/g, 'HOST')
    .replaceAll(/\d+ unread/g, 'N unread')
    .replaceAll(/\b(?:now|\d+ (?:s|sec|min|seconds?|minutes?)(?: ago)?)\b/g, 'AGO')
    .replaceAll(/\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g, 'WEEKDAY')
    .replaceAll(/\b\d{1,2} [A-Z][a-z]{2,8},? \d{4}\b|\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}\b/g, 'DAY')
    .replaceAll(/\b[A-Z][a-z]{2,8} 20\d{2}\b/g, 'MONTH')
    .replaceAll(/\b[\d.]+ [kM]B (?=loaded|saved)/g, 'BYTES ')
    .replaceAll(/\b\d{1,2}:\d{2}(?:[\s\u202F][AP]M)?/g, 'TIME')}\n`
}

function isKnown(name: string, words: string, update: boolean): boolean {
  const file = join(FOLDER, `${name}.txt`)
  if (update) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, words)
    return true
  }
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (kept === words) return true
  console.log(`        ${name} differs:\n${difference(kept, words)}`)
  return false
}

/** Lines that only one of them has. */
function difference(before: string, after: string): string {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const gone = old.filter((line) => !fresh.includes(line)).map((line) => `        - ${line}`)
  const come = fresh.filter((line) => !old.includes(line)).map((line) => `        + ${line}`)
  return [...gone, ...come].slice(0, 20).join('\n')
}
