import assert from 'node:assert/strict'
import type { Browser, Locator, Page } from 'playwright-core'
import { ask, moveIn } from '../api.ts'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const POSTS = 200
const FAR_DOWN = 36_000
const MOST_DRIFT = 1

/**
 * Home keeps its place: back from a post, when posts arrive, when they are let in, after a reload, on another device, and
 * when a gap is filled from below and from above (web-spec I-4, I-5).
 */
export async function keepReading(browser: Browser, town: Town): Promise<void> {
  const token = await furnish(town)
  for (let number = 1; number <= POSTS; number += 1) await town.post(token, { status: wordsOf(number) })
  const page = await signIn(browser, town, 'reed')
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.getByText(`Post ${POSTS}.`).waitFor()
  await scrollDown(page, FAR_DOWN)
  const seen = await cardInView(page)
  const drifts = {
    back: await backFromPost(page, seen.id),
    arrival: await arrive(page, town, token),
    merge: await letIn(page),
    reload: await reload(page),
  }
  const left = await firstWhole(page)
  await isMarked(page, left)
  const other = await signIn(browser, town, 'reed')
  other.on('pageerror', (error) => faults.push(error.message))
  await other.locator(`article[data-id="${left}"]`).waitFor()
  await other.waitForTimeout(500)
  assert.equal(await firstWhole(other), left, 'another device goes on at the same post')
  Object.assign(drifts, {
    fromBelow: await fillGap(other, 'Load newer ones'),
    fromAbove: await fillGap(other, 'Load older ones'),
  })
  console.log(`        reading place, px of drift from ${FAR_DOWN} px down: ${JSON.stringify(drifts)}`)
  for (const [name, drift] of Object.entries(drifts))
    assert.ok(Math.abs(drift) <= MOST_DRIFT, `${name} moved ${drift} px`)
  await checkAxe(other, 'home, far down')
  assert.deepEqual(faults, [], 'no script failed on the way')
  await page.context().close()
  await other.context().close()
}

/** `reed` follows `wren`, who writes; gives the token of `wren`. */
async function furnish(town: Town): Promise<string> {
  const [reader, writer] = [await moveIn(town, 'reed'), await moveIn(town, 'wren')]
  await ask(town, reader.token, ['POST', `/api/v1/accounts/${writer.id}/follow`])
  return writer.token
}

const line = 'Ferry’s out until Thursday, so the bay belongs to the small ones again.'
const wordsOf = (number: number) => [`Post ${number}.`, ...Array.from({ length: number % 5 }, () => line)].join('\n\n')

async function scrollDown(page: Page, far: number): Promise<void> {
  await page.mouse.move(600, 500)
  for (let step = 0; step < 500 && (await page.evaluate(() => scrollY)) < far; step += 1) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(30)
  }
  assert.ok((await page.evaluate(() => scrollY)) >= far, 'the list goes on')
  await page.waitForTimeout(500)
}

/** A card that is whole in the window. */
function cardInView(page: Page): Promise<{ id: string; top: number }> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll<HTMLElement>('.column article.card')]
    const card = cards.find((one) => one.getBoundingClientRect().top > 120)
    return { id: card?.dataset.id ?? '', top: card?.getBoundingClientRect().top ?? 0 }
  })
}

/** Found and measured in one go: a card that is drawn anew in between would be nowhere, at 0. */
async function topOf(page: Page, id: string): Promise<number> {
  const selector = `article[data-id="${id}"]`
  await page.locator(selector).waitFor()
  const top = await page.waitForFunction((one) => {
    const card = document.querySelector(one)
    return card && { top: card.getBoundingClientRect().top }
  }, selector)
  return (await top.jsonValue())?.top ?? Number.NaN
}

