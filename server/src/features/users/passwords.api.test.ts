import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { argon2Sync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeSetting } from '#features/settings'
import { hashPassword, verifyPassword } from '#features/users'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf, readMails } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines_of_the_sea')
  await writeSetting(town.ctx, 'registrations', 'open')
  await writeSetting(town.ctx, 'title', 'Sea of Letters')
})
afterAll(() => town[Symbol.asyncDispose]())

const tryIn = (login: string, password: string) => openBrowser(town.url).post('/sign-in', { login, password })

/** What an answer says, but for what must differ: when it was given, how often one may ask, and the print and the packed length of a page that repeats what was typed. */
function told(answer: { status: number; text: string; headers: Headers }) {
  const varying = ['date', 'etag', 'content-length', 'x-ratelimit-remaining', 'x-request-id']
  const headers = [...answer.headers].filter(([name]) => !varying.includes(name))
  return { status: answer.status, text: answer.text, headers }
}

describe('an unknown name and a wrong password', () => {
  const ask = (login: string) => tryIn(login, 'wrong horse')
  const known = 'ines_of_the_sea'
  /** As long as the other, since the form says again what was typed. */
  const unknown = 'nobody_of_sea_x'

  test('AU-01: are answered alike, byte for byte, and cost as many statements', async () => {
    const [one, other] = [told(await ask(known)), told(await ask(unknown))]
    expect({ ...other, text: other.text.replaceAll(unknown, known) }).toEqual(one)
    expect(one.status).toBe(422)
    const costs = [await town.countStatements(() => ask(known)), await town.countStatements(() => ask(unknown))]
    expect(costs[0]).toBe(costs[1])
  })

  test('AU-01: take the same time, by the median of two hundred', { retry: 2 }, async () => {
    const times: [number[], number[]] = [[], []]
    const patient = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '100000' } })
    await patient.person(known)
    for (let at = 0; at < 400; at += 1) {
      const from = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- one after the other, in turn
      await openBrowser(patient.url).post('/sign-in', { login: at % 2 ? known : unknown, password: 'wrong horse' })
      times[at % 2 ? 0 : 1].push(performance.now() - from)
    }
    await patient[Symbol.asyncDispose]()
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length / 2]!
    expect(Math.abs(median(times[0]) - median(times[1]))).toBeLessThan(5)
  })
})

describe('AU-03: any characters are taken, and compared as they were sent', () => {
  const SENTENCE = 'forty-two gulls over a lazy harbour watch nine boats come home at dusk'
  const COMPOSED = 'caf\u00e9 au lait'
  const APART = 'cafe\u0301 au lait'
  test.each([
    ['64 characters', SENTENCE.slice(0, 64), SENTENCE.slice(0, 63)],
    ['emoji', '🐙🦑🐚🌊🐟🦀🐡🐠', '🐙🦑🐚🌊🐟🦀🐡🐡'],
    ['blanks before and behind', '  two blanks around  ', 'two blanks around'],
    ['composed letters', COMPOSED, APART],
    ['letters apart', APART, COMPOSED],
    ['wide letters', 'ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
  ])('%s', async (name, password, alike) => {
    const username = `au03_${name.length}_${randomBytes(3).toString('hex')}`
    const fields = { username, email: `${username}@example.net`, password, agreement: '1' }
    expect((await openBrowser(town.url).post('/sign-up', filledIn(town, fields))).text).toContain('Look into your mail')
    await town.settled()
    const key = keyOf(linksOf(town, fields.email)[0])
    await openBrowser(town.url).post('/confirm', { key })
    expect((await tryIn(username, password)).status).toBe(303)
    expect((await tryIn(username, alike)).status).toBe(422)
    expect((await tryIn(username, password.trim())).status).toBe(password.trim() === password ? 303 : 422)
  })
})

describe('AU-04: what somebody else would try first is refused', () => {
  const COMMON = ['password1', 'P4ssw0rd!', 'Dragon2024', '12345678', 'abcdefgh', 'aaaaaaaa', 'qwerty123', 'iloveyou!!']
  const OWN = ['Sea of Letters', 'town.test', 'INES_OF_THE_SEA']
  test.each([...COMMON, ...OWN])('%s', async (password) => {
    const fields = { username: 'ines_of_the_sea', email: 'au04@example.net', password, agreement: '1' }
    const up = await openBrowser(town.url).post('/sign-up', filledIn(town, fields))
    expect(up.status).toBe(422)
    expect(up.text).toContain('somebody else would try')
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: 'ines_of_the_sea', password: 'correct horse' })
    const wish = { current_password: 'correct horse', new_password: password }
    const changed = await browser.api('POST', '/api/hamlet/v1/password', wish)
    expect(changed.status).toBe(422)
    expect(changed.body.error).toContain('somebody else would try')
  })

  test.each(['battery staple', 'a newer horse', 'dragons eat late', 'k7-tulip-vane', 'orange cat on sea'])(
    '%s is taken',
    async (password) => {
      const username = `au04_${randomBytes(4).toString('hex')}`
      const fields = { username, email: `${username}@example.net`, password, agreement: '1' }
      expect((await openBrowser(town.url).post('/sign-up', filledIn(town, fields))).status).toBe(200)
    },
  )
})

