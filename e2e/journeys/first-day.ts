import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe, spentOnAxe } from '../axe.ts'
import type { Town } from '../town.ts'

const words = {
  title: 'Skerry',
  post: 'Ferry’s out until Thursday, so the bay belongs to the small ones again. #SlowHarbour',
  described: 'Four sailing boats on flat water at dusk',
}

/** From the link on the terminal to a post with a picture that a stranger reads without JavaScript. */
export async function firstDay(browser: Browser, town: Town, picture: Buffer): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const effort = await countEffort(page)
  await setUp(page, town)
  await compose(page, picture)
  effort.assertFew()
  const address = await readAsStranger(browser, town)
  await openThread(page, address)
  assert.deepEqual(faults, [], 'no script failed on the way')
  await context.close()
}

/** What the way from the link to the first post with a picture may cost; a fault is one click more. */
const EFFORT = { steps: 9, clicks: 13 }
const FAULTS = 2

/** Counts pages that were shown, and presses of the mouse; choosing the picture is one more, which has no press here. */
async function countEffort(page: Page): Promise<{ assertFew(): void }> {
  const titles = new Set<string>()
  let clicks = 1
  const from = performance.now()
  await page.exposeFunction('hamletShown', (title: string) => void titles.add(title))
  await page.exposeFunction('hamletPressed', () => void (clicks += 1))
  await page.addInitScript(() => {
    const tell = window as unknown as { hamletShown(title: string): void; hamletPressed(): void }
    addEventListener('DOMContentLoaded', () => tell.hamletShown(document.querySelector('h1')?.textContent ?? ''))
    addEventListener('pointerdown', () => tell.hamletPressed(), true)
  })
  return {
    assertFew: () => {
      const steps = titles.size
      const seconds = (performance.now() - from - spentOnAxe(page)) / 1000
      const needed = clicks - FAULTS
      console.log(
        `        set-up to the first picture: ${steps} pages, ${needed} clicks, ${seconds.toFixed(1)} s by machine`,
      )
      assert.deepEqual({ steps, clicks: needed }, EFFORT)
    },
  }
}

async function setUp(page: Page, town: Town): Promise<void> {
  await page.goto(town.setUpLink())
  await checkAxe(page, 'set-up: welcome')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Name').fill('noa')
  await page.getByLabel('E-mail').fill('noa@example.org')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Make this server mine' }).click()
  assert.ok(await page.getByText('Password needs 8 characters or more.').isVisible())
  await checkAxe(page, 'set-up: account, with a fault')
  await page.getByLabel('Password').fill('eleven anemones')
  await page.getByRole('button', { name: 'Make this server mine' }).click()
  await page.getByLabel('Name').fill(words.title)
  await page.getByLabel('In one sentence').fill('A small server for people who live by the sea.')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('People ask, you decide').click()
  await checkAxe(page, 'set-up: who may join')
  await page.getByRole('button', { name: 'Continue' }).click()
  assert.match(await page.getByLabel('Rules').inputValue(), /Be a good neighbour/)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Start empty').click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Host name').fill('https://example.org')
  await page.getByRole('button', { name: 'Continue' }).click()
  assert.ok(await page.getByText('Host name must be the name alone, such as example.org.').isVisible())
  await checkAxe(page, 'set-up: address, with a fault')
  await page.getByLabel('Host name').fill('')
  await page.getByRole('button', { name: 'Continue' }).click()
  assert.ok(await page.getByRole('heading', { name: `${words.title} is open` }).isVisible())
  await page.getByRole('link', { name: 'Go home' }).click()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  await page.getByText('Your home is quiet').waitFor()
  await checkAxe(page, 'home, empty')
}

async function compose(page: Page, picture: Buffer): Promise<void> {
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'New post' })
  await dialog.waitFor()
  await dialog.getByLabel('Text of the post').fill(words.post)
  await dialog
    .getByLabel('Choose pictures')
    .setInputFiles({ name: 'boats.png', mimeType: 'image/png', buffer: picture })
  await dialog.getByLabel('Description').fill(words.described)
  await checkAxe(page, 'composer')
  await dialog.getByText('Sending').waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('article', { name: 'noa' }).getByText('Ferry').waitFor()
  assert.ok(await page.getByAltText(words.described).isVisible(), 'the picture stands in the home feed')
  await page.getByRole('button', { name: 'Favourite' }).click()
  await page.getByRole('button', { name: 'Favourite 1' }).waitFor()
  await checkAxe(page, 'home')
}

async function readAsStranger(browser: Browser, town: Town): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/@noa`)
  assert.ok(await page.getByText('Ferry’s out until Thursday').isVisible())
  const image = page.getByAltText(words.described)
  assert.ok(await image.isVisible())
  const answer = await page.request.get((await image.getAttribute('src')) ?? '')
  assert.equal(answer.status(), 200, 'the picture itself is served')
  const link = page.locator('article a.u-url').first()
  await link.click()
  const address = page.url()
  await context.close()
  return address
}

async function openThread(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  await checkAxe(page, 'thread')
  await page.keyboard.press('/')
  await page.getByRole('heading', { name: 'Search' }).waitFor()
  const field = page.getByRole('main').getByLabel('Search', { exact: true })
  await field.fill('noa')
  await field.press('Enter')
  await page.getByRole('link', { name: 'noa @noa' }).waitFor()
  await checkAxe(page, 'search')
  await page.goto(new URL('/search?q=in%3Apublic+-has%3Apoll+has%3A&type=statuses', address).href)
  await page.getByLabel('Remove -has:poll').waitFor()
  await field.focus()
  await page.getByRole('option', { name: 'has:poll' }).waitFor()
  await checkAxe(page, 'search with operators')
  await page.keyboard.press('Escape')
  await page.goBack()
  await page.getByRole('link', { name: 'noa @noa' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('open posts')
  await page.getByRole('option', { name: 'Open posts behind a warning' }).waitFor()
  await checkAxe(page, 'palette')
  await page.keyboard.press('Escape')
  await page.goto(new URL('/keyboard', address).href)
  await page.getByRole('heading', { name: 'Keyboard' }).waitFor()
  await checkAxe(page, 'keyboard')
  await page.goBack()
  await page.getByRole('link', { name: 'noa @noa' }).waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  await page.getByRole('link', { name: 'Notifications' }).first().click()
  await page.getByRole('heading', { name: 'Notifications' }).waitFor()
  await checkAxe(page, 'notifications')
  await page.getByRole('button', { name: 'your account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/$/)
  await page.goto(new URL('/home', address).href)
  assert.match(page.url(), /\/sign-in\?next=%2Fhome$/)
  await checkAxe(page, 'sign-in')
}
