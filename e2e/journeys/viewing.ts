import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const POSTS = 30
const DESCRIPTIONS = ['A pier', 'A boat under sail', 'A lighthouse', '']

/** A picture is opened from a card, looked at, passed on from, and left; nothing behind it has moved (web-spec 4.17). */
export async function viewPictures(browser: Browser, town: Town, drawPicture: () => Buffer): Promise<void> {
  const id = await furnish(town, drawPicture)
  const page = await signIn(browser, town, 'vera')
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const card = page.locator(`article[data-id="${id}"]`)
  await reach(page, id)
  const second = card.locator('.picture a').nth(1)
  const before = await placeOf(page)

  await second.click()
  const viewer = page.getByRole('dialog', { name: 'Picture' })
  await viewer.getByRole('region', { name: 'Picture 2 of 4: A boat under sail' }).waitFor()
  const path = `/@vera/${id}`
  assert.equal(addressOf(page), `${path}?media=2`)
  await viewer.locator('img[alt="A boat under sail"]').waitFor()
  await checkAxe(page, 'a picture, whole')

  await page.keyboard.press('ArrowRight')
  await viewer.getByRole('region', { name: 'Picture 3 of 4' }).waitFor()
  assert.equal(addressOf(page), `${path}?media=3`)
  await page.keyboard.press('ArrowRight')
  await viewer.getByText('No description').waitFor()
  await page.keyboard.press('Home')
  await viewer.getByRole('region', { name: 'Picture 1 of 4' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await lookClosely(page)
  await viewer.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('menuitem', { name: 'Turn' }).waitFor()
  await page.keyboard.press('Escape')
  assert.equal(addressOf(page), `${path}?media=2`, 'Escape closes one layer at a time')

  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'detached' })
  assert.equal(addressOf(page), '/home')
  assert.equal(await placeOf(page), before, 'the list has not moved')
  assert.ok(await second.evaluate((link) => link === document.activeElement), 'focus is where it was')

  await openMenuBelow(page)
  await reloadAndLeave(page, path)
  await readOnPhone(page, path)
  assert.deepEqual(faults, [], 'no script failed on the way')
  await page.context().close()
}

const addressOf = (page: Page) => page.url().replace(/^https?:\/\/[^/]+/, '')
const placeOf = (page: Page) => page.evaluate(() => scrollY)

/** `vera` has posted four pictures, one of them without a description, and enough around them to scroll; gives the id. */
async function furnish(town: Town, drawPicture: () => Buffer): Promise<string> {
  const mail = ['--email', 'vera@example.org', '--password', 'eleven anemones', '--confirmed']
  await town.hamlet('accounts', 'create', 'vera', ...mail)
  const token = (await town.hamlet('tokens', 'create', 'vera', '--scopes', 'read write')).access_token ?? ''
  const upload = async (description: string) => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(drawPicture())], 'picture.png', { type: 'image/png' }))
    if (description !== '') form.set('description', description)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${town.url}/api/v2/media`, { method: 'POST', headers, body: form })
    assert.equal(answer.status, 200)
    return ((await answer.json()) as { id: string }).id
  }
  const write = (from: number) =>
    Promise.all(Array.from({ length: POSTS / 2 }, (_, at) => town.post(token, { status: `Note ${from + at}` })))
  await write(0)
  const media_ids: string[] = []
  for (const description of DESCRIPTIONS) media_ids.push(await upload(description))
  const { id } = await town.post(token, { status: 'Four pictures', media_ids })
  await write(POSTS / 2)
  return id
}

/** Scrolls to the post with pictures, so that one of them is cut off by the window. */
async function reach(page: Page, id: string): Promise<void> {
  const card = page.locator(`article[data-id="${id}"]`)
  await page.mouse.move(600, 500)
  for (let step = 0; step < 60 && (await card.count()) === 0; step += 1) {
    await page.mouse.wheel(0, 300)
    await page.waitForTimeout(50)
  }
  await card.locator('.picture').nth(3).scrollIntoViewIfNeeded()
  await page.waitForTimeout(300)
}

async function lookClosely(page: Page): Promise<void> {
  const picture = page.locator('.viewer-picture')
  const width = async () => (await picture.boundingBox())?.width ?? 0
  const whole = await width()
  for (const _ of [1, 2]) await page.keyboard.press('+')
  assert.ok((await width()) > whole * 2, 'the plus key enlarges')
  await page.keyboard.press('0')
  assert.equal(await width(), whole, 'the nought shows it whole again')
  const box = await page.locator('.viewer-stage').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.wheel(0, -400)
  await page.waitForFunction((least) => {
    const drawn = document.querySelector('.viewer-picture')
    return drawn !== null && drawn.getBoundingClientRect().width > least
  }, whole * 1.5)
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2)
  assert.equal(await width(), whole, 'a double click shows it whole again')
}

/** The menu of a card at the lower edge stays inside the window, and its last row can be reached. */
async function openMenuBelow(page: Page): Promise<void> {
  const more = page.locator('article .act[aria-haspopup=menu]').last()
  await more.evaluate((one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 10))
  await more.click()
  const box = await page.getByRole('menu').boundingBox()
  const high = await page.evaluate(() => innerHeight)
  assert.ok(box && box.y >= 0 && box.y + box.height <= high, `the menu is inside the window: ${JSON.stringify(box)}`)
  await page.keyboard.press('End')
  assert.ok(await page.getByRole('menuitem').last().isVisible())
  await page.keyboard.press('Escape')
}

/** The address is enough to be shown the same picture, and Back leads to where the reader was. */
async function reloadAndLeave(page: Page, path: string): Promise<void> {
  await page.goForward()
  const shown = page.getByRole('region', { name: 'Picture 2 of 4' })
  await shown.waitFor()
  await page.reload()
  await shown.waitFor()
  assert.equal(addressOf(page), `${path}?media=2`)
  await page.getByRole('heading', { name: 'Home', includeHidden: true, exact: true }).waitFor({ state: 'attached' })
  await page.goBack()
  await shown.waitFor({ state: 'detached' })
  assert.equal(addressOf(page), '/home')
}

/** Whoever is sent the address sees the picture over its post, and the post when it is closed; on a phone by a stroke. */
async function readOnPhone(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(new URL(`${path}?media=2`, page.url()).href)
  await page.getByRole('region', { name: 'Picture 2 of 4' }).waitFor()
  await page.locator('.viewer img[alt="A boat under sail"]').waitFor()
  await checkAxe(page, 'a picture on a phone')
  await page.getByRole('button', { name: 'Hide the description' }).click()
  await page.locator('.viewer-panel').getByText('Four pictures').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  assert.equal(addressOf(page), path)
}
