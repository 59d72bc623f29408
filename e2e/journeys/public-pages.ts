import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import type { Town } from '../town.ts'

const words = {
  latin: 'Eleven anemones in the usual pool this morning, three more than last week.',
  japanese: '夜明けの稜線。風が止んで、雲が谷に沈んでいく。',
  arabic: 'كل نافذة في هذه المدينة تحفظ قصة.',
  hidden: 'They are gone by noon.',
  picture: 'A pink sea anemone, seen from above',
}

/** The smallest PNG there is: one grey point. */
const POINT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

async function uploadPicture(town: Town, token: string): Promise<string> {
  const body = new FormData()
  body.set('file', new Blob([Buffer.from(POINT, 'base64')]), 'point.png')
  body.set('description', words.picture)
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${town.url}/api/v2/media`, { method: 'POST', headers, body })
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { id: string }).id
}

/** Posts by an owner read whole without JavaScript, with it, in light and dark, on a desk and on a phone. */
export async function readPublicPages(browser: Browser, town: Town): Promise<void> {
  await town.hamlet(
    'accounts',
    'create',
    'ines',
    '--email',
    'ines@example.org',
    '--password',
    'eleven anemones',
    '--role',
    'owner',
    '--confirmed',
  )
  await town.hamlet('settings', 'set', 'title', 'Skerry')
  const { access_token: token = '' } = await town.hamlet(
    'tokens',
    'create',
    'ines',
    '--scopes',
    'read write follow push',
  )
  await town.post(token, { status: words.japanese, language: 'ja' })
  await town.post(token, { status: words.arabic, language: 'ar' })
  await town.post(token, { status: words.hidden, spoiler_text: 'dead fish, one picture' })
  const root = await town.post(token, {
    status: `${words.latin} #tidepools https://example.org/a-rather-long-address/with/many/parts`,
  })
  const reply = await town.post(token, {
    status: '@ines One mussel a day, payable at high tide.',
    in_reply_to_id: root.id,
  })
  await town.post(token, { status: 'It has already sent me a reminder.', in_reply_to_id: reply.id })
  const pictured = await town.post(token, {
    status: 'Pictured.',
    media_ids: [await uploadPicture(town, token)],
  })
  const covered = await town.post(token, { sensitive: true, media_ids: [await uploadPicture(town, token)] })
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 1000 } })
    const page = await context.newPage()
    await readProfile(page, town)
    await readPost(page, town, root.url)
    await readPictures(page, pictured.url, covered.url)
    await context.close()
  }
  await followTag(browser, town)
  await refuseUnknown(browser, town)
}

async function followTag(browser: Browser, town: Town): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`${town.url}/@ines`)
  await page.getByRole('link', { name: '#tidepools' }).click()
  await page.getByRole('heading', { name: '#tidepools' }).waitFor()
  await page.getByText(words.latin).waitFor()
  await page.close()
}

async function readProfile(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/@ines`)
  assert.match(await page.title(), /ines/)
  for (const text of [words.latin, words.japanese, words.arabic])
    assert.ok(await page.getByText(text).first().isVisible(), `${text} is visible`)
  assert.equal(await page.getByText(words.hidden).isVisible(), false, 'what a warning covers is folded')
  await page.getByText('dead fish, one picture').click()
  assert.ok(await page.getByText(words.hidden).isVisible(), 'the warning opens without a script')
}

async function readPost(page: Page, town: Town, url: string): Promise<void> {
  await page.goto(url.replace(/^https?:\/\/[^/]+/, town.url))
  assert.ok(await page.getByText(words.latin).isVisible())
  assert.ok(await page.getByText('It has already sent me a reminder.').isVisible(), 'replies are read with the post')
  assert.ok(await page.getByRole('heading', { name: '2 replies' }).isVisible())
}

/** Descriptions and covers are native disclosures: they open without a script. */
async function readPictures(page: Page, pictured: string, covered: string): Promise<void> {
  await page.goto(pictured)
  assert.ok(await page.getByRole('img', { name: words.picture }).isVisible())
  assert.ok(await page.getByText(words.picture).isVisible(), 'what a picture shows is told below it')
  await page.getByText('Picture description').click()
  assert.equal(await page.getByText(words.picture).isVisible(), false)
  await page.goto(covered)
  assert.equal(await page.getByRole('img', { name: words.picture }).isVisible(), false, 'what is sensitive is folded')
  await page.getByText('A picture you may not want to see').click()
  assert.ok(await page.getByRole('img', { name: words.picture }).isVisible())
}

async function refuseUnknown(browser: Browser, town: Town): Promise<void> {
  const page = await browser.newPage()
  const answer = await page.goto(`${town.url}/@nobody`)
  assert.equal(answer?.status(), 404)
  assert.ok(await page.getByRole('heading', { name: 'Nothing to see here' }).isVisible())
  await page.close()
}

/** axe finds nothing on any public page, in light and dark, on a desk and on a phone. */
export async function checkAccessibility(browser: Browser, town: Town): Promise<void> {
  const posts = (await (await fetch(`${town.url}/api/v1/timelines/public`)).json()) as { url: string }[]
  const root = new URL(posts.at(0)?.url ?? '', town.url).pathname
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [
      { width: 1280, height: 1000 },
      { width: 390, height: 844 },
    ]) {
      const context = await browser.newContext({ colorScheme, viewport })
      const page = await context.newPage()
      for (const path of ['/', '/about', '/@ines', root, '/tags/tidepools', '/@nobody', '/sign-in', '/password']) {
        await page.goto(`${town.url}${path}`)
        const { violations } = await new AxeBuilder({ page }).analyze()
        const found = violations.map(
          (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`,
        )
        assert.deepEqual(found, [], `${path} in ${colorScheme} at ${viewport.width}`)
        await keepPicture(page, `${path.replaceAll('/', '_')}-${colorScheme}-${viewport.width}`)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        assert.equal(overflow, 0, `${path} does not scroll sideways at ${viewport.width}`)
      }
      await context.close()
    }
  }
}

/** Pictures for people to look at, when a folder for them is named. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.HAMLET_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Glyphs of every script are drawn, not left blank: a bare machine has no fonts of its own. */
export async function checkFonts(browser: Browser): Promise<void> {
  const page = await browser.newPage()
  await page.setContent('<!doctype html><title>fonts</title><canvas width="200" height="60"></canvas>')
  for (const [script, text] of Object.entries({
    latin: 'Hamlet',
    japanese: '夜明け',
    arabic: 'مدينة',
    devanagari: 'जोशी',
  })) {
    await page.evaluate((sample) => document.fonts.load('32px Inter', sample), text)
    const ink = await page.evaluate((sample) => {
      const brush = document.querySelector('canvas')?.getContext('2d', { willReadFrequently: true })
      if (!brush) return 0
      brush.clearRect(0, 0, 200, 60)
      brush.font = '32px Inter, sans-serif'
      brush.fillText(sample, 4, 44)
      return brush.getImageData(0, 0, 200, 60).data.filter((value, index) => index % 4 === 3 && value > 0).length
    }, text)
    assert.ok(ink > 100, `${script} is drawn (${ink} pixels of ink)`)
  }
  await page.close()
}
