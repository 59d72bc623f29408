import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dial } from '#test/listener'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const post = (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const find = async (town: TestTown, who: Person, uri: string) =>
  (
    await town.call('GET', `/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(uri)}`, {
      token: who.token,
    })
  ).body.statuses[0]
const see = async (town: TestTown, who: Person, id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, { token: who.token })).body
const document = (town: TestTown, uri: string) =>
  town.call('GET', new URL(uri).pathname, { headers: { accept: 'application/activity+json' } })

describe('between two towns', () => {
  let here: TestTown
  let there: TestTown
  let ines: Person
  let bram: Person
  beforeAll(async () => {
    here = await startTown({ isReachable: true })
    there = await startTown({ isReachable: true })
    ines = await here.person('ines')
    bram = await there.person('bram')
  })
  afterAll(async () => {
    await here[Symbol.asyncDispose]()
    await there[Symbol.asyncDispose]()
  })
  async function settled(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      await here.settled()
      await there.settled()
    }
  }
  /** Ines writes here; Bram reads it there. */
  async function written(json: Record<string, unknown> = {}) {
    const mine = (await post(here, ines, 'statuses', { status: 'the tide is out', ...json })).body
    return { mine, seen: await find(there, bram, mine.uri) }
  }
  async function quoted(json: Record<string, unknown> = {}) {
    const { mine, seen } = await written()
    const made = await post(there, bram, 'statuses', { status: 'look', quoted_status_id: seen.id, ...json })
    expect(made.status, made.text).toBe(200)
    return { mine, seen, quoting: made.body }
  }

  test('a quote is asked for, allowed with a stamp, shown on both sides, counted and told', async () => {
    const { mine, seen, quoting } = await quoted()
    expect(quoting.quote).toEqual({ state: 'pending', quoted_status: null })
    await using listener = await dial(there.streaming, { token: bram.token, query: '?stream=user' })
    await settled()
    expect((await see(there, bram, quoting.id)).quote).toMatchObject({
      state: 'accepted',
      quoted_status: { id: seen.id },
    })
    expect(await see(there, bram, seen.id)).toMatchObject({ quotes_count: 1 })
    const list = await here.call('GET', `/api/v1/statuses/${mine.id}/quotes`, { token: ines.token })
    expect(list.body).toMatchObject([
      { uri: quoting.uri, quote: { state: 'accepted', quoted_status: { id: mine.id } } },
    ])
    expect(list.body[0].content).toBe('<p>look</p>')
    expect((await see(here, ines, mine.id)).quotes_count).toBe(1)
    const told = await here.call('GET', '/api/v1/notifications?types[]=quote', { token: ines.token })
    expect(told.body[0]).toMatchObject({ status: { id: list.body[0].id } })
    const note = (await document(there, quoting.uri)).body
    expect(note).toMatchObject({
      quote: mine.uri,
      quoteUri: mine.uri,
      _misskey_quote: mine.uri,
      content: expect.stringMatching(/^<p class="quote-inline">RE: /),
      tag: [{ type: 'Link', href: mine.uri, rel: 'https://misskey-hub.net/ns#_misskey_quote' }],
    })
    const stamp = await document(here, note.quoteAuthorization)
    expect(stamp.body).toMatchObject({
      type: 'QuoteAuthorization',
      id: note.quoteAuthorization,
      interactingObject: quoting.uri,
      interactionTarget: mine.uri,
    })
    expect(stamp.text).not.toContain('tide')
    expect(await listener.hear('status.update').catch(() => undefined)).toMatchObject({ id: quoting.id })
  })

  test('taken back, it is gone on both sides, and so is the stamp', async () => {
    const { mine, quoting } = await quoted()
    await settled()
    const stamp = (await document(there, quoting.uri)).body.quoteAuthorization
    const [arrived] = (await here.call('GET', `/api/v1/statuses/${mine.id}/quotes`, { token: ines.token })).body
    expect((await post(here, ines, `statuses/${mine.id}/quotes/${arrived.id}/revoke`)).status).toBe(200)
    await settled()
    expect((await see(there, bram, quoting.id)).quote).toEqual({ state: 'revoked', quoted_status: null })
    expect((await document(here, stamp)).status).toBe(404)
    const note = (await document(there, quoting.uri)).body
    expect(note.quote).toBe(mine.uri)
    expect(note).not.toHaveProperty('quoteUri')
    expect(note).not.toHaveProperty('quoteAuthorization')
    expect(note.content).toBe('<p>look</p>')
  })

  test('an author elsewhere who allows it no longer says no', async () => {
    const { mine, seen } = await written()
    const policy = { token: ines.token, json: { quote_approval_policy: 'nobody' } }
    await here.call('PUT', `/api/v1/statuses/${mine.id}/interaction_policy`, policy)
    await here.settled()
    const made = await post(there, bram, 'statuses', { status: 'look', quoted_status_id: seen.id })
    await settled()
    expect((await see(there, bram, made.body.id)).quote).toEqual({ state: 'rejected', quoted_status: null })
    expect((await see(here, ines, mine.id)).quotes_count).toBe(0)
  })

  test('what is quoted is edited and deleted: both reach who quotes it', async () => {
    const { mine, quoting } = await quoted()
    await settled()
    await here.call('PUT', `/api/v1/statuses/${mine.id}`, { token: ines.token, json: { status: 'the tide is in' } })
    await settled()
    expect((await see(there, bram, quoting.id)).quote.quoted_status.content).toBe('<p>the tide is in</p>')
    const told = await there.call('GET', '/api/v1/notifications?types[]=quoted_update', { token: bram.token })
    expect(told.body).toMatchObject([{ status: { id: quoting.id } }])
    await here.call('DELETE', `/api/v1/statuses/${mine.id}`, { token: ines.token })
    await settled()
    expect((await see(there, bram, quoting.id)).quote).toEqual({ state: 'deleted', quoted_status: null })
    expect((await document(there, quoting.uri)).body.quote).toEqual({ type: 'Tombstone' })
  })

  test('where followers may, followers may; others are told so before they write', async () => {
    const { seen } = await written({ quote_approval_policy: 'followers' })
    expect(seen.quote_approval).toEqual({ automatic: ['followers'], manual: [], current_user: 'denied' })
    const refused = await post(there, bram, 'statuses', { status: 'x', quoted_status_id: seen.id })
    expect(refused.status).toBe(404)
    await post(there, bram, `accounts/${seen.account.id}/follow`)
    await settled()
    expect((await see(there, bram, seen.id)).quote_approval.current_user).toBe('automatic')
    const made = await post(there, bram, 'statuses', { status: 'x', quoted_status_id: seen.id })
    await settled()
    expect((await see(there, bram, made.body.id)).quote.state).toBe('accepted')
  })

  test('a quote of a followers-only post stays among followers, at home and away', async () => {
    const mine = (await post(here, ines, 'statuses', { status: 'between us', visibility: 'private' })).body
    const quoting = (await post(here, ines, 'statuses', { status: 'again', quoted_status_id: mine.id })).body
    await settled()
    expect(quoting.visibility).toBe('private')
    for (const uri of [mine.uri, quoting.uri]) expect((await document(here, uri)).status).toBe(404)
    const stranger = await here.person('stranger_here')
    expect((await here.call('GET', `/api/v1/statuses/${quoting.id}`, { token: stranger.token })).status).toBe(404)
    // Bram follows Ines by now: both posts reached him, and the quote needs nobody's leave.
    const home = (await there.call('GET', '/api/v1/timelines/home', { token: bram.token })).body
    const arrived = home.find((one: { uri: string }) => one.uri === quoting.uri)
    expect(arrived.quote).toMatchObject({ state: 'accepted', quoted_status: { uri: mine.uri } })
    const other = await there.person('other_there')
    expect((await there.call('GET', `/api/v1/statuses/${arrived.id}`, { token: other.token })).status).toBe(404)
    await there.ctx.db.updateTable('statuses').set({ visibility: 'public' }).where('id', '=', arrived.id).execute()
    expect((await see(there, other, arrived.id)).quote).toEqual({ state: 'unauthorized', quoted_status: null })
  })
})

