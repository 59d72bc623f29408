import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dial } from '#test/listener'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  // Nothing that is held here comes due by itself.
  town.clock.advance(3_600_000)
  ines = await town.person('ines')
  bram = await town.person('bram')
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: bram.token })
  await town.settled()
})
afterAll(() => town[Symbol.asyncDispose]())

const ask = (who: Person | undefined, method: string, path: string, json?: unknown) =>
  town.call(method, path, { ...(who ? { token: who.token } : {}), ...(json === undefined ? {} : { json }) })
const hold = async (json: Record<string, unknown>, who = ines) =>
  (await ask(who, 'POST', '/api/v1/statuses', { hold_for: 60, ...json })).body
const publish = (id: string, who = ines) => ask(who, 'POST', `/api/hamlet/v1/statuses/${id}/publish`, {})
const countOf = async (id: string) => (await ask(undefined, 'GET', `/api/v1/accounts/${id}`)).body.statuses_count
/** Lets time pass: what waits for its hour is due. */
const passTime = async () => {
  await sql`update jobs set run_at = now() where kind = 'statuses.publish-held'`.execute(town.ctx.db)
  await town.settled()
}

describe('a held post', () => {
  test('is there for its author alone, whatever they all ask', async () => {
    await using listener = await dial(town.streaming, { token: bram.token, query: '?stream=user' })
    listener.say({ type: 'subscribe', stream: 'public' })
    listener.say({ type: 'subscribe', stream: 'hashtag', tag: 'heldback' })
    const before = await countOf(ines.accountId)
    const parent = (await ask(bram, 'POST', '/api/v1/statuses', { status: 'a question' })).body
    const post = await hold({ status: '@bram psst #heldback', in_reply_to_id: parent.id, spoiler_text: 'shh' })
    expect(post).toMatchObject({ spoiler_text: 'shh', tags: [{ name: 'heldback' }], mentions: [{ acct: 'bram' }] })
    expect(Date.parse(post.hamlet.held_until)).toBeGreaterThan(town.clock.now().getTime())
    await town.settled()
    for (const who of [bram, undefined]) {
      for (const path of ['', '/context', '/history', '/favourited_by', '/reblogged_by'])
        expect((await ask(who, 'GET', `/api/v1/statuses/${post.id}${path}`)).status, path).toBe(404)
      const lists = ['timelines/public', 'timelines/tag/heldback', `accounts/${ines.accountId}/statuses`]
      const own = who ? ['timelines/home', 'notifications', 'conversations', `statuses?id[]=${post.id}`] : []
      for (const path of [...lists, ...own])
        expect((await ask(who, 'GET', `/api/v1/${path}`)).text, path).not.toContain(post.id)
      for (const q of ['heldback', post.uri, post.url])
        expect((await ask(who, 'GET', `/api/v2/search?q=${encodeURIComponent(q)}`)).text, q).not.toMatch(
          /heldback"|shh/,
        )
    }
    for (const verb of ['favourite', 'reblog', 'bookmark'])
      expect((await ask(bram, 'POST', `/api/v1/statuses/${post.id}/${verb}`, {})).status).toBe(404)
    const reply = { status: 'to what?', in_reply_to_id: post.id }
    expect((await ask(bram, 'POST', '/api/v1/statuses', reply)).status).toBe(404)
    for (const path of [
      new URL(post.uri).pathname,
      `${new URL(post.uri).pathname}/activity`,
      new URL(post.url).pathname,
    ])
      expect((await ask(undefined, 'GET', path)).status, path).toBe(404)
    const home = (await ask(ines, 'GET', '/api/v1/timelines/home')).text
    expect(home).not.toContain(post.id)
    expect(await countOf(ines.accountId)).toBe(before)
    expect((await ask(undefined, 'GET', `/api/v1/statuses/${parent.id}`)).body.replies_count).toBe(0)
    expect((await ask(ines, 'GET', `/api/v1/statuses/${post.id}`)).body).toEqual(post)
    const held = (await ask(ines, 'GET', '/api/hamlet/v1/statuses/held')).body
    expect(held.map((one: { id: string }) => one.id)).toContain(post.id)
    expect((await ask(bram, 'GET', '/api/hamlet/v1/statuses/held')).body).toEqual([])
    expect(listener.heard.filter((spoken) => spoken.payload?.includes(post.id))).toEqual([])

    await passTime()
    expect(await listener.hear('update', (status) => status.id === post.id)).toMatchObject({ id: post.id })
    expect(await listener.hear('notification')).toMatchObject({ type: 'mention', status: { id: post.id } })
    const shown = (await ask(bram, 'GET', `/api/v1/statuses/${post.id}`)).body
    expect(Date.parse(shown.created_at)).toBeGreaterThan(Date.parse(post.created_at))
    expect(shown.hamlet).toBeUndefined()
    expect((await ask(undefined, 'GET', '/api/v1/timelines/tag/heldback')).body).toMatchObject([{ id: post.id }])
    expect(await countOf(ines.accountId)).toBe(before + 1)
    expect((await ask(undefined, 'GET', `/api/v1/statuses/${parent.id}`)).body.replies_count).toBe(1)
    expect((await ask(ines, 'GET', '/api/hamlet/v1/statuses/held')).body).toEqual([])
  })

  test('comes back whole when it is taken back, and leaves no trace', async () => {
    const picture = (await upload(town, ines.token, { description: 'a boat' })).body
    const before = await countOf(ines.accountId)
    const post = await hold({ status: 'too soon', media_ids: [picture.id] })
    expect((await ask(bram, 'DELETE', `/api/v1/statuses/${post.id}`)).status).toBe(404)
    const undone = await ask(ines, 'DELETE', `/api/v1/statuses/${post.id}`)
    expect(undone.body).toMatchObject({
      text: 'too soon',
      media_attachments: [{ id: picture.id, description: 'a boat' }],
    })
    await passTime()
    expect((await ask(ines, 'GET', `/api/v1/statuses/${post.id}`)).status).toBe(404)
    expect(await countOf(ines.accountId)).toBe(before)
    const stones = await town.ctx.db.selectFrom('status_tombstones').select('uri').where('uri', '=', post.uri).execute()
    expect(stones).toEqual([])
    const again = await hold({ status: 'in time', media_ids: [picture.id] })
    expect((await publish(again.id)).body).toMatchObject({ media_attachments: [{ id: picture.id }] })
    expect((await publish(post.id)).status).toBe(404)
  })

  test('is changed without anybody hearing that it was another', async () => {
    const post = await hold({ status: 'teh boat @bram #typo' })
    const changed = await ask(ines, 'PUT', `/api/v1/statuses/${post.id}`, { status: 'the boat #fixed' })
    expect(changed.body).toMatchObject({ edited_at: null, mentions: [], tags: [{ name: 'fixed' }] })
    expect(changed.body.hamlet).toEqual(post.hamlet)
    expect((await ask(ines, 'GET', `/api/v1/statuses/${post.id}/source`)).body.text).toBe('the boat #fixed')
    expect((await ask(bram, 'PUT', `/api/v1/statuses/${post.id}`, { status: 'mine' })).status).toBe(404)
    await passTime()
    const shown = (await ask(undefined, 'GET', `/api/v1/statuses/${post.id}`)).body
    expect(shown).toMatchObject({ content: expect.stringContaining('the boat'), edited_at: null })
    expect((await ask(undefined, 'GET', `/api/v1/statuses/${post.id}/history`)).body).toHaveLength(1)
    expect((await ask(undefined, 'GET', '/api/v1/timelines/tag/typo')).body).toEqual([])
  })

  test('is published at once on request, once; nobody else can ask', async () => {
    const post = await hold({ status: 'now then' })
    expect((await publish(post.id, bram)).status).toBe(404)
    const answers = await Promise.all([publish(post.id), publish(post.id), passTime().then(() => publish(post.id))])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect((await publish(post.id)).body.id).toBe(post.id)
    await town.settled()
    const sent = (await ask(bram, 'GET', '/api/v1/timelines/home')).body.filter(
      (one: { id: string }) => one.id === post.id,
    )
    expect(sent).toHaveLength(1)
  })

  test('publishing, changing and taking back at once leave one truth', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = await countOf(ines.accountId)
      const post = await hold({ status: `round ${round}` })
      await Promise.all([
        publish(post.id),
        ask(ines, 'PUT', `/api/v1/statuses/${post.id}`, { status: 'changed' }),
        ask(ines, 'DELETE', `/api/v1/statuses/${post.id}`),
        passTime(),
      ])
      await town.settled()
      expect((await ask(ines, 'GET', `/api/v1/statuses/${post.id}`)).status).toBe(404)
      expect(await countOf(ines.accountId)).toBe(before)
    }
  })

  test('asks nobody for a quote and takes no vote before it is there; a quote that is not possible any more is left out', async () => {
    const quoted = (await ask(bram, 'POST', '/api/v1/statuses', { status: 'quote me' })).body
    const poll = { options: ['tea', 'coffee'], expires_in: 3600 }
    const count = async () => (await ask(bram, 'GET', `/api/v1/statuses/${quoted.id}`)).body.quotes_count
    const post = await hold({ quoted_status_id: quoted.id, status: '', poll })
    expect(post.poll.options).toHaveLength(2)
    await town.settled()
    expect(await count()).toBe(0)
    expect((await ask(bram, 'GET', `/api/v1/statuses/${quoted.id}/quotes`)).body).toEqual([])
    expect((await ask(bram, 'GET', `/api/v1/polls/${post.poll.id}`)).status).toBe(404)
    expect((await ask(bram, 'POST', `/api/v1/polls/${post.poll.id}/votes`, { choices: [0] })).status).toBe(404)
    expect((await ask(ines, 'PUT', `/api/v1/statuses/${post.id}`, { status: '', poll })).status).toBe(200)
    expect((await publish(post.id)).body).toMatchObject({
      quote: { state: 'accepted', quoted_status: { id: quoted.id } },
    })
    expect(await count()).toBe(1)
    const late = await hold({ quoted_status_id: quoted.id, status: 'my words' })
    await ask(bram, 'DELETE', `/api/v1/statuses/${quoted.id}`)
    expect((await publish(late.id)).body).toMatchObject({ content: '<p>my words</p>', quote: null })
    const undone = await hold({ status: 'never asked', poll })
    await ask(ines, 'DELETE', `/api/v1/statuses/${undone.id}`)
    const left = await town.ctx.db.selectFrom('polls').select('status_id').where('status_id', '=', undone.id).execute()
    expect(left).toEqual([])
  })

  test('by somebody who is suspended meanwhile is never published', async () => {
    const gone = await town.person('gone_one')
    const post = await hold({ status: 'spam' }, gone)
    const at = town.clock.now().toISOString()
    await town.ctx.db.updateTable('accounts').set({ suspended_at: at }).where('id', '=', gone.accountId).execute()
    await passTime()
    const rows = await town.ctx.db.selectFrom('statuses').select('id').where('id', '=', post.id).execute()
    expect(rows).toEqual([])
  })

  test('a time that is none is refused in words', async () => {
    for (const hold_for of [0, -1, 61, 1.5, 'soon']) {
      const answer = await ask(ines, 'POST', '/api/v1/statuses', { status: 'x', hold_for })
      expect(answer.status).toBe(422)
    }
    const twice = { token: ines.token, json: { status: 'twice', hold_for: 60 }, headers: { 'idempotency-key': 'held' } }
    const [one, other] = [
      await town.call('POST', '/api/v1/statuses', twice),
      await town.call('POST', '/api/v1/statuses', twice),
    ]
    expect(other.body).toEqual(one.body)
  })
})

