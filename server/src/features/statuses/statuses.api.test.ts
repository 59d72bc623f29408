import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let reader: Person

beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  reader = await town.person('reader', 'read')
})
afterAll(() => town[Symbol.asyncDispose]())

const post = (who: Person, json: Record<string, unknown>, headers: Record<string, string> = {}) =>
  town.call('POST', '/api/v1/statuses', { token: who.token, json, headers })
const countRows = async () =>
  Number(
    (
      await town.ctx.db
        .selectFrom('statuses')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

describe('writing', () => {
  test('a post comes back as written, linked, counted and public', async () => {
    const made = await post(ines, { status: 'Hello @bram, see https://example.org/x #TidePools', language: 'pt' })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({
      visibility: 'public',
      language: 'pt',
      sensitive: false,
      application: { name: 'tests' },
    })
    expect(made.body.content).toContain(
      '<a href="https://example.org/x" target="_blank" rel="nofollow noopener" translate="no">',
    )
    expect(made.body.mentions).toMatchObject([{ acct: 'bram' }])
    expect(made.body.tags).toMatchObject([{ name: 'tidepools' }])
    const account = await town.call('GET', `/api/v1/accounts/${ines.accountId}`)
    expect(account.body.statuses_count).toBe(1)
    const feed = await town.call('GET', '/api/v1/timelines/public')
    expect(feed.body.map((status: { id: string }) => status.id)).toContain(made.body.id)
  })

  test('forms, multipart and JSON mean the same', async () => {
    const form = await town.call('POST', '/api/v1/statuses', {
      token: ines.token,
      form: 'status=as+a+form&sensitive=True',
    })
    expect(form.body).toMatchObject({ content: '<p>as a form</p>', sensitive: true })
    const data = new FormData()
    data.set('status', 'in parts')
    data.set('sensitive', '0')
    const parts = await fetch(`${town.url}/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ines.token}` },
      body: data,
    })
    expect(await parts.json()).toMatchObject({ content: '<p>in parts</p>', sensitive: false })
    const json = await post(ines, { status: 'with nulls', spoiler_text: null, in_reply_to_id: null })
    expect(json.body).toMatchObject({ content: '<p>with nulls</p>', spoiler_text: '' })
  })

  test('text that would be markup stays text', async () => {
    const made = await post(ines, { status: '<script>alert(1)</script> & "quotes"' })
    expect(made.body.content).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;</p>')
  })

  test('a warning alone becomes the text, and a warning makes a post sensitive', async () => {
    expect((await post(ines, { status: '', spoiler_text: 'only this' })).body).toMatchObject({
      content: '<p>only this</p>',
      spoiler_text: '',
    })
    expect((await post(ines, { status: 'x', spoiler_text: 'exams' })).body).toMatchObject({
      spoiler_text: 'exams',
      sensitive: true,
    })
  })

  test('one Idempotency-Key makes one post, also when pressed twice at once', async () => {
    const before = await countRows()
    const presses = await Promise.all(
      Array.from({ length: 8 }, () => post(ines, { status: 'once' }, { 'idempotency-key': 'press-1' })),
    )
    expect(new Set(presses.map((answer) => answer.body.id)).size).toBe(1)
    expect(await countRows()).toBe(before + 1)
    const other = await post(bram, { status: 'mine' }, { 'idempotency-key': 'press-1' })
    expect(other.body.account.id).toBe(bram.accountId)
  })

  test('counters equal a recount after many simultaneous posts', async () => {
    const busy = await town.person('busy')
    await Promise.all(Array.from({ length: 20 }, (_, index) => post(busy, { status: `number ${index}` })))
    expect((await town.call('GET', `/api/v1/accounts/${busy.accountId}`)).body.statuses_count).toBe(20)
  })
})

