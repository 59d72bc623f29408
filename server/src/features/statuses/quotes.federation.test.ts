import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dial } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { document, find, post, see } from './quotes.fixture.ts'

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