test('AU-06: a hash of older settings lets its person in, and is made anew', async () => {
  const mara = await town.person('mara')
  const nonce = randomBytes(16)
  const cost = { memory: 8192, passes: 1, parallelism: 1 }
  const tag = argon2Sync('argon2id', { message: 'an older horse', nonce, tagLength: 32, ...cost })
  const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const old = `$argon2id$v=19$m=8192,t=1,p=1$${plain(nonce)}$${plain(tag)}`
  const users = () => town.ctx.db.selectFrom('users').select('password_hash').where('id', '=', mara.userId)
  await town.ctx.db.updateTable('users').set({ password_hash: old }).where('id', '=', mara.userId).execute()
  expect((await tryIn('mara', 'a wrong horse')).status).toBe(422)
  expect((await users().executeTakeFirstOrThrow()).password_hash).toBe(old)
  expect((await Promise.all([1, 2].map(() => tryIn('mara', 'an older horse')))).map(({ status }) => status)).toEqual([
    303, 303,
  ])
  const { password_hash: renewed } = await users().executeTakeFirstOrThrow()
  expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword('an older horse', renewed ?? '')).toBe(true)
  // An app stays signed in: nothing was changed.
  expect((await town.call('GET', '/api/v1/accounts/verify_credentials', { token: mara.token })).status).toBe(200)
  expect((await tryIn('mara', 'an older horse')).status).toBe(303)
})

