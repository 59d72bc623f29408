import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { addRule, translateRule, writeSetting, type Settings } from '#features/settings'
import { transact } from '#platform/context'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf, mailsTo } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'
import { makeStamp, WORK_BITS } from './stamp.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let town: TestTown
let oda: Person
let appToken: string
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('owner') })
    .where('id', '=', oda.userId)
    .execute()
  const app = { client_name: 'x', redirect_uris: 'app://done', scopes: 'read write' }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: app })).body
  const asked = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
  appToken = (await town.call('POST', '/oauth/token', { json: asked })).body.access_token
})
afterAll(() => town[Symbol.asyncDispose]())

const usual: Partial<Settings> = {
  registrations: 'open',
  closed_message: '',
  require_reason: 'on',
  min_age: 0,
  disposable_mail: 'approval',
  proof_of_work: 'busy',
}
const set = async (wish: Partial<Settings>) => {
  for (const [name, value] of Object.entries(wish)) await writeSetting(town.ctx, name, value)
}
beforeEach(() => set(usual))

let serial = 0
const fresh = () => {
  const username = `kelpie_${'abcdefghij'[(serial += 1) % 10]}${'abcdefghij'[Math.floor(serial / 10) % 10]}`
  return { username, email: `${username}@example.net`, password: 'battery staple' }
}
type Fields = Record<string, string>

/** The two doors, side by side: what was said, and who stands inside. */
type Said = { status: number; words: string; standing: 'none' | 'waits' | 'in' }
const doors: [string, (fields: Fields) => Promise<Said>][] = [
  [
    'form',
    async (more) => {
      const fields = { ...fresh(), agreement: '1', ...more }
      const answer = await openBrowser(town.url).post('/sign-up', filledIn(town, fields))
      return { status: answer.status, words: answer.text, standing: await standingOf(fields.username) }
    },
  ],
  [
    'app',
    async ({ agreement = '1', ...more }) => {
      const fields = { ...fresh(), ...more }
      const json = { ...fields, agreement: agreement !== '' }
      const answer = await town.call('POST', '/api/v1/accounts', { token: appToken, json })
      return { status: answer.status, words: answer.text, standing: await standingOf(fields.username) }
    },
  ],
]

async function standingOf(username: string): Promise<Said['standing']> {
  const row = await town.ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select('users.approved_at')
    .where('accounts.username', '=', username)
    .executeTakeFirst()
  return row === undefined ? 'none' : row.approved_at === null ? 'waits' : 'in'
}

const yearsAgo = (years: number, days = 0) => {
  const now = town.clock.now()
  return new Date(Date.UTC(now.getUTCFullYear() - years, now.getUTCMonth(), now.getUTCDate() + days))
    .toISOString()
    .slice(0, 10)
}

describe.each(doors)('by the %s', (_name, come) => {
  test.each<[string, Partial<Settings>, () => Fields, number, Said['standing'], string?]>([
    ['open', {}, () => ({}), 200, 'in'],
    ['by approval without a reason', { registrations: 'approval' }, () => ({ reason: ' ' }), 422, 'none', 'be blank'],
    ['by approval with a reason', { registrations: 'approval' }, () => ({ reason: 'I row.' }), 200, 'waits'],
    ['where a reason is only a wish', { registrations: 'approval', require_reason: 'off' }, () => ({}), 200, 'waits'],
    ['with a reason of 420', { registrations: 'approval' }, () => ({ reason: 'x'.repeat(420) }), 200, 'waits'],
    ['with a reason of 421', { registrations: 'approval' }, () => ({ reason: 'x'.repeat(421) }), 422, 'none', '420'],
    ['closed', { registrations: 'closed' }, () => ({}), 403, 'none'],
    [
      'closed with words',
      { registrations: 'closed', closed_message: 'Back in May.' },
      () => ({}),
      403,
      'none',
      'Back in May.',
    ],
    ['without agreement', {}, () => ({ agreement: '' }), 422, 'none', 'must be accepted'],
    ['without a date of birth', { min_age: 16 }, () => ({}), 422, 'none', 'be blank'],
    ['at sixteen', { min_age: 16 }, () => ({ date_of_birth: yearsAgo(16) }), 200, 'in'],
    ['a day younger', { min_age: 16 }, () => ({ date_of_birth: yearsAgo(16, 1) }), 422, 'none'],
    ['born tomorrow', { min_age: 16 }, () => ({ date_of_birth: yearsAgo(0, 1) }), 422, 'none'],
    ['born on no day', { min_age: 16 }, () => ({ date_of_birth: '2001-02-30' }), 422, 'none'],
    ['born in the year 12', { min_age: 16 }, () => ({ date_of_birth: '0012-01-01' }), 422, 'none'],
    ['with words for a date', { min_age: 16 }, () => ({ date_of_birth: 'long ago' }), 422, 'none'],
    ['with a date that nobody asked for', {}, () => ({ date_of_birth: '2030-01-01' }), 200, 'in'],
    ['with mail for ten minutes', {}, () => ({ email: `a${serial}@mailinator.com` }), 200, 'waits'],
    [
      'with such mail where it is refused',
      { disposable_mail: 'refuse' },
      () => ({ email: 'b@mailinator.com' }),
      422,
      'none',
    ],
    ['with an invitation that never was', {}, () => ({ invite_code: 'nonsense' }), 403, 'none'],
  ])('%s', async (...one) => {
    const [, wish, more, status, standing, words = ''] = one
    await set(wish)
    const said = await come(more())
    expect({ status: said.status, standing: said.standing }, said.words).toEqual({ status, standing })
    expect(said.words).toContain(words)
  })
})

