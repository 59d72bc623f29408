import assert from 'node:assert/strict'
import type { Browser, Page, Route } from 'playwright-core'
import { ask, moveIn, PASSWORD } from '../api.ts'
import type { Town } from '../town.ts'

const POSTS = 1000
type Post = { id: string; content: string }

/** Home as an ARIA feed over a thousand posts: each has its place, keys go from one to the next and out, the focus is never lost. */
export async function walkFeed(browser: Browser, town: Town): Promise<void> {
  const reader = await moveIn(town, 'dunlin')
  const one = await ask<Post>(town, reader.token, ['POST', '/api/v1/statuses'], { status: 'Low water' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.route('**/api/v1/timelines/home?*', (route) => servePosts(route, one))
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(reader.name)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(`Post ${POSTS}.`).waitFor()
  await page.locator('[aria-posinset="1"]').focus()
  const walked = await page.evaluate(walkAll, POSTS)
  assert.deepEqual(walked, { reached: POSTS, gaps: [], wasBusy: true, isBusy: 'false', sizes: ['-1'] })
  await page.keyboard.press('PageUp')
  assert.equal(await place(page), String(POSTS - 1))
  await page.keyboard.press('Control+End')
  assert.equal(await sideOfFocus(page), 'after', 'Ctrl End leaves the feed for what follows')
  await page.locator(`[aria-posinset="${POSTS - 1}"]`).focus()
  await page.keyboard.press('Control+Home')
  assert.equal(await sideOfFocus(page), 'before', 'Ctrl Home leaves it for what stands before')
  await keepFocus(page)
  await keepEnd(page)
  await context.close()
}

/** Back at the very end, where what stands below the last post has its part in the height of the page. */
async function keepEnd(page: Page): Promise<void> {
  await page.locator(`[aria-posinset="${POSTS}"]`).waitFor()
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await page.getByText('That is all there is.').waitFor()
  await page.waitForTimeout(300)
  const top = () => page.locator(`[aria-posinset="${POSTS}"]`).evaluate((card) => card.getBoundingClientRect().top)
  const left = await top()
  await page.getByRole('link', { name: 'Notifications' }).first().click()
  await page.getByRole('heading', { name: 'Notifications' }).waitFor()
  await page.goBack()
  await page.locator(`[aria-posinset="${POSTS}"]`).waitFor()
  await page.waitForTimeout(300)
  assert.equal(await top(), left, 'the end is where it was')
}

/** Pages of posts 1 … 1,000, each a little different, as the API gives them. */
function servePosts(route: Route, one: Post): Promise<void> {
  const url = new URL(route.request().url())
  const bound = (name: string) => Number(BigInt(url.searchParams.get(name) ?? '0') - BigInt(one.id))
  const below = url.searchParams.has('max_id') ? bound('max_id') : POSTS + 1
  const numbers = Array.from({ length: Math.min(40, below - 1) }, (_, index) => below - 1 - index)
  const idOf = (number: number) => (BigInt(one.id) + BigInt(number)).toString()
  const posts = numbers.map((number) => ({
    ...one,
    id: idOf(number),
    content: `<p>Post ${number}.</p>${'<p>The bay belongs to the small ones again.</p>'.repeat(number % 4)}`,
  }))
  const next = new URL(url)
  next.searchParams.set('max_id', idOf(numbers.at(-1) ?? 0))
  const link = posts.length > 0 ? { link: `<${next.href}>; rel="next"` } : {}
  return route.fulfill({ json: posts, headers: link })
}

/** Runs in the page: Page Down from post to post, and whether those that are drawn stand one after the other all the while. */
async function walkAll(most: number) {
  const feed = document.querySelector('[role=feed]') as HTMLElement
  const seen = { reached: 1, gaps: [] as string[], wasBusy: false, isBusy: feed.ariaBusy, sizes: [] as string[] }
  new MutationObserver(() => (seen.wasBusy ||= feed.ariaBusy === 'true')).observe(feed, {
    attributeFilter: ['aria-busy'],
  })
  const sizes = new Set<string>()
  const look = () => {
    const drawn = [...feed.querySelectorAll('[aria-posinset]')]
    const places = drawn.map((one) => Number(one.getAttribute('aria-posinset')))
    for (const one of drawn) sizes.add(one.getAttribute('aria-setsize') ?? '')
    if (places.some((at, index) => index > 0 && at !== (places[index - 1] ?? 0) + 1)) seen.gaps.push(places.join(' '))
  }
  const at = () => Number(document.activeElement?.getAttribute('aria-posinset') ?? 0)
  for (let patience = 0; seen.reached < most && patience < 600; patience += 1) {
    const from = document.activeElement as HTMLElement
    from.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true }))
    if (at() === seen.reached + 1) {
      seen.reached += 1
      patience = 0
      continue
    }
    if (at() !== seen.reached) seen.gaps.push(`the focus went from ${seen.reached} to ${at()}`)
    // A window that draws no more may not hold the walk up.
    await Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 1000))])
    look()
  }
  // The last page is on its way still: it comes, or it does not.
  for (let waited = 0; waited < 100 && feed.ariaBusy === 'true'; waited += 1)
    await new Promise((done) => setTimeout(done, 100))
  return { ...seen, isBusy: feed.ariaBusy, sizes: [...sizes] }
}

const place = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-posinset'))

function sideOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const [feed, one] = [document.querySelector('[role=feed]'), document.activeElement]
    if (!feed || !one || one === document.body) return 'nowhere'
    if (feed.contains(one)) return 'inside'
    return feed.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING ? 'after' : 'before'
  })
}

/** Far from the post that had it the feed itself has the focus, and the post again when one comes back. */
async function keepFocus(page: Page): Promise<void> {
  const post = page.locator(`[aria-posinset="${POSTS - 1}"]`)
  await post.focus()
  const from = await page.evaluate(() => scrollY)
  await page.evaluate((y) => scrollTo({ top: y - 8000 }), from)
  await page.waitForFunction(() => document.activeElement?.role === 'feed')
  await page.evaluate((y) => scrollTo({ top: y }), from)
  await page.waitForFunction((at) => document.activeElement?.ariaPosInSet === String(at), POSTS - 1)
}
