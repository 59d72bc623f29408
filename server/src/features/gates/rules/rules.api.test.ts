import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { makePicture, upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

const RULES = '/api/hamlet/v1/admin/rules'

let town: TestTown
let oda: Person
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  bram = await town.person('bram')
  const role_id = requireRoleId('moderator')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const ask = (who: Person | undefined, method: string, path: string, json?: unknown) =>
  town.call(method, path, { ...(who ? { token: who.token } : {}), ...(json === undefined ? {} : { json }) })
const text = (...words: string[]) => ({ kind: 'text', words, whole: true })
const wording = (conditions: unknown[], effects: unknown[], rest: Record<string, unknown> = {}) => ({
  title: 'A rule',
  match: 'all',
  public_text: '',
  expires_at: null,
  conditions,
  effects,
  ...rest,
})
const reject = [{ kind: 'reject' }]
const made: string[] = []
async function rule(conditions: unknown[], effects: unknown[], rest: Record<string, unknown> = {}) {
  const answer = await ask(oda, 'POST', RULES, wording(conditions, effects, rest))
  expect(answer.status, answer.text).toBe(200)
  made.push(answer.body.id)
  await ask(oda, 'POST', `${RULES}/${answer.body.id}/enable`, {})
  return answer.body.id as string
}
const post = (who: Person, json: Record<string, unknown> | string) =>
  ask(who, 'POST', '/api/v1/statuses', typeof json === 'string' ? { status: json } : json)
const hitsOf = async (id: string) => (await ask(oda, 'GET', `${RULES}/${id}/hits`)).body
const allOff = async () => {
  for (const id of made.splice(0)) await ask(oda, 'DELETE', `${RULES}/${id}`)
}

describe('what a rule does to a post of somebody here', () => {
  test('rejects, in the words of the team, and leaves nothing but a line in its log', async () => {
    const id = await rule([text('cheap coins')], reject, { public_text: 'We do not trade here.' })
    const answer = await post(ines, 'Get CHEAP   coins now')
    expect(answer.status).toBe(422)
    expect(answer.body.error).toBe('Validation failed: This post is not taken here. We do not trade here.')
    expect((await ask(ines, 'GET', `/api/v1/accounts/${ines.accountId}/statuses`)).body).toEqual([])
    expect(await hitsOf(id)).toMatchObject([
      { account: { id: ines.accountId }, status_id: null, excerpt: 'Get CHEAP   coins now', effects: reject },
    ])
    expect((await post(ines, 'cheap coinsmith')).status).toBe(200)
    await allOff()
    expect((await post(ines, 'cheap coins')).status).toBe(200)
  })

  test('warns, marks, unlists and labels; taken back, the post is as its author wrote it', async () => {
    const effects = [
      { kind: 'warn', text: 'Spiders' },
      { kind: 'sensitive' },
      { kind: 'unlist' },
      { kind: 'label', text: 'Unproven' },
    ]
    const id = await rule([text('spider')], effects)
    const written = (await post(ines, 'a spider')).body
    expect(written).toMatchObject({
      spoiler_text: 'Spiders',
      sensitive: true,
      visibility: 'unlisted',
      hamlet: { label: 'Unproven' },
    })
    const [hit] = await hitsOf(id)
    expect(hit).toMatchObject({ status_id: written.id, effects, undone_at: null })
    const undo = () => ask(oda, 'POST', `${RULES}/${id}/hits/${hit.id}/undo`, {})
    const undone = await Promise.all([undo(), undo()])
    expect(undone.map((one) => one.body.undone).toSorted((a, b) => a - b)).toEqual([0, 1])
    const after = (await ask(bram, 'GET', `/api/v1/statuses/${written.id}`)).body
    expect(after).toMatchObject({ spoiler_text: '', sensitive: false, visibility: 'public' })
    expect(after.hamlet).toBeUndefined()
    expect((await hitsOf(id))[0].undone_at).not.toBeNull()
    await allOff()
  })

  test('what the author changed since stays as they left it', async () => {
    const id = await rule([text('moth')], [{ kind: 'warn', text: 'Insects' }])
    const written = (await post(ines, 'a moth')).body
    await ask(ines, 'PUT', `/api/v1/statuses/${written.id}`, { status: 'a bat', spoiler_text: 'Mammals' })
    expect((await ask(oda, 'POST', `${RULES}/${id}/undo`, {})).body).toEqual({ undone: 1, has_more: false })
    expect((await ask(bram, 'GET', `/api/v1/statuses/${written.id}`)).body.spoiler_text).toBe('Mammals')
    await allOff()
  })

  test('judges edits, too', async () => {
    const id = await rule([text('casino')], reject)
    const written = (await post(ines, 'a chapel')).body
    const edited = await ask(ines, 'PUT', `/api/v1/statuses/${written.id}`, { status: 'a casino' })
    expect(edited.status).toBe(422)
    expect((await ask(bram, 'GET', `/api/v1/statuses/${written.id}`)).body.content).toContain('chapel')
    expect(await hitsOf(id)).toHaveLength(1)
    await allOff()
  })

  test('a post in time that a rule rejects becomes a draft', async () => {
    await rule([text('later')], reject)
    const at = new Date(town.clock.now().getTime() + 6 * 60_000).toISOString()
    const put = await post(ines, { status: 'for later', scheduled_at: at })
    expect(put.status, put.text).toBe(200)
    town.clock.advance(7 * 60_000)
    await town.ctx.db
      .updateTable('jobs')
      .set({ run_at: new Date(0).toISOString() })
      .where('kind', '=', 'statuses.publish-scheduled')
      .execute()
    await town.settled()
    expect((await ask(ines, 'GET', '/api/hamlet/v1/drafts')).text).toContain('for later')
    await allOff()
  })
})

describe('what a rule asks', () => {
  let file: Buffer
  const picture = async (who: Person) => {
    file ??= await makePicture()
    return (await upload(town, who.token, { file, description: 'a boat' })).body.id as string
  }

  test.each<[string, unknown, Record<string, unknown>, Record<string, unknown>]>([
    ['a pattern', { kind: 'pattern', pattern: 'c[o0]+in' }, { status: 'buy c00in' }, { status: 'buy corn' }],
    [
      'a domain and what lies below it',
      { kind: 'links', domains: ['https://Coins.example/x'] },
      { status: 'https://a.coins.example/1' },
      { status: 'https://notcoins.example/' },
    ],
    ['any link', { kind: 'links', domains: [] }, { status: 'https://a.example/' }, { status: 'a.example' }],
    ['mentions', { kind: 'mentions', at_least: 2 }, { status: '@oda @bram' }, { status: '@oda' }],
    ['strangers', { kind: 'strangers', at_least: 1 }, { status: '@bram hello' }, { status: '@ines myself' }],
    [
      'language',
      { kind: 'language', languages: ['de'] },
      { status: 'x', language: 'de' },
      { status: 'x', language: 'en' },
    ],
    [
      'visibility',
      { kind: 'visibility', visibilities: ['unlisted'] },
      { status: 'x', visibility: 'unlisted' },
      { status: 'x' },
    ],
    [
      'a warning’s words',
      text('kraken'),
      { status: 'x', spoiler_text: 'Kraken' },
      { status: 'x', spoiler_text: 'krakens' },
    ],
    [
      'the answers of a poll',
      text('squid'),
      { status: 'x', poll: { options: ['squid', 'b'], expires_in: 3600 } },
      { status: 'x' },
    ],
    ['words that are not there', { ...text('please'), not: true }, { status: 'now' }, { status: 'please' }],
  ])('%s', async (_, condition, fits, passes) => {
    await rule([condition, { kind: 'origin', from: 'here', servers: [] }], reject)
    expect((await post(ines, passes)).status).toBe(200)
    expect((await post(ines, fits)).status).toBe(422)
    await allOff()
  })

  test('pictures: any, and one that is known again', async () => {
    await rule([{ kind: 'media', hashes: [] }], reject)
    const id = await picture(ines)
    expect((await post(ines, { status: 'x', media_ids: [id] })).status).toBe(422)
    expect((await post(ines, { status: 'x' })).status).toBe(200)
    await allOff()
    const row = await town.ctx.db.selectFrom('media').select('digest').where('id', '=', id).executeTakeFirstOrThrow()
    await rule([{ kind: 'media', hashes: [row.digest?.toString('hex')] }], reject)
    expect((await post(bram, { status: 'x', media_ids: [await picture(bram)] })).status).toBe(422)
    await allOff()
  })

  test('the age and the posts of an account, and whether anybody here follows it', async () => {
    await rule([{ kind: 'younger', days: 3 }], reject)
    const nils = await town.person('nils')
    expect((await post(nils, 'hello')).status).toBe(422)
    town.clock.advance(4 * 24 * 3_600_000)
    expect((await post(nils, 'hello')).status).toBe(200)
    await allOff()
    await rule(
      [
        { kind: 'fewer_posts', posts: 2 },
        { kind: 'followed', not: true },
      ],
      reject,
    )
    expect((await post(nils, 'second')).status).toBe(422)
    await ask(bram, 'POST', `/api/v1/accounts/${nils.accountId}/follow`)
    expect((await post(nils, 'second')).status).toBe(200)
    await ask(bram, 'POST', `/api/v1/accounts/${nils.accountId}/unfollow`)
    expect((await post(nils, 'third')).status).toBe(200)
    await allOff()
  })

  test('any of several, all of several', async () => {
    await rule([text('red'), text('blue')], reject, { match: 'any' })
    expect([(await post(ines, 'red')).status, (await post(ines, 'green')).status]).toEqual([422, 200])
    await allOff()
    await rule([text('red'), text('blue')], reject)
    expect([(await post(ines, 'red')).status, (await post(ines, 'blue, red')).status]).toEqual([200, 422])
    await allOff()
  })

  test('whoever was ever written to is no stranger', async () => {
    await rule([{ kind: 'strangers', at_least: 1 }], reject)
    const [a, b] = [await town.person('ada'), await town.person('ben')]
    expect((await post(a, '@ben hello')).status).toBe(422)
    await ask(b, 'POST', `/api/v1/accounts/${a.accountId}/follow`)
    expect((await post(a, '@ben hello')).status).toBe(200)
    expect((await post(b, '@ada hello')).status).toBe(200)
    await allOff()
  })

  test('private messages are judged by rules about strangers alone, and none of their words is kept', async () => {
    const direct = (words: string) => post(ines, { status: `@bram ${words}`, visibility: 'direct' })
    await rule([text('coins')], reject)
    expect((await direct('coins')).status).toBe(200)
    const id = await rule([text('coins'), { kind: 'strangers', at_least: 1 }], reject)
    expect((await direct('coins')).status).toBe(422)
    expect(await hitsOf(id)).toMatchObject([{ excerpt: '', visibility: 'direct' }])
    await allOff()
  })
})

describe('writing rules', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no title', { title: '  ' }],
    ['no condition', { conditions: [] }],
    ['no action', { effects: [] }],
    ['the same action twice', { effects: [...reject, ...reject] }],
    ['a pattern that nothing can read', { conditions: [{ kind: 'pattern', pattern: '(' }] }],
    ['a pattern that looks back', { conditions: [{ kind: 'pattern', pattern: '(a)\\1' }] }],
    ['a pattern that fits everything', { conditions: [{ kind: 'pattern', pattern: 'a*' }] }],
    ['a pattern that is too large', { conditions: [{ kind: 'pattern', pattern: '((a{30}){30})b' }] }],
    ['what is no domain', { conditions: [{ kind: 'links', domains: ['not a domain'] }] }],
    ['no server', { conditions: [{ kind: 'origin', from: 'servers', servers: [] }] }],
    ['a word of nothing', { conditions: [text('\u200b')] }],
    ['an end that is over', { expires_at: '2020-01-01T00:00:00Z' }],
    ['an end that is no time', { expires_at: 'tomorrow' }],
    ['only what must not be', { conditions: [{ ...text('a'), not: true }] }],
    ['an unknown condition', { conditions: [{ kind: 'moon' }] }],
    ['no picture', { conditions: [{ kind: 'media', hashes: ['\u0000\u0000\u0000\u0000\u0000\u0000'] }] }],
  ])('with %s is refused', async (_, wrong) => {
    const answer = await ask(oda, 'POST', RULES, { ...wording([text('x')], reject), ...wrong })
    expect([400, 422], answer.text).toContain(answer.status)
  })

  test('is noted, keeps its versions, and judges in order', async () => {
    const first = await rule([text('gull')], [{ kind: 'warn', text: 'First' }], { title: 'Gulls' })
    const second = await rule([text('gull')], [{ kind: 'warn', text: 'Second' }])
    expect((await post(ines, 'gull')).body.spoiler_text).toBe('First')
    const ordered = await ask(oda, 'POST', `${RULES}/order`, { ids: [second, first] })
    expect(ordered.body.map((one: { id: string }) => one.id)).toEqual([second, first])
    expect((await post(ines, 'gull')).body.spoiler_text).toBe('Second')
    const changed = await ask(
      oda,
      'PUT',
      `${RULES}/${first}`,
      wording([text('tern')], [{ kind: 'unlist' }], { title: 'Terns' }),
    )
    expect(changed.body).toMatchObject({ version: 2, enabled: true, hits: 2, hits_week: 2 })
    expect(changed.body.sentence).toBe('If a post says “tern”, it is kept out of public timelines.')
    await ask(oda, 'POST', `${RULES}/${first}/disable`, {})
    expect((await post(ines, 'tern')).body.visibility).toBe('public')
    const log = await town.ctx.db
      .selectFrom('audit_log')
      .select(['action', 'actor_account_id'])
      .where('target_id', '=', first)
      .orderBy('id')
      .execute()
    expect(log.map((one) => one.action)).toEqual(
      ['create', 'enable', 'change', 'disable'].map((verb) => `content-rule.${verb}`),
    )
    expect(new Set(log.map((one) => one.actor_account_id))).toEqual(new Set([oda.accountId]))
    const versions = await town.ctx.db
      .selectFrom('content_rule_versions')
      .select('version')
      .where('rule_id', '=', first)
      .execute()
    expect(versions).toHaveLength(2)
    await allOff()
  })

  test('ends by itself', async () => {
    const expires_at = new Date(town.clock.now().getTime() + 3_600_000).toISOString()
    const id = await rule([text('brief')], reject, { expires_at })
    expect((await post(ines, 'brief')).status).toBe(422)
    town.clock.advance(3_601_000)
    expect((await post(ines, 'brief')).status).toBe(200)
    await ask(oda, 'POST', `${RULES}/${id}/disable`, {})
    expect((await ask(oda, 'POST', `${RULES}/${id}/enable`, {})).status).toBe(422)
    await allOff()
  })

  test('lists them at a fixed cost', async () => {
    await rule([text('one')], reject)
    const cost = await town.countStatements(() => ask(oda, 'GET', RULES))
    for (let at = 0; at < 5; at += 1) await rule([text(`w${at}`)], reject)
    expect(await town.countStatements(() => ask(oda, 'GET', RULES))).toBe(cost)
    await allOff()
  })
})

test('a rule counts at once in every process', async () => {
  await using split = await startTown({ isSplit: true })
  const [owner, writer] = [
    await split.person('owner', 'read write admin:read admin:write'),
    await split.person('writer'),
  ]
  const role_id = requireRoleId('owner')
  await split.ctx.db.updateTable('users').set({ role_id }).where('id', '=', owner.userId).execute()
  const at = new Date(split.clock.now().getTime() + 6 * 60_000).toISOString()
  // The web writes the rule; the worker publishes what was written before.
  await split.call('POST', '/api/v1/statuses', {
    token: writer.token,
    json: { status: 'a stowaway', scheduled_at: at },
  })
  const made = await split.call('POST', RULES, { token: owner.token, json: wording([text('stowaway')], reject) })
  await split.call('POST', `${RULES}/${made.body.id}/enable`, { token: owner.token, json: {} })
  split.clock.advance(7 * 60_000)
  await split.ctx.db
    .updateTable('jobs')
    .set({ run_at: new Date(0).toISOString() })
    .where('kind', '=', 'statuses.publish-scheduled')
    .execute()
  await split.settled()
  expect((await split.call('GET', `/api/v1/accounts/${writer.accountId}/statuses`)).body).toEqual([])
})
