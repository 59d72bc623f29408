import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { checkAxe } from '../axe.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/** 500 reports with HAMLET_TEST_MATRIX=all; every run takes a smaller wave. */
const IS_WHOLE = process.env.HAMLET_TEST_MATRIX === 'all'
const [SPAMMERS, REPORTERS] = IS_WHOLE ? [50, 10] : [4, 3]
const MOST_CLICKS = 10
const UNRELATED = 'wave_neighbour'

type Spoken = { id: string; token: string }

async function settle(town: Town, name: string): Promise<Spoken> {
  const password = ['--email', `${name}@example.org`, '--password', 'eleven anemones', '--confirmed']
  await town.hamlet('accounts', 'create', name, ...password)
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', name, '--scopes', 'read write')
  const answer = await fetch(`${town.url}/api/v1/accounts/verify_credentials`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return { id: ((await answer.json()) as { id: string }).id, token }
}

async function report(town: Town, by: Spoken, about: Spoken, posts: readonly string[]): Promise<void> {
  const answer = await fetch(`${town.url}/api/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ account_id: about.id, status_ids: posts, category: 'spam' }),
  })
  assert.equal(answer.status, 200)
}

/** A wave of spam, reported by many, is decided in ten presses at most, and nobody else is touched. */
export async function stemWave(browser: Browser, town: Town): Promise<void> {
  const reporters: Spoken[] = []
  for (let index = 0; index < REPORTERS; index += 1) reporters.push(await settle(town, `wave_reader_${index}`))
  for (let index = 0; index < SPAMMERS; index += 1) {
    const spammer = await settle(town, `wave_trade_${index}`)
    const status = `Dear friend ${index}, double your coins https://cheap-coins.example/${index}`
    const post = await town.post(spammer.token, { status })
    for (const reporter of reporters) await report(town, reporter, spammer, [post.id])
  }
  const neighbour = await settle(town, UNRELATED)
  const [first] = reporters
  if (first) await report(town, first, neighbour, [])
  const page = await signIn(browser, town, 'noa')
  await page.goto(`${town.url}/moderation`)
  await page.getByText('Same words').waitFor()
  await checkAxe(page, 'queue with a wave')
  const clicks = await countClicks(page)
  await page.getByRole('button', { name: `Decide for all ${SPAMMERS}` }).click()
  const question = page.getByRole('dialog', { name: `Decide about ${SPAMMERS} accounts` })
  await checkAxe(page, 'decision about many')
  await question.getByRole('button', { name: 'Suspend' }).click()
  await page.getByText(`${SPAMMERS} accounts are decided.`).waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Show what is left' }).click()
  await page.getByText('Same words').waitFor({ state: 'detached' })
  await page.getByText(`@${UNRELATED}`).waitFor()
  const pressed = await clicks()
  console.log(`  ${SPAMMERS * REPORTERS} reports about ${SPAMMERS} accounts were resolved by ${pressed} presses`)
  assert.ok(pressed <= MOST_CLICKS, `${pressed} clicks for ${SPAMMERS * REPORTERS} reports`)
  await page.context().close()
}

/** How often somebody pressed on the page from now on. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { clicks: number }
    counted.clicks = 0
    addEventListener('click', () => (counted.clicks += 1), { capture: true })
  })
  return () => page.evaluate(() => (window as unknown as { clicks: number }).clicks)
}