test('a date of birth is nowhere afterwards', async () => {
  await set({ min_age: 13 })
  const fields = { ...fresh(), agreement: '1', date_of_birth: '1987-06-05' }
  expect((await openBrowser(town.url).post('/sign-up', filledIn(town, fields))).status).toBe(200)
  const rows = await Promise.all(
    (['users', 'accounts', 'jobs', 'attempts', 'audit_log'] as const).map((table) =>
      town.ctx.db.selectFrom(table).selectAll().execute(),
    ),
  )
  expect(JSON.stringify(rows) + town.log.join()).not.toContain('1987-06-05')
})

describe('what apps are told beforehand', () => {
  const told = async () => (await town.call('GET', '/api/v2/instance')).body.registrations
  const old = async () => (await town.call('GET', '/api/v1/instance')).body

  test.each<[Partial<Settings>, Record<string, unknown>]>([
    [{}, { enabled: true, approval_required: false, reason_required: false, message: null, min_age: null }],
    [{ registrations: 'approval' }, { enabled: true, approval_required: true, reason_required: true }],
    [
      { registrations: 'approval', require_reason: 'off' },
      { approval_required: true, reason_required: false },
    ],
    [
      { min_age: 16, closed_message: 'Not yet said' },
      { min_age: 16, message: null },
    ],
    [
      { registrations: 'closed', closed_message: 'Back in May.' },
      { enabled: false, message: '<p>Back in May.</p>' },
    ],
  ])('%o', async (wish, expected) => {
    await set(wish)
    expect(await told()).toMatchObject(expected)
    const { enabled = true, approval_required = false } = expected
    expect(await old()).toMatchObject({ registrations: enabled, approval_required, invites_enabled: true })
  })
})