async function backFromPost(page: Page, id: string): Promise<number> {
  const card = page.locator(`article[data-id="${id}"]`)
  await card.locator('.card-time').scrollIntoViewIfNeeded()
  const before = await topOf(page, id)
  await card.locator('.card-time').click()
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  const after = await topOf(page, id)
  await page.waitForFunction((one) => document.activeElement?.closest('article')?.dataset.id === one, id)
  return after - before
}

const NEW = 15

async function arrive(page: Page, town: Town, token: string): Promise<number> {
  const { id, top } = await cardInView(page)
  for (let number = 1; number <= NEW; number += 1) await town.post(token, { status: `New ${number}` })
  await page.getByText(`${NEW} new posts`).waitFor()
  return (await topOf(page, id)) - top
}

/** With Shift the new ones come in above, and the reader stays. */
async function letIn(page: Page): Promise<number> {
  const { id, top } = await cardInView(page)
  await page.getByText(`${NEW} new posts`).click({ modifiers: ['Shift'] })
  await page.getByText(`${NEW} new posts`).waitFor({ state: 'detached' })
  await page.waitForTimeout(500)
  return (await topOf(page, id)) - top
}

async function reload(page: Page): Promise<number> {
  await page.mouse.wheel(0, 40)
  await page.waitForTimeout(800)
  const { id, top } = await cardInView(page)
  await page.reload()
  await page.locator(`article[data-id="${id}"]`).waitFor()
  await page.waitForTimeout(500)
  return (await topOf(page, id)) - top
}

/** Until the server knows where home was left. */
async function isMarked(page: Page, id: string): Promise<void> {
  const path = new URL('/api/v1/markers?timeline[]=hamlet_home_place', page.url()).href
  let told = ''
  for (let look = 0; look < 100; look += 1) {
    told = await (await page.request.get(path)).text()
    if (told.includes(`"${id}"`)) return
    await page.waitForTimeout(50)
  }
  assert.fail(`home was left at ${id}, but told was ${told}`)
}

/** The first card that is whole below the title. */
function firstWhole(page: Page): Promise<string> {
  return page.evaluate(() => {
    const from = document.querySelector('.column-head')?.getBoundingClientRect().bottom ?? 0
    const cards = [...document.querySelectorAll<HTMLElement>('.column article.card')]
    return cards.find((one) => one.getBoundingClientRect().top >= from - 1)?.dataset.id ?? ''
  })
}

/** Reads into the gap; how far the post beside it has moved that the reader came from, at worst, until all is at rest. */
async function fillGap(page: Page, button: 'Load newer ones' | 'Load older ones'): Promise<number> {
  const gap = page.locator('.gap-row')
  await page.mouse.move(600, 500)
  for (let step = 0; step < 300 && !(await isInside(gap)); step += 1) {
    await page.mouse.wheel(0, -300)
    await page.waitForTimeout(40)
  }
  await page.waitForTimeout(500)
  const beside = await gap.evaluate((one, isBelow) => {
    const rows = [...document.querySelectorAll('.feed-row')]
    const at = rows.findIndex((each) => each.contains(one))
    // The nearest post on that side: a line of another kind may stand between.
    const side = isBelow ? rows.slice(at + 1) : rows.slice(0, at).toReversed()
    return side.map((row) => row.querySelector<HTMLElement>('article')?.dataset.id).find(Boolean) ?? ''
  }, button === 'Load newer ones')
  const before = await topOf(page, beside)
  const read = page.waitForResponse((answer) => /timelines\/home\?.*(min|since)_id=/.test(answer.url()))
  await page.getByRole('button', { name: button }).click()
  await read
  let worst = 0
  for (let look = 0; look < 20; look += 1) {
    const drift = (await topOf(page, beside)) - before
    if (Math.abs(drift) > Math.abs(worst)) worst = drift
    await page.waitForTimeout(50)
  }
  return worst
}

async function isInside(gap: Locator): Promise<boolean> {
  if ((await gap.count()) === 0) return false
  const { top, bottom } = await gap.first().evaluate((one) => one.getBoundingClientRect())
  return top > 250 && bottom < 700
}
