import { codeAt } from '#platform/one-time-codes'
import { makeAuthenticator } from './authenticator.ts'
import type { Browser, Called, Visited } from './browser.ts'
import { openBrowser } from './browser.ts'
import type { Person, TestTown } from './test-town.ts'

export const PASSWORD = 'correct horse'
const SECURITY = '/api/hamlet/v1/security'

/** A browser that somebody signs in with; they have no second factor yet. */
export async function atHome(town: TestTown, who: Person): Promise<Browser> {
  const browser = openBrowser(town.url)
  const answer = await browser.post('/sign-in', { login: who.username, password: PASSWORD })
  if (answer.status !== 303) throw new Error(`${who.username} could not sign in: ${answer.text}`)
  return browser
}

/** Sets up an app for codes; gives its secret and the recovery codes. */
export async function setUpTotp(town: TestTown, browser: Browser): Promise<{ secret: string; codes: string[] }> {
  const { secret } = (await browser.api('POST', `${SECURITY}/totp`, {})).body
  const made = await browser.api('POST', `${SECURITY}/totp/confirm`, { code: codeAt(secret, town.clock.now()) })
  return { secret, codes: made.body.recovery_codes }
}

/** The next code that was not used: half a minute later. */
export function nextCode(town: TestTown, secret: string): string {
  town.clock.advance(30_000)
  return codeAt(secret, town.clock.now())
}

/** The hidden field of a form. */
export function hidden(page: Visited, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? ''
}

/** Gives the first factor with a new browser; gives it and the page of what is owed. */
export async function knock(town: TestTown, who: Person, password = PASSWORD) {
  const browser = openBrowser(town.url)
  const page = await browser.post('/sign-in', { login: who.username, password, next: '/notifications' })
  return { browser, page, key: hidden(page, 'key') }
}

export const whoAmI = (browser: Browser): Promise<Called> => browser.api('GET', '/api/v1/accounts/verify_credentials')

/** Adds a passkey of a new device; gives the device and what the server answered. */
export async function addPasskey(town: TestTown, browser: Browser, name = 'Phone') {
  const device = makeAuthenticator(new URL(town.ctx.config.url).origin)
  const options = (await browser.api('POST', `${SECURITY}/passkeys/offer`, {})).body
  const made = await browser.api('POST', `${SECURITY}/passkeys`, { name, answer: device.create(options) })
  return { device, made }
}

/** What a browser is asked before anybody is known to sit there. */
export const askAnybody = async (browser: Browser) =>
  (await browser.api('POST', '/api/hamlet/v1/passkeys/question', {})).body

/** Sends the form that a script fills with the answer of a passkey. */
export const enterBy = (browser: Browser, answer: unknown) =>
  browser.post('/sign-in/passkey', { answer: JSON.stringify(answer), next: '/notifications' })
