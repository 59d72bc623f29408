import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { moveIn, PASSWORD } from '../api.ts'
import { lookAt } from '../look.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const OWNER = 'enter_owner'
const COMER = 'enter_gull'
const CODES = 'enter_seal'
const REASON = 'I draw charts of the harbour.'

/** Somebody asks to join, is let in, and comes back by a passkey alone; somebody else guards an account with codes. */
export async function comeIn(browser: Browser, town: Town): Promise<void> {
  const before = (await town.hamlet('settings', 'get', 'registrations')).registrations ?? 'closed'
  await town.hamlet('settings', 'set', 'registrations', 'approval')
  await moveIn(town, OWNER, 'owner')
  await moveIn(town, CODES)
  await joinWithPasskey(browser, town)
  await town.hamlet('settings', 'set', 'registrations', before)
  await guardWithCodes(browser, town)
}

async function joinWithPasskey(browser: Browser, town: Town): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await askToJoin(page, town)
  await knock(page, town, PASSWORD)
  await page.getByRole('heading', { name: 'Your account waits to be let in' }).waitFor()
  await lookAt(page, 'the page of who waits')
  await letIn(browser, town)
  await page.goto(`${town.url}/home`)
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  const device = await plugIn(page)
  await addPasskey(page, town)
  await dropPassword(page)
  await leave(page)
  await device.answers(false)
  await page.goto(`${town.url}/sign-in`)
  await lookAt(page, 'door with a passkey')
  await page.getByLabel('E-mail or name').fill(COMER)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  assert.ok(await page.getByRole('alert').first().isVisible(), 'what was removed opens nothing')
  await page.waitForLoadState()
  // Not before: a device with a finger on it opens the door without a press. Not later: what it was asked without one stays open.
  await page.route('**/passkeys/question', async (route) => {
    await device.answers(true)
    await route.continue()
  })
  await page.getByRole('button', { name: 'Continue with a passkey' }).click()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  await context.close()
}

async function askToJoin(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/sign-up`)
  await page.getByLabel(/^Name on/).fill(COMER)
  await page.getByLabel('E-mail').fill(`${COMER}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Why would you like to join?').fill(REASON)
  await page.getByRole('checkbox').check()
  // Nobody writes that fast, and the server knows it.
  await page.waitForTimeout(3_000)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('Look into your mail').waitFor()
  await page.goto(await town.mailedLink('/confirm?key=', `${COMER}@example.org`))
  await page.getByRole('button', { name: 'Yes, confirm my address' }).click()
  await page.getByText('A person reads every request').waitFor()
}

async function knock(page: Page, town: Town, password: string): Promise<void> {
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(COMER)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function letIn(browser: Browser, town: Town): Promise<void> {
  const team = await signIn(browser, town, OWNER)
  await team.goto(`${town.url}/moderation/sign-ups`)
  await team.getByText(REASON).waitFor()
  await team.getByRole('button', { name: `Approve @${COMER}` }).press('Enter')
  await team.getByText(`@${COMER} is in.`).waitFor()
  await team.context().close()
}

type Device = { answers(does: boolean): Promise<void> }

/** A device that holds passkeys, with its owner's finger on it or not. */
async function plugIn(page: Page): Promise<Device> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    answers: async (enabled) => {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
  }
}

async function addPasskey(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/settings/security`)
  await page.getByText('Password', { exact: true }).first().waitFor()
  await settled(page)
  await page.getByRole('region', { name: 'Passkeys' }).getByRole('button', { name: 'Add' }).click()
  const codes = page.getByRole('dialog', { name: 'Keep these codes' })
  await codes.waitFor()
  await lookAt(page, 'recovery codes')
  assert.ok((await codes.locator('li code').count()) >= 8, 'there are codes for the day the device is lost')
  await codes.getByRole('button', { name: 'I have them' }).click()
  await page.getByText(/not used yet/).waitFor()
  await lookAt(page, 'security')
}

async function dropPassword(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove password' }).click()
  await page.getByText('You come in by passkeys alone', { exact: true }).waitFor()
}

async function leave(page: Page): Promise<void> {
  await page.goto(new URL('/settings/account', page.url()).href)
  await page
    .getByRole('region', { name: 'Where you are signed in' })
    .getByRole('button', { name: /^Sign out: / })
    .first()
    .click()
  await page.waitForURL((url) => !url.pathname.startsWith('/settings'))
}

/** The code that an app shows for a secret (RFC 6238), a step of half a minute on or back. */
function codeOf(secret: string, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret.replaceAll(/[^A-Z2-7]/g, ''), (one) =>
    letters.indexOf(one).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** An app for codes is set up, asked for, helped out by a recovery code; and what is open elsewhere is shut from here. */
async function guardWithCodes(browser: Browser, town: Town): Promise<void> {
  const page = await signIn(browser, town, CODES)
  await page.goto(`${town.url}/settings/security`)
  await settled(page)
  await page.getByRole('region', { name: 'App for codes' }).getByRole('button', { name: 'Set up' }).click()
  const secret = (await page.locator('.code-box code').textContent()) ?? ''
  await lookAt(page, 'app for codes')
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('That is not right, or it was used already.').waitFor()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keep these codes' })
  await dialog.waitFor()
  const [spare = ''] = await dialog.locator('li code').allTextContents()
  await dialog.getByRole('button', { name: 'I have them' }).click()
  await page.getByText('Asked for when you sign in').waitFor()
  const second = await enterTwice(browser, town, codeOf(secret, 1))
  const third = await enterTwice(browser, town, spare)
  await shutOthers(page, town, [second, third])
  for (const context of [page.context(), second, third]) await context.close()
}

/** A password opens half the door. */
async function enterTwice(browser: Browser, town: Town, code: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${town.url}/sign-in`)
  await page.getByLabel('E-mail or name').fill(CODES)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  if (code.length === 6) await lookAt(page, 'second factor')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  return context
}

/** One browser is signed out from here, then all others at once; each of them stands before the door again. */
async function shutOthers(page: Page, town: Town, others: readonly BrowserContext[]): Promise<void> {
  await page.goto(`${town.url}/settings/account`)
  const sessions = page.getByRole('region', { name: 'Where you are signed in' })
  await sessions.getByText('This browser').waitFor()
  const rows = sessions.getByRole('button', { name: /^Sign out: / })
  assert.equal(await rows.count(), 3, 'every browser has its row')
  await lookAt(page, 'sessions')
  await sessions.locator('.wish', { hasText: 'Last seen' }).first().getByRole('button').click()
  await page.getByText('Signed out.').waitFor()
  assert.equal(await rows.count(), 2)
  const isOut = async (context: BrowserContext) => {
    const [other] = context.pages()
    await other?.goto(`${town.url}/settings/account`)
    return new URL(other?.url() ?? '').pathname === '/sign-in'
  }
  const out: boolean[] = []
  for (const context of others) out.push(await isOut(context))
  assert.equal(out.filter(Boolean).length, 1, 'the one that was named is out, and no other')
  await sessions.getByRole('button', { name: 'Sign out all others' }).click()
  await page.getByText('All others are signed out.').waitFor()
  for (const context of others) assert.ok(await isOut(context))
  await page.goto(`${town.url}/settings/account`)
  await sessions.getByText('This browser').waitFor()
}
