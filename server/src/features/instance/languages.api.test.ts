import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

type Asked = { accepts?: string; cookie?: string }

async function ask(path: string, { accepts = '', cookie }: Asked = {}) {
  const headers = { accept: 'text/html', 'accept-language': accepts, ...(cookie ? { cookie } : {}) }
  const answer = await fetch(new URL(path, town.url), { headers })
  const text = await answer.text()
  return { answer, text, spoken: /<html lang="([^"]*)" dir="([^"]*)">/.exec(text)?.slice(1).join(' ') }
}

test('a visitor is answered in the first of their languages that there is, else in English', async () => {
  const spoken = async (accepts: string) => (await ask('/about', { accepts })).spoken
  expect(await spoken('de-AT,de;q=0.9,en;q=0.8')).toBe('de ltr')
  expect(await spoken('tlh, fr;q=0.4, ja;q=0.6')).toBe('ja ltr')
  expect(await spoken('ar')).toBe('ar rtl')
  expect(await spoken('de;q=0, es')).toBe('es ltr')
  expect(await spoken('tlh')).toBe('en ltr')
  expect(await spoken('')).toBe('en ltr')
  expect(await spoken('*')).toBe('en ltr')
  expect(await spoken('a;q=x,,;;"<script>')).toBe('en ltr')
})

test('what was chosen on the device comes first, then the language of the address, then the browser', async () => {
  const cookie = 'hamlet-language=ja'
  expect((await ask('/about?lang=es', { accepts: 'de', cookie })).spoken).toBe('ja ltr')
  expect((await ask('/about?lang=es', { accepts: 'de' })).spoken).toBe('es ltr')
  expect((await ask('/about?lang=tlh', { accepts: 'de' })).spoken).toBe('de ltr')
  expect((await ask('/about', { accepts: 'de', cookie: 'hamlet-language="><script>' })).spoken).toBe('de ltr')
  expect((await ask('/about?lang=fr&lang=de', { accepts: 'es' })).answer.status).toBe(200)
})

test('no cache can hand a page to a reader of another language', async () => {
  const german = await ask('/about', { accepts: 'de' })
  const french = await ask('/about', { accepts: 'fr' })
  for (const { answer } of [german, french]) {
    const varies = answer.headers.get('vary')?.toLowerCase().split(/, */) ?? []
    expect(varies).toEqual(expect.arrayContaining(['accept', 'accept-language', 'cookie']))
  }
  expect(german.answer.headers.get('content-language')).toBe('de')
  expect(french.answer.headers.get('content-language')).toBe('fr')
  expect(german.answer.headers.get('etag')).not.toBe(french.answer.headers.get('etag'))
})

test('pages that are asked for at once in several languages do not mix', async () => {
  const tongues = Array.from({ length: 24 }, (_, at) => ['de', 'ar', 'en', 'ja'][at % 4] ?? 'en')
  const answers = await Promise.all(tongues.map((accepts) => ask(`/sign-in?lang=${accepts}`)))
  expect(answers.map(({ spoken }) => spoken?.slice(0, 2))).toEqual(tongues)
  expect(new Set(answers.map(({ text }) => text)).size).toBe(4)
})

test('forms, what is wrong with them, and pages that are not there speak the language too', async () => {
  const browser = openBrowser(town.url)
  browser.cookies.set('hamlet-language', 'de')
  const refused = await browser.post('/sign-in', { login: 'nobody', password: 'wrong' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('<html lang="de"')
  expect(refused.text).not.toContain('No account matches')
  expect(refused.text).toContain('Zu diesem Namen und Passwort gibt es kein Konto.')
  expect((await browser.get('/sign-up')).text).toContain('Dieser Server ist zurzeit voll')
  const missing = await ask('/no-such-page', { accepts: 'de' })
  expect([missing.answer.status, missing.spoken]).toEqual([404, 'de ltr'])
})