describe('a thread', () => {
  const thread = (json: Record<string, unknown>, headers: Record<string, string> = {}) =>
    town.call('POST', '/api/hamlet/v1/statuses/thread', { token: ines.token, json, headers })
  const three = ['first', 'second', 'third'].map((status) => ({ status }))

  test('is there in order, each post in answer to the one before it', async () => {
    const parent = (await ask(bram, 'POST', '/api/v1/statuses', { status: 'tell us' })).body
    const [head, ...rest] = three
    const answer = await thread({ posts: [{ ...head, in_reply_to_id: parent.id }, ...rest] })
    expect(answer.status).toBe(200)
    const ids = answer.body.map((one: { id: string }) => one.id)
    expect(answer.body).toMatchObject([
      { in_reply_to_id: parent.id },
      { in_reply_to_id: ids[0] },
      { in_reply_to_id: ids[1] },
    ])
    expect(ids.toSorted()).toEqual(ids)
    const times = answer.body.map((one: { created_at: string }) => one.created_at)
    expect(new Set(times).size).toBe(3)
    expect(times.toSorted()).toEqual(times)
    const below = (await ask(undefined, 'GET', `/api/v1/statuses/${parent.id}/context`)).body.descendants
    expect(below.map((one: { id: string }) => one.id)).toEqual(ids)
    expect(below.map((one: { replies_count: number }) => one.replies_count)).toEqual([1, 1, 0])
  })

  test('with one post that is refused is not there at all', async () => {
    const before = await countOf(ines.accountId)
    for (const last of [{ status: '' }, { status: 'x'.repeat(501) }, { status: 'x', media_ids: ['99'] }]) {
      const answer = await thread({ posts: [...three, last] })
      expect(answer.status).toBe(422)
      expect(await countOf(ines.accountId)).toBe(before)
    }
    expect((await thread({ posts: [] })).status).toBe(422)
    expect((await thread({ posts: Array.from({ length: 21 }, () => ({ status: 'x' })) })).status).toBe(422)
  })

  test('is sent once per key, whatever follows it', async () => {
    const headers = { 'idempotency-key': 'thread' }
    const first = await thread({ posts: three }, headers)
    await ask(ines, 'POST', '/api/v1/statuses', { status: 'and', in_reply_to_id: first.body[2].id })
    const again = await thread({ posts: three }, headers)
    expect(again.body.map((one: { id: string }) => one.id)).toEqual(first.body.map((one: { id: string }) => one.id))
  })

  test('is held, published and taken back as a whole', async () => {
    const kept = (await thread({ posts: three, hold_for: 60 })).body
    expect(new Set(kept.map((one: any) => one.hamlet.held_until)).size).toBe(1)
    await publish(kept[1].id)
    for (const [index, { id }] of kept.entries())
      expect((await ask(undefined, 'GET', `/api/v1/statuses/${id}`)).body.replies_count).toBe(index === 2 ? 0 : 1)
    const gone = (await thread({ posts: three, hold_for: 60 })).body
    expect((await ask(ines, 'DELETE', `/api/v1/statuses/${gone[2].id}`)).status).toBe(200)
    await passTime()
    for (const { id } of gone) expect((await ask(ines, 'GET', `/api/v1/statuses/${id}`)).status).toBe(404)
  })
})