describe('refusals write nothing and never fail', () => {
  const cases: [string, () => Promise<{ status: number; body: any }>, number][] = [
    ['no text', () => post(ines, { status: '   ' }), 422],
    ['no body', () => town.call('POST', '/api/v1/statuses', { token: ines.token }), 422],
    ['too long', () => post(ines, { status: 'x'.repeat(501) }), 422],
    ['unknown visibility', () => post(ines, { status: 'x', visibility: 'everyone' }), 422],
    ['wrong type', () => post(ines, { status: { deep: 1 } }), 422],
    ['a reply to nothing', () => post(ines, { status: 'x', in_reply_to_id: '1' }), 404],
    ['a reply to no id', () => post(ines, { status: 'x', in_reply_to_id: 'abc' }), 404],
    [
      'malformed JSON',
      () =>
        town.call('POST', '/api/v1/statuses', {
          token: ines.token,
          raw: { type: 'application/json', body: '{"status":' },
        }),
      400,
    ],
    [
      'an unknown kind of content',
      () => town.call('POST', '/api/v1/statuses', { token: ines.token, raw: { type: 'text/x-odd', body: 'x' } }),
      415,
    ],
    ['an oversized body', () => post(ines, { status: 'x'.repeat(1_100_000) }), 413],
    ['no token', () => town.call('POST', '/api/v1/statuses', { json: { status: 'x' } }), 401],
    [
      'an unknown token',
      () => town.call('POST', '/api/v1/statuses', { token: 'nonsense', json: { status: 'x' } }),
      401,
    ],
    [
      'a token without the scope',
      () => town.call('POST', '/api/v1/statuses', { token: reader.token, json: { status: 'x' } }),
      403,
    ],
    ['an unknown id', () => town.call('GET', '/api/v1/statuses/99'), 404],
    ['an id that is none', () => town.call('GET', "/api/v1/statuses/1'--"), 404],
    [
      'too many ids',
      () => town.call('GET', `/api/v1/statuses?${Array.from({ length: 21 }, (_, index) => `id[]=${index}`).join('&')}`),
      422,
    ],
    ['an unknown path', () => town.call('GET', '/api/v1/nothing'), 404],
  ]
  test.each(cases)('%s', async (_name, run, status) => {
    const before = await countRows()
    const answer = await run()
    expect(answer.status).toBe(status)
    expect(typeof answer.body.error).toBe('string')
    expect(await countRows()).toBe(before)
  })

  test('unknown members are ignored, never assigned', async () => {
    const made = await post(ines, {
      status: 'plain',
      account_id: bram.accountId,
      favourites_count: 999,
      id: '5',
      created_at: '1999-01-01',
    })
    expect(made.body).toMatchObject({ favourites_count: 0, account: { id: ines.accountId } })
    expect(made.body.id).not.toBe('5')
  })

  test('a revoked token is unknown at once', async () => {
    const gone = await town.person('gone')
    await town.ctx.db
      .updateTable('oauth_tokens')
      .set({ revoked_at: new Date().toISOString() })
      .where('account_id', '=', gone.accountId)
      .execute()
    const answer = await post(gone, { status: 'x' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token')
  })
})

describe('who sees what: visibility × viewer over every read route', () => {
  const readers = ['author', 'mentioned', 'follower', 'requester', 'blocked', 'stranger', 'anonymous'] as const
  const everyone = ['author', 'mentioned', 'follower', 'requester', 'stranger', 'anonymous']
  const sees: Record<string, readonly string[]> = {
    public: everyone,
    unlisted: everyone,
    private: ['author', 'mentioned', 'follower'],
    direct: ['author', 'mentioned'],
  }
  test.each(Object.keys(sees))('%s', async (visibility) => {
    const parent = await post(ines, { status: 'root', visibility: 'public' })
    const made = await post(ines, { status: `secret for @bram`, visibility, in_reply_to_id: parent.body.id })
    const [stranger, follower, requester, blocked] = await Promise.all(
      ['stranger', 'follower', 'requester', 'blocked'].map((who) => town.person(`${who}_${visibility}`)),
    )
    const act = (who: Person | undefined, path: string) =>
      town.call('POST', `/api/v1/accounts/${path}`, { token: who?.token ?? '' })
    await act(follower, `${ines.accountId}/follow`)
    await town.ctx.db.updateTable('accounts').set({ locked: true }).where('id', '=', ines.accountId).execute()
    await act(requester, `${ines.accountId}/follow`)
    await town.ctx.db.updateTable('accounts').set({ locked: false }).where('id', '=', ines.accountId).execute()
    await act(ines, `${blocked?.accountId}/block`)
    const tokens = {
      author: ines.token,
      mentioned: bram.token,
      follower: follower?.token,
      requester: requester?.token,
      blocked: blocked?.token,
      stranger: stranger?.token,
      anonymous: undefined,
    }
    const holds = (list: { id: string }[]) => list.some((status) => status.id === made.body.id)
    for (const who of readers) {
      const caller = tokens[who] === undefined ? {} : { token: tokens[who] }
      const expected = sees[visibility]?.includes(who) ?? false
      expect((await town.call('GET', `/api/v1/statuses/${made.body.id}`, caller)).status, `${who} show`).toBe(
        expected ? 200 : 404,
      )
      expect(
        (await town.call('GET', `/api/v1/statuses/${made.body.id}/context`, caller)).status,
        `${who} context`,
      ).toBe(expected ? 200 : 404)
      expect(holds((await town.call('GET', `/api/v1/statuses?id[]=${made.body.id}`, caller)).body), `${who} list`).toBe(
        expected,
      )
      expect(
        holds((await town.call('GET', `/api/v1/accounts/${ines.accountId}/statuses?limit=40`, caller)).body),
        `${who} account`,
      ).toBe(expected)
      expect(
        holds((await town.call('GET', `/api/v1/statuses/${parent.body.id}/context`, caller)).body.descendants ?? []),
        `${who} below`,
      ).toBe(expected)
      const isListed = visibility === 'public' && who !== 'blocked'
      expect(holds((await town.call('GET', '/api/v1/timelines/public?limit=40', caller)).body), `${who} public`).toBe(
        isListed,
      )
    }
    for (const who of ['follower', 'stranger', 'blocked'] as const) {
      const home = await town.call('GET', '/api/v1/timelines/home?limit=40', { token: tokens[who] ?? '' })
      expect(holds(home.body), `${who} home`).toBe(who === 'follower' && visibility !== 'direct')
    }
    const page = await town.call('GET', `/@ines/${made.body.id}`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(sees[visibility]?.includes('anonymous') ? 200 : 404)
  })
})

describe('deleting', () => {
  test('an author deletes and gets the text back; a second press and strangers find nothing', async () => {
    const made = await post(ines, { status: 'to be *rewritten* #soon' })
    expect((await town.call('DELETE', `/api/v1/statuses/${made.body.id}`, { token: bram.token })).status).toBe(404)
    const gone = await town.call('DELETE', `/api/v1/statuses/${made.body.id}`, { token: ines.token })
    expect(gone.body).toMatchObject({ id: made.body.id, text: 'to be *rewritten* #soon' })
    expect(gone.body.content).toBeUndefined()
    expect((await town.call('DELETE', `/api/v1/statuses/${made.body.id}`, { token: ines.token })).status).toBe(404)
    expect((await town.call('GET', `/api/v1/statuses/${made.body.id}`)).status).toBe(404)
    const tombstone = await town.ctx.db
      .selectFrom('status_tombstones')
      .select('uri')
      .where('uri', '=', made.body.uri)
      .executeTakeFirst()
    expect(tombstone).toBeDefined()
  })

  test('counts of replies follow', async () => {
    const parent = await post(ines, { status: 'parent' })
    const reply = await post(bram, { status: 'reply', in_reply_to_id: parent.body.id })
    const repliesOf = async () => (await town.call('GET', `/api/v1/statuses/${parent.body.id}`)).body.replies_count
    expect(await repliesOf()).toBe(1)
    await town.call('DELETE', `/api/v1/statuses/${reply.body.id}`, { token: bram.token })
    expect(await repliesOf()).toBe(0)
  })
})

describe('reading', () => {
  test('a thread is read from its root down, branch by branch, the author first', async () => {
    const root = await post(ines, { status: 'root' })
    const other = await post(bram, { status: 'other', in_reply_to_id: root.body.id })
    const own = await post(ines, { status: 'own', in_reply_to_id: root.body.id })
    const below = await post(bram, { status: 'below', in_reply_to_id: own.body.id })
    const thread = await town.call('GET', `/api/v1/statuses/${root.body.id}/context`)
    const ids = (list: { id: string }[]) => list.map((status) => status.id)
    expect(ids(thread.body.descendants)).toEqual([own.body.id, below.body.id, other.body.id])
    expect(ids((await town.call('GET', `/api/v1/statuses/${below.body.id}/context`)).body.ancestors)).toEqual([
      root.body.id,
      own.body.id,
    ])
  })

  test('pages of the public timeline join without gap or overlap, both ways', async () => {
    const first = await town.call('GET', '/api/v1/timelines/public?limit=5')
    const links = Object.fromEntries(
      [...(first.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map((match) => [
        match[2],
        new URL(match[1] as string),
      ]),
    )
    expect(links.next?.searchParams.get('limit')).toBe('5')
    const second = await town.call('GET', `${links.next?.pathname}${links.next?.search}`)
    const both = await town.call('GET', '/api/v1/timelines/public?limit=10')
    const ids = (answer: { body: { id: string }[] }) => answer.body.map((status) => status.id)
    expect([...ids(first), ...ids(second)]).toEqual(ids(both))
    const back = await town.call('GET', `/api/v1/timelines/public?limit=5&min_id=${ids(second)[0]}`)
    expect(ids(back)).toEqual(ids(first))
  })

  test('a page of twenty needs as many statements as a page of one', async () => {
    const statementsFor = (limit: number) =>
      town.countStatements(() => town.call('GET', `/api/v1/timelines/public?limit=${limit}`, { token: ines.token }))
    await statementsFor(20)
    expect(await statementsFor(20)).toBe(await statementsFor(2))
    expect(await statementsFor(20)).toBe(18)
  })

  test('nothing failed on the way', () => {
    expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
  })
})