describe('AU-08: secrets are compared in constant time', () => {
  /** Compared where nothing is to be guessed: a name, a length, a file of ours, a row that was read under a lock. */
  const HARMLESS = [
    'features/letters/words.ts: kind !== SIGNATURE',
    'features/users/change-password.ts: locked.password_hash !== before',
    'platform/db/migrate.ts: known !== hash',
    'platform/db/rebuild.ts: file.hash !== hash',
    'platform/push/keys.ts: secret.length !== SECRET_BYTES',
    'platform/tls/renew.ts: files.stamp() !== stamp',
  ]
  const SECRET = /\b[\w.]*(secret|token|hash|signature|hmac|password|verifier|challenge|nonce|otp|stamp)\w*(\(\))?$/i
  const HARMLESS_SIDE = /^(undefined|null|true|false|['"`\d]|typeof )/
  const root = join(import.meta.dirname, '../..')

  test('by nothing that ends at the first difference', () => {
    const found: string[] = []
    for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts') || entry.endsWith('.test.ts')) continue
      const text = readFileSync(join(root, entry), 'utf8')
      for (const [, left = '', sign, right = ''] of text.matchAll(/([\w.'"`()?!]+) ([=!]==) ([\w.'"`()?!]+)/g)) {
        const [a, b] = [left.replace(/^[(!]+/, ''), right.replace(/\)+$/, (end) => (right.includes('(') ? end : ''))]
        if (HARMLESS_SIDE.test(a) || HARMLESS_SIDE.test(b)) continue
        if (SECRET.test(a) || SECRET.test(b)) found.push(`${entry}: ${a} ${sign} ${b}`)
      }
    }
    expect(found.toSorted()).toEqual(HARMLESS)
  })
})

describe('AU-16: an address is read by our own reader, and what is odd is refused', () => {
  const ODD = [
    '"victim@gmail.com x"@internal.example',
    'a@b.example\r\nBcc: victim@c.example',
    'a@b.example\nx',
    'a@@b.example',
    'a@b@c.example',
    'a@b.example,victim@c.example',
    'a@b.example;victim',
    'Somebody <a@b.example>',
    'a@b.example(comment)',
    'group:a@b.example',
    `${'x'.repeat(390)}@b.example`,
    `a@${'x'.repeat(400)}.example`,
    'a@b.exa\u0007mple',
    'a\u200eb@c.example',
    'a@[127.0.0.1]',
    'a b@c.example',
    '@b.example',
    'a@',
    '',
  ]
  test.each(ODD.map((email) => [email.slice(0, 50), email]))('%j', async (_name, email) => {
    const mails = () => town.ctx.db.selectFrom('users').select('email').execute()
    const before = await mails()
    const fields = { username: 'odd_address', email, password: 'battery staple', agreement: '1' }
    const up = await openBrowser(town.url).post('/sign-up', filledIn(town, fields))
    expect(up.status).toBe(422)
    expect(up.text).toContain('not an e-mail address')
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: 'ines_of_the_sea', password: 'correct horse' })
    const change = await browser.api('POST', '/api/hamlet/v1/email', { current_password: 'correct horse', email })
    expect(change.status).toBe(422)
    expect(await mails()).toEqual(before)
  })

  test.each(['a.b+c@example.org', "o'neil@example.org", 'ines@bücher.example', 'x@localhost.example'])(
    '%s is taken',
    async (email) => {
      const username = `au16_${randomBytes(4).toString('hex')}`
      const fields = { username, email, password: 'battery staple', agreement: '1' }
      expect((await openBrowser(town.url).post('/sign-up', filledIn(town, fields))).status).toBe(200)
    },
  )
})

describe('known and unknown addresses are answered alike, byte for byte', () => {
  test('AU-12: when a password is forgotten', async () => {
    const ask = (email: string) => openBrowser(town.url).post('/password', { email })
    const known = told(await ask('ines_of_the_sea@example.org'))
    const unknown = told(await ask('nobody_of_sea_x@example.org'))
    expect(unknown).toEqual(known)
    expect(known.status).toBe(200)
  })

  test('AU-14: when somebody signs up; the owner gets a mail, and a taken name is said to be taken', async () => {
    const ask = (email: string, username: string) =>
      openBrowser(town.url).post(
        '/sign-up',
        filledIn(town, { username, email, password: 'battery staple', agreement: '1' }),
      )
    const alike = ({ text, ...rest }: ReturnType<typeof told>, email: string) => ({
      ...rest,
      text: text.replaceAll(email, 'THE ADDRESS'),
    })
    const known = alike(told(await ask('ines_of_the_sea@example.org', 'au14_one')), 'ines_of_the_sea@example.org')
    const fresh = alike(told(await ask('nobody_of_sea_x@example.org', 'au14_two')), 'nobody_of_sea_x@example.org')
    expect(known).toEqual(fresh)
    await town.settled()
    expect(readMails(town, 'ines_of_the_sea@example.org').at(-1)?.text).toContain('/sign-in')
    const app = await town.call('POST', '/api/v1/accounts', {
      token: await appToken(),
      json: {
        username: ines.username,
        email: 'x@y.example',
        password: 'battery staple',
        agreement: true,
        locale: 'en',
      },
    })
    expect(app.body.details.username[0].error).toBe('ERR_TAKEN')
  })
})

async function appToken(): Promise<string> {
  const app = { client_name: 'Ivory', redirect_uris: 'urn:ietf:wg:oauth:2.0:oob', scopes: 'read write' }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: app })).body
  const json = { grant_type: 'client_credentials', scope: 'read write', client_id, client_secret }
  return (await town.call('POST', '/oauth/token', { json })).body.access_token
}

test('AU-05: what is kept says how it was made', async () => {
  expect(await hashPassword('battery staple')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})