describe('with another server', () => {
  let town: TestTown
  let peer: Peer
  let ines: Person
  let inesUri: string
  let ivo: ReturnType<Peer['addActor']>
  let mia: ReturnType<Peer['addActor']>
  let mallory: ReturnType<Peer['addActor']>
  let count = 0
  beforeAll(async () => {
    town = await startTown({ isReachable: true })
    peer = await startPeer()
    ines = await town.person('ines')
    inesUri = `${town.url}/ap/users/${ines.accountId}`
    ivo = peer.addActor('ivo')
    mia = peer.addActor('mia')
    mallory = peer.addActor('mallory')
  })
  afterAll(async () => {
    await peer[Symbol.asyncDispose]()
    await town[Symbol.asyncDispose]()
  })

  const note = (by: { id: string }, change: Record<string, unknown> = {}) => {
    const path = `/notes/${(count += 1)}`
    const made: Record<string, unknown> & { id: string } = {
      id: `${peer.url}${path}`,
      type: 'Note',
      attributedTo: by.id,
      content: '<p>hello</p>',
      to: [PUBLIC],
      cc: [inesUri],
      tag: [{ type: 'Mention', href: inesUri, name: '@ines' }],
      published: new Date().toISOString(),
      interactionPolicy: { canQuote: { automaticApproval: [PUBLIC] } },
      ...change,
    }
    peer.documents.set(path, made)
    return made
  }
  const stampFor = (by: { id: string }, from: string, to: string, change: Record<string, unknown> = {}) => {
    const path = `/stamps/${(count += 1)}`
    peer.documents.set(path, {
      id: `${peer.url}${path}`,
      type: 'QuoteAuthorization',
      attributedTo: by.id,
      interactingObject: from,
      interactionTarget: to,
      ...change,
    })
    return `${peer.url}${path}`
  }
  const send = async (activity: Record<string, unknown>, by = ivo) => {
    const whole = { id: `${by.id}#acts/${(count += 1)}`, actor: by.id, ...activity }
    expect(await peer.send(`${town.url}/inbox`, whole, by)).toBe(202)
    for (let round = 0; round < 3; round += 1) await town.settled()
  }
  const create = (object: Record<string, unknown>, by = ivo) =>
    send({ type: 'Create', object, to: object.to, cc: object.cc }, by)
  const quoteOf = async (uri: unknown) => {
    const row = await town.ctx.db
      .selectFrom('statuses')
      .select('id')
      .where('uri', '=', String(uri))
      .executeTakeFirstOrThrow()
    return (await see(town, ines, row.id)).quote
  }
  const sent = (type: string) =>
    peer.requests
      .filter((one) => one.method === 'POST')
      .map((one) => JSON.parse(one.body))
      .filter((one) => one.type === type)
  /** Ines quotes a post of Ivo's. */
  async function ask(policy: Record<string, unknown> = { automaticApproval: [PUBLIC] }) {
    const theirs = note(ivo, { interactionPolicy: { canQuote: policy } })
    const seen = await find(town, ines, theirs.id)
    const made = await post(town, ines, 'statuses', { status: 'look', quoted_status_id: seen.id })
    await town.settled()
    const request = sent('QuoteRequest').at(-1)
    return { theirs, seen, made, request }
  }

  describe('a person here quotes somebody there', () => {
    test('who is asked, with the whole post', async () => {
      const { theirs, made, request } = await ask()
      expect(made.body.quote.state).toBe('pending')
      expect(request).toMatchObject({
        actor: inesUri,
        object: theirs.id,
        to: [ivo.id],
        instrument: { type: 'Note', id: made.body.uri, quote: theirs.id },
      })
      expect(request.instrument).not.toHaveProperty('quoteAuthorization')
      const result = stampFor(ivo, made.body.uri, theirs.id)
      await send({ type: 'Accept', object: request.id, result })
      expect((await quoteOf(made.body.uri)).state).toBe('accepted')
      const update = sent('Update').at(-1)
      expect(update.object).toMatchObject({ id: made.body.uri, quoteAuthorization: result })
      await send({ type: 'Delete', object: { id: result, type: 'QuoteAuthorization' } }, mia)
      expect((await quoteOf(made.body.uri)).state).toBe('accepted')
      await send({ type: 'Delete', object: { id: result, type: 'QuoteAuthorization' } })
      expect((await quoteOf(made.body.uri)).state).toBe('revoked')
    })

    test('who says no, and later yes', async () => {
      const { theirs, made, request } = await ask({ manualApproval: [PUBLIC] })
      await send({ type: 'Reject', object: { ...request, instrument: made.body.uri } })
      expect((await quoteOf(made.body.uri)).state).toBe('rejected')
      const result = stampFor(ivo, made.body.uri, theirs.id)
      await send({ type: 'Accept', object: { ...request, instrument: made.body.uri }, result })
      expect((await quoteOf(made.body.uri)).state).toBe('accepted')
    })

    test('who must be asked is named so; who lets nobody is not quoted', async () => {
      const { seen } = await ask({ manualApproval: [PUBLIC] })
      expect(seen.quote_approval).toEqual({ automatic: [], manual: ['public'], current_user: 'manual' })
      const closed = await find(town, ines, note(ivo, { interactionPolicy: undefined }).id)
      expect((await post(town, ines, 'statuses', { status: 'x', quoted_status_id: closed.id })).status).toBe(404)
    })

    test.each([
      ['by somebody else', mallorySays],
      ['without a stamp', async (request: any) => send({ type: 'Accept', object: request.id })],
      [
        'with a stamp of another host',
        async (request: any) => send({ type: 'Accept', object: request.id, result: 'https://evil.example/stamp' }),
      ],
    ])('an answer %s counts for nothing', async (_name, answer) => {
      const { made, request } = await ask()
      await answer(request)
      expect((await quoteOf(made.body.uri)).state).toBe('pending')
    })
    async function mallorySays(request: any) {
      await send({ type: 'Accept', object: request.id, result: `${peer.url}/stamps/0` }, mallory)
      await send({ type: 'Reject', object: request.id }, mallory)
    }
  })

  describe('somebody there quotes a person here', () => {
    const mine = async (json: Record<string, unknown> = {}) =>
      (await post(town, ines, 'statuses', { status: 'mine', ...json })).body
    const request = (object: string, instrument: unknown, by = ivo) =>
      send({ type: 'QuoteRequest', object, instrument }, by)
    const rows = async () =>
      Number(
        (
          await town.ctx.db
            .selectFrom('statuses')
            .select((eb) => eb.fn.countAll<string>().as('count'))
            .executeTakeFirstOrThrow()
        ).count,
      )

    test.each([['inline'], ['by its address'], ['after it arrived']])('and is let, with the post %s', async (how) => {
      const quoted = await mine()
      const theirs = note(ivo, { quote: quoted.uri, cc: [], tag: [] })
      if (how === 'after it arrived') await create(theirs)
      await request(quoted.uri, how === 'inline' ? theirs : theirs.id)
      expect(await quoteOf(theirs.id)).toMatchObject({ state: 'accepted', quoted_status: { id: quoted.id } })
      const accept = sent('Accept').at(-1)
      expect(accept).toMatchObject({ actor: inesUri, object: { type: 'QuoteRequest', instrument: theirs.id } })
      const stamp = await document(town, accept.result)
      expect(stamp.body).toMatchObject({ interactingObject: theirs.id, interactionTarget: quoted.uri })
      await request(quoted.uri, theirs.id)
      expect(sent('Accept').at(-1).result).toBe(accept.result)
      expect((await see(town, ines, quoted.id)).quotes_count).toBe(1)
    })

    test.each([
      ['lets nobody', { quote_approval_policy: 'nobody' }],
      ['lets followers alone', { quote_approval_policy: 'followers' }],
      ['shows it to followers alone', { visibility: 'private' }],
    ])('who %s, and is told no; nothing is stored', async (_name, json) => {
      const quoted = await mine(json)
      const before = await rows()
      const [rejected, accepted] = [sent('Reject').length, sent('Accept').length]
      await request(quoted.uri, note(ivo, { quote: quoted.uri, cc: [], tag: [] }))
      expect([sent('Reject').length, sent('Accept').length]).toEqual([rejected + 1, accepted])
      expect(await rows()).toBe(before)
    })

    test('forged or broken requests are answered by nobody', async () => {
      const quoted = await mine()
      const answers = () => sent('Accept').length + sent('Reject').length
      const before = { rows: await rows(), answers: answers() }
      const another = note(mia, { quote: quoted.uri, cc: [], tag: [] })
      await request(quoted.uri, another)
      await request(quoted.uri, note(ivo, { quote: `${town.url}/elsewhere`, cc: [], tag: [] }))
      await request(quoted.uri, { ...note(ivo, { quote: quoted.uri }), id: 'https://evil.example/1' })
      await request(quoted.uri, undefined)
      await request(`${town.url}/ap/users/1/statuses/1`, note(ivo, { quote: quoted.uri }))
      await send({ type: 'QuoteRequest', object: quoted.uri, instrument: 5 })
      expect(answers()).toBe(before.answers)
      expect((await see(town, ines, quoted.id)).quotes_count).toBe(0)
    })

    test('a post that shows a stamp of ours that was never given stays unread', async () => {
      const quoted = await mine()
      const forged = `${inesUri}/quote_authorizations/5`
      const theirs = note(ivo, { quote: quoted.uri, quoteAuthorization: forged })
      await create(theirs)
      expect(await quoteOf(theirs.id)).toEqual({ state: 'pending', quoted_status: null })
      const legacy = note(ivo, { quoteUri: quoted.uri })
      await create(legacy)
      expect(await quoteOf(legacy.id)).toEqual({ state: 'unauthorized', quoted_status: null })
    })
  })

  describe('two people elsewhere', () => {
    test('a stamp that fits shows the quote; an Update can bring it later', async () => {
      const quoted = note(mia)
      const theirs = note(ivo, { quote: quoted.id })
      theirs.quoteAuthorization = stampFor(mia, theirs.id, quoted.id)
      await create(theirs)
      expect(await quoteOf(theirs.id)).toMatchObject({ state: 'accepted', quoted_status: { uri: quoted.id } })
      const later = note(ivo, { quote: quoted.id })
      await create(later)
      expect((await quoteOf(later.id)).state).toBe('pending')
      const quoteAuthorization = stampFor(mia, later.id, quoted.id)
      await send({ type: 'Update', object: { ...later, quoteAuthorization } })
      expect((await quoteOf(later.id)).state).toBe('accepted')
      const other = note(mia)
      await send({
        type: 'Update',
        object: { ...later, quote: other.id, updated: new Date(Date.now() + 1).toISOString() },
      })
      expect(await quoteOf(later.id)).toEqual({ state: 'pending', quoted_status: null })
    })

    test.each<[string, (from: string, to: string) => string]>([
      ['for another post', (_from, to) => stampFor(mia, `${peer.url}/notes/0`, to)],
      ['of another post', (from) => stampFor(mia, from, `${peer.url}/notes/0`)],
      ['of another person', (from, to) => stampFor(mallory, from, to)],
      ['of another kind', (from, to) => stampFor(mia, from, to, { type: 'Note' })],
      ['that lies elsewhere', (from, to) => stampFor(mia, from, to, { id: 'https://evil.example/stamp' })],
      ['that is not there', () => `${peer.url}/stamps/gone`],
    ])('a stamp %s shows nothing', async (_name, forge) => {
      const quoted = note(mia)
      const theirs = note(ivo, { quote: quoted.id })
      theirs.quoteAuthorization = forge(theirs.id, quoted.id)
      await create(theirs)
      expect(await quoteOf(theirs.id)).toEqual({ state: 'rejected', quoted_status: null })
    })

    test('a person’s quote of their own post needs no stamp', async () => {
      const quoted = note(ivo)
      const theirs = note(ivo, {
        _misskey_quote: quoted.id,
        content: `<p>so</p><p>RE: <a href="${quoted.id}">there</a></p>`,
      })
      await create(theirs)
      expect(await quoteOf(theirs.id)).toMatchObject({ state: 'accepted' })
      const row = await find(town, ines, theirs.id)
      expect(row.content).toBe('<p>so</p>')
    })

    test('an old quote of another has no leave, and keeps its line', async () => {
      const quoted = note(mia)
      const theirs = note(ivo, {
        _misskey_quote: quoted.id,
        content: `<p>so</p><p>RE: <a href="${quoted.id}">there</a></p>`,
      })
      await create(theirs)
      expect(await quoteOf(theirs.id)).toEqual({ state: 'unauthorized', quoted_status: null })
      expect((await find(town, ines, theirs.id)).content).toContain('RE: ')
    })

    test('a chain of quotes is followed two steps and no further', async () => {
      const chain = [note(ivo)]
      for (let step = 0; step < 8; step += 1) chain.unshift(note(ivo, { quote: chain[0]?.id, cc: [], tag: [] }))
      const first = note(ivo, { quote: chain[0]?.id })
      await create(first)
      const asked = chain.filter(({ id }) => peer.requests.some((one) => one.method === 'GET' && id.endsWith(one.path)))
      expect(asked).toHaveLength(2)
    })

    test('a stamp taken back in silence is noticed within a week', async () => {
      const quoted = note(mia)
      const theirs = note(ivo, { quote: quoted.id })
      const stamp = stampFor(mia, theirs.id, quoted.id)
      theirs.quoteAuthorization = stamp
      await create(theirs)
      peer.documents.delete(new URL(stamp).pathname)
      const recheck = async () => {
        const { schedules } = await import('#app/rooms')
        const found = schedules().find(({ job }) => job.name === 'statuses.recheck-quotes')
        await found?.job.run(town.ctx, {})
        await town.settled()
      }
      await recheck()
      expect((await quoteOf(theirs.id)).state).toBe('accepted')
      await town.ctx.db.updateTable('quotes').set({ checked_at: '2020-01-01T00:00:00Z' }).execute()
      await recheck()
      expect((await quoteOf(theirs.id)).state).toBe('revoked')
    })
  })
})