describe('the form', () => {
  const post = async (fields: Fields) => {
    const answer = await openBrowser(town.url).post('/sign-up', fields)
    return { status: answer.status, text: answer.text, standing: await standingOf(fields.username ?? '') }
  }

  test('what a program sends comes back, and a person who presses once more gets in', async () => {
    const fields = { ...fresh(), agreement: '1' }
    const now = makeStamp(town.ctx)
    for (const [change, words] of [
      [{}, 'open for too long'],
      [{ stamp: 'a.b.c' }, 'open for too long'],
      [{ stamp: now }, 'faster than anybody writes'],
      [{ stamp: `${now.slice(0, -1)}${now.endsWith('A') ? 'B' : 'A'}` }, 'open for too long'],
      [{ stamp: makeStamp(town.ctx, new Date(town.clock.now().getTime() - 25 * 3_600_000)) }, 'open for too long'],
      [filledIn(town, { website: 'https://pills.example' }), 'hidden field'],
      [filledIn(town, { confirm_password: 'battery staple' }), 'hidden field'],
    ] as const) {
      const said = await post({ ...fields, ...change })
      expect({ status: said.status, standing: said.standing }).toEqual({ status: 422, standing: 'none' })
      expect(said.text).toContain(words)
      expect(said.text).toContain(`value="${fields.email}"`)
    }
    const page = await openBrowser(town.url).get('/sign-up')
    const stamp = /name="stamp" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    town.clock.advance(3_000)
    expect(await post({ ...fields, stamp })).toMatchObject({ status: 200, standing: 'in' })
  })

  const solve = (stamp: string, username: string) => {
    for (let at = 0; ; at += 1) {
      const hash = createHash('sha256').update(`${stamp}:${username}:${at}`).digest()
      if (hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0) return String(at)
    }
  }

  test('where browsers must work for their place, whoever did not waits, and an answer is for one name', async () => {
    await set({ proof_of_work: 'always' })
    const [one, two, three] = [fresh(), fresh(), fresh()].map((who) => filledIn(town, { ...who, agreement: '1' }))
    if (!one || !two || !three) throw new Error('three came')
    const work = solve(one.stamp, one.username)
    expect(await post({ ...two, stamp: one.stamp, work })).toMatchObject({ status: 200, standing: 'waits' })
    expect(await post({ ...three, work: 'x' })).toMatchObject({ status: 200, standing: 'waits' })
    expect(await post({ ...one, work })).toMatchObject({ status: 200, standing: 'in' })
    const [row] = await (
      await town.call('GET', '/api/web/moderation/sign-ups', { token: oda.token })
    ).body.filter((waiting: { username: string }) => waiting.username === three.username)
    expect(row).toMatchObject({ why: ['proof'], ip: '127.0.0.1' })
  })

  test('says what it asks, in the reader’s language', async () => {
    await set({ registrations: 'approval', min_age: 16 })
    const page = await openBrowser(town.url).get('/sign-up')
    expect(page.text).toContain('name="date_of_birth"')
    expect(page.text).toContain(`data-work="${WORK_BITS}"`)
    await set({ registrations: 'closed', closed_message: 'Wir öffnen im Mai.' })
    const closed = await openBrowser(town.url).get('/sign-up')
    expect(closed.status).toBe(403)
    expect(closed.text).toContain('Wir öffnen im Mai.')
  })

  test('the rules stand there in the reader’s language, where the team put them in it', async () => {
    const [kind, quiet] = await transact(town.ctx, async (tx) => {
      const made = [await addRule(tx, 'Be kind.', 'To everyone.'), await addRule(tx, 'Be quiet.')]
      await translateRule(tx, made[0]?.id ?? '', 'de', { text: 'Seid freundlich.', hint: 'Zu allen.' })
      await translateRule(tx, made[0]?.id ?? '', 'pt', { text: 'Sede gentis.', hint: '' })
      return made
    })
    const read = async (languages: string) => {
      const page = await town.call('GET', '/sign-up', { headers: { 'accept-language': languages } })
      return ['Be kind.', 'Seid freundlich.', 'Zu allen.', 'Sede gentis.', 'Be quiet.'].filter((words) =>
        page.text.includes(words),
      )
    }
    expect(await read('de-AT, en;q=0.5')).toEqual(['Seid freundlich.', 'Zu allen.', 'Be quiet.'])
    expect(await read('ja, pt-BR;q=0.9')).toEqual(['Sede gentis.', 'Be quiet.'])
    expect(await read('ja')).toEqual(['Be kind.', 'Be quiet.'])
    const told = (await town.call('GET', '/api/v1/instance/rules')).body
    expect(told).toEqual([
      {
        id: kind?.id,
        text: 'Be kind.',
        hint: 'To everyone.',
        translations: { de: { text: 'Seid freundlich.', hint: 'Zu allen.' }, pt: { text: 'Sede gentis.', hint: '' } },
      },
      { id: quiet?.id, text: 'Be quiet.', hint: '', translations: {} },
    ])
  })

  test('whoever signs up gets their mail in the language of the page', async () => {
    const fields = filledIn(town, { ...fresh(), agreement: '1' })
    await openBrowser(town.url).post('/sign-up', fields, { origin: town.url, 'accept-language': 'de' })
    await town.settled()
    expect(mailsTo(town, fields.email)[0]).toContain('Bestätige deine Adresse')
    const person = await town.ctx.db
      .selectFrom('users')
      .select('locale')
      .where('email', '=', fields.email)
      .executeTakeFirst()
    expect(person?.locale).toBe('de')
  })
})

test('a rule for a network that nobody signs up from is said as such', async () => {
  const json = { ip: '127.0.0.0/8', severity: 'sign_up_block' }
  const made = await town.call('POST', '/api/v1/admin/ip_blocks', { token: oda.token, json })
  for (const [, come] of doors) expect(await come({})).toMatchObject({ standing: 'none' })
  await town.call('PUT', `/api/v1/admin/ip_blocks/${made.body.id}`, {
    token: oda.token,
    json: { severity: 'sign_up_requires_approval' },
  })
  for (const [, come] of doors) expect(await come({})).toMatchObject({ status: 200, standing: 'waits' })
  await town.call('DELETE', `/api/v1/admin/ip_blocks/${made.body.id}`, { token: oda.token })
})

