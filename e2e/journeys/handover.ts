import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/**
 * A public page is the same before and after its script (web-spec P-3): for a stranger to the letter, but for the distance
 * that each time gets as its tooltip; for a member, who gets the app in its place, in every word of every post.
 */
export async function handOver(browser: Browser, town: Town): Promise<void> {
  const posts = (await (await fetch(`${town.url}/api/v1/timelines/public`)).json()) as {
    url: string
    replies_count: number
  }[]
  const thread = new URL(posts.find((post) => post.replies_count > 0)?.url ?? '', town.url).pathname
  const shared = ['/@ines', thread, '/tags/tidepools']
  const alone = [
    '/',
    '/about',
    '/explore',
    `${thread}/embed`,
    '/sign-in',
    '/sign-up',
    '/interact?uri=x',
    '/nowhere-at-all',
  ]
  const without = await browser.newContext({ javaScriptEnabled: false })
  const plain = await without.newPage()
  const context = await browser.newContext()
  const lively = await context.newPage()
  for (const path of [...shared, ...alone]) {
    const before = await readPage(plain, town, path)
    assert.deepEqual(inlineScripts(before), [], `${path} has no script of its own in its text`)
    const after = await readPage(lively, town, path)
    assert.deepEqual(after.split('><'), before.split('><'), `${path} is the same with its script`)
  }
  const member = await signIn(browser, town, 'ines')
  for (const path of shared) {
    await plain.goto(`${town.url}${path}`)
    const words = await wordsOf(plain)
    assert.ok(words.length > 0, `${path} has posts`)
    assert.deepEqual(await wordsInApp(member, town, path), words, `${path} says the same in the app`)
  }
  for (const one of [without, context, member.context()]) await one.close()
}

async function readPage(page: Page, town: Town, path: string): Promise<string> {
  await page.goto(`${town.url}${path}`, { waitUntil: 'load' })
  const html = await page.content()
  // The documented difference, what differs from one answer to the next, and files that a script asked for.
  return html
    .replaceAll(/<link rel="modulepreload"[^>]*>/g, '')
    .replaceAll(/(<time [^>]*?) title="[^"]*"/g, '$1')
    .replaceAll(/name="((form_)?key|stamp)" value="[^"]*"/g, '')
}

/** Scripts without a file, but for blocks of data. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>/g)]
    .map(([, attributes = '']) => attributes)
    .filter((attributes) => !/ src="\/assets\//.test(attributes) && !attributes.includes('application/ld+json'))
}

/** What the posts of a page say, in order; what a warning covers is drawn when it is asked for, in the app. */
function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const open = [...document.querySelectorAll('article')].filter(
      (post) => !post.querySelector('.warning, .card-warning'),
    )
    const words = open.map((post) => post.querySelector('.prose')?.textContent ?? '')
    return words.map((one) => one.replaceAll(/\s+/g, ' ').trim()).filter((one) => one !== '')
  })
}

/** The app takes the page over where it is, without another navigation and without a leap. */
async function wordsInApp(page: Page, town: Town, path: string): Promise<string[]> {
  await page.goto(`${town.url}${path}`)
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
  await page.locator('.rail').waitFor()
  await settled(page)
  assert.ok(await page.evaluate(() => 'isSameDocument' in globalThis), `${path} was taken over without a reload`)
  assert.equal(await page.evaluate(() => scrollY), 0)
  return wordsOf(page)
}