describe('the settings', () => {
  const PATH = '/api/web/admin/joining'
  const put = (json: unknown): Promise<Answer> => town.call('PUT', PATH, { token: oda.token, json })

  test('change as named, and the log says what became of them', async () => {
    const wish = { registrations: 'approval', min_age: 16, closed_message: 'Later.' }
    expect((await put(wish)).body).toEqual({ ...usual, ...wish })
    expect((await town.call('GET', PATH, { token: oda.token })).body).toEqual({ ...usual, ...wish })
    const log = await town.ctx.db.selectFrom('audit_log').selectAll().where('action', '=', 'settings.joining').execute()
    expect(log.at(-1)).toMatchObject({ actor_account_id: oda.accountId, details: wish })
    await put(wish)
    expect(
      await town.ctx.db.selectFrom('audit_log').select('id').where('action', '=', 'settings.joining').execute(),
    ).toHaveLength(log.length)
  })

  test.each([
    { registrations: 'maybe' },
    { min_age: -1 },
    { min_age: 1.5 },
    { min_age: 400 },
    { closed_message: 'x'.repeat(1001) },
    { proof_of_work: '' },
  ])('%o does not fit, and nothing else is set either', async (wrong) => {
    const answer = await put({ disposable_mail: 'refuse', ...wrong })
    expect(answer.status).toBe(422)
    expect((await town.call('GET', PATH, { token: oda.token })).body).toEqual(usual)
  })
})

describe('a link that does not come', () => {
  const again = async (fields: Fields) => {
    const answer = await openBrowser(town.url).post('/confirm/again', fields)
    await town.settled()
    return { status: answer.status, text: answer.text }
  }
  const signUp = async () => {
    const who = fresh()
    await openBrowser(town.url).post('/sign-up', filledIn(town, { ...who, agreement: '1' }))
    await town.settled()
    return { ...who, login: who.username }
  }
  const confirm = (link: string | undefined) => openBrowser(town.url).post('/confirm', { key: keyOf(link) })

  test('is sent once more, and the first leads nowhere then', async () => {
    const who = await signUp()
    const [first] = linksOf(town, who.email)
    expect((await again({ login: who.email, password: who.password })).text).toContain('Look into your mail')
    expect(mailsTo(town, who.email)).toHaveLength(2)
    expect((await confirm(first)).status).toBe(422)
    expect((await confirm(linksOf(town, who.email)[0])).text).toContain('Welcome')
    expect((await again({ login: who.email, password: who.password })).status).toBe(422)
  })

  test('goes to another address for whoever mistyped theirs; the old one confirms nothing', async () => {
    const who = await signUp()
    const [old] = linksOf(town, who.email)
    const email = `right_${who.username}@example.org`
    expect((await again({ ...who, email })).text).toContain(email)
    expect((await confirm(old)).status).toBe(422)
    expect((await confirm(linksOf(town, email)[0])).text).toContain('Welcome')
    expect((await openBrowser(town.url).post('/sign-in', { login: email, password: who.password })).status).toBe(303)
  })

  test('to an address that is somebody’s here it does not go, and nobody can tell', async () => {
    const who = await signUp()
    const answers = [
      await again({ ...who, email: 'oda@example.org' }),
      await again({ ...who, email: 'nobody@example.org' }),
    ]
    expect(answers.map((one) => one.status)).toEqual([200, 200])
    expect(answers[0]?.text.replaceAll('oda@', 'x@')).toBe(answers[1]?.text.replaceAll('nobody@', 'x@'))
    expect(mailsTo(town, 'oda@example.org').at(-1)).toContain('already')
  })

  test('a wrong password, nobody, and somebody who is in are answered alike', async () => {
    const who = await signUp()
    const words = (await again({ login: who.username, password: 'wrong' })).text
    expect(words).toContain('waits for a link')
    for (const fields of [
      { login: 'nobody_here', password: who.password },
      { login: 'oda', password: 'correct horse' },
      { login: who.username, password: 'x'.repeat(5000) },
    ])
      expect(await again(fields)).toMatchObject({ status: 422, text: expect.stringContaining('waits for a link') })
    expect(await again({ ...who, email: 'no address' })).toMatchObject({ status: 422 })
    expect(mailsTo(town, who.email)).toHaveLength(1)
  })
})
