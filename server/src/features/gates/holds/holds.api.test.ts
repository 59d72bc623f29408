import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { requireRoleId } from '#features/roles'
import { dial } from '#test/listener'
import { mailsTo } from '#test/mail'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

const HELD = '/api/hamlet/v1/admin/held'
const FIRST = '/api/hamlet/v1/admin/first_posts'
const RULES = '/api/hamlet/v1/admin/rules'
const DAY_MS = 24 * 3_600_000

let town: TestTown
let oda: Person
let bram: Person
let serial = 0
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write follow admin:read admin:write')
  bram = await town.person('bram')
  const role_id = requireRoleId('moderator')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
  for (const words of ['first', 'second']) await post(bram, words)
  await firstPosts(2, 0)
})
afterAll(() => town[Symbol.asyncDispose]())

const ask = (who: Person | undefined, method: string, path: string, json?: unknown) =>
  town.call(method, path, { ...(who ? { token: who.token } : {}), ...(json === undefined ? {} : { json }) })
const firstPosts = (posts: number, days: number) => ask(oda, 'PUT', FIRST, { posts, days })
const newcomer = () => town.person(`new${(serial += 1)}`)
const post = async (who: Person, json: Record<string, unknown> | string) =>
  (await ask(who, 'POST', '/api/v1/statuses', typeof json === 'string' ? { status: json } : json)).body
type Waiting = { id: string; reason: string; rule: unknown; status: { id: string; content: string } | null }
const queue = async (): Promise<Waiting[]> => (await ask(oda, 'GET', `${HELD}?limit=80`)).body
const holdOf = async (statusId: string) => (await queue()).find((one) => one.status?.id === statusId)?.id ?? ''
const decide = async (statusId: string, decision: 'approved' | 'rejected') =>
  (await ask(oda, 'POST', `${HELD}/decide`, { ids: [await holdOf(statusId)], decision })).body.ids
const get = (who: Person | undefined, id: string) => ask(who, 'GET', `/api/v1/statuses/${id}`)
const countOf = async (id: string) => (await ask(undefined, 'GET', `/api/v1/accounts/${id}`)).body.statuses_count

describe('a post that waits', () => {
  // Every door of the house is tried: on a busy machine that takes its time.
  test(
    'is shown to its author as waiting, to the team in the queue, and to nobody else anywhere',
    { timeout: 240_000 },
    async () => {
      const nils = await newcomer()
      await ask(bram, 'POST', `/api/v1/accounts/${nils.accountId}/follow`)
      await using listener = await dial(town.streaming, { token: bram.token, query: '?stream=user' })
      listener.say({ type: 'subscribe', stream: 'public' })
      listener.say({ type: 'subscribe', stream: 'hashtag', tag: 'shinbone' })
      const parent = await post(bram, 'a question')
      const picture = (await upload(town, nils.token, { description: 'marrowbone' })).body
      const held = await post(nils, {
        status: '@bram marrowbone #shinbone https://marrowbone.example/',
        in_reply_to_id: parent.id,
        media_ids: [picture.id],
        spoiler_text: 'marrowbone',
      })
      expect(held.error).toBeUndefined()
      expect(held).toMatchObject({ hamlet: { review: 'waiting' }, tags: [{ name: 'shinbone' }] })
      expect(held.hamlet.held_until).toBeUndefined()
      await town.settled()
      const seen: string[] = []
      const tried = new Set<string>()
      const look = async (who: Person | undefined, path: string) => {
        const door = `${who?.username} ${path}`
        if (tried.has(door)) return
        tried.add(door)
        const { text, status } = await ask(who, 'GET', path)
        expect(status, path).toBeLessThan(500)
        // What was asked for is said again by pages of faults and searches.
        const said = text.replaceAll(path, '').replaceAll('q=marrowbone', '')
        if (said.includes('marrowbone') || said.includes(`"${held.id}"`))
          seen.push(`${who ? who.username : 'anybody'}: ${path}`)
      }
      const fill = (path: string, id: string) =>
        path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'hashtag' || name === 'name' ? 'shinbone' : id))
      const known: Record<string, string> = { url: held.url, uri: held.uri, 'id[]': held.id }
      for (const one of rooms.flatMap((room) => [...room.routes, ...room.pages]) as {
        method?: string
        path: string
        access?: { kind: string; scope?: string }
      }[]) {
        if ((one.method ?? 'GET') !== 'GET' || one.access?.scope?.startsWith('admin:')) continue
        // A stream does not end, and is heard below; what is one's own is the author's alone.
        if (/streaming|export/.test(one.path)) continue
        for (const who of [bram, undefined])
          for (const id of new Set([held.id, nils.accountId, nils.username, `@${nils.username}`, parent.id]))
            if (one.path.includes(':') || id === held.id) await look(who, fill(one.path, id))
      }
      for (const [name, value] of Object.entries(known))
        for (const path of ['/api/v1/statuses', '/api/oembed', '/authorize_interaction'])
          await look(bram, `${path}?${name}=${encodeURIComponent(value)}`)
      for (const q of ['marrowbone', '#shinbone', held.uri, held.url])
        for (const path of ['/api/v2/search', '/search']) await look(bram, `${path}?q=${encodeURIComponent(q)}`)
      expect(seen).toEqual([])
      expect(tried.size).toBeGreaterThan(300)
      expect(listener.heard.filter((spoken) => spoken.payload?.includes('marrowbone'))).toEqual([])
      for (const verb of ['favourite', 'reblog', 'bookmark', 'pin'])
        expect((await ask(bram, 'POST', `/api/v1/statuses/${held.id}/${verb}`, {})).status, verb).toBe(404)
      expect(
        (await ask(bram, 'POST', '/api/v1/statuses', { status: 'to what?', in_reply_to_id: held.id })).status,
      ).toBe(404)
      expect((await ask(bram, 'POST', '/api/v1/statuses', { status: 'see', quoted_status_id: held.id })).status).toBe(
        404,
      )
      expect(
        (await ask(bram, 'POST', '/api/v1/reports', { account_id: nils.accountId, status_ids: [held.id] })).status,
      ).not.toBe(500)
      expect(await countOf(nils.accountId)).toBe(0)
      expect((await get(undefined, parent.id)).body.replies_count).toBe(0)

      expect((await get(nils, held.id)).body).toEqual(held)
      expect((await ask(nils, 'GET', '/api/hamlet/v1/statuses/held')).body).toMatchObject([{ id: held.id }])
      expect((await ask(nils, 'GET', '/api/hamlet/v1/statuses/reviews')).body).toMatchObject([
        {
          status_id: held.id,
          decision: 'waiting',
          reason: 'first_posts',
          excerpt: expect.stringContaining('marrowbone'),
        },
      ])
      const waiting = (await queue()).find((one) => one.status?.id === held.id)
      expect(waiting).toMatchObject({ reason: 'first_posts', rule: null, status: { spoiler_text: 'marrowbone' } })

      expect(await decide(held.id, 'approved')).toEqual([waiting?.id])
      await town.settled()
      expect(await listener.hear('update', (status) => status.id === held.id)).toMatchObject({ id: held.id })
      expect(await listener.hear('notification')).toMatchObject({ type: 'mention', status: { id: held.id } })
      const shown = (await get(bram, held.id)).body
      expect(shown).toMatchObject({ created_at: held.created_at, media_attachments: [{ id: picture.id }] })
      expect(shown.hamlet).toBeUndefined()
      expect(await countOf(nils.accountId)).toBe(1)
      expect((await get(undefined, parent.id)).body.replies_count).toBe(1)
      expect(mailsTo(town, `${nils.username}@example.org`).at(-1)).toContain('is published')
      expect(await queue()).toEqual([])
    },
  )

  test('is not let through: it is gone, and its author is shown their words again by letter', async () => {
    const nils = await newcomer()
    const held = await post(nils, 'buy my boat')
    await decide(held.id, 'rejected')
    await town.settled()
    expect((await get(nils, held.id)).status).toBe(404)
    const mail = mailsTo(town, `${nils.username}@example.org`).at(-1)
    expect(mail).toContain('was not published')
    expect(mail).toContain('buy my boat')
    expect((await ask(nils, 'GET', '/api/hamlet/v1/statuses/reviews')).body).toMatchObject([
      { decision: 'rejected', excerpt: 'buy my boat' },
    ])
    const log = await town.ctx.db.selectFrom('audit_log').select('action').where('target_id', '=', held.id).execute()
    expect(log).toEqual([{ action: 'status.reject' }])
  })

  test('is taken back or changed by its author, as long as nobody has decided', async () => {
    const nils = await newcomer()
    const gone = await post(nils, 'a slip')
    expect((await ask(bram, 'DELETE', `/api/v1/statuses/${gone.id}`)).status).toBe(404)
    expect((await ask(nils, 'DELETE', `/api/v1/statuses/${gone.id}`)).status).toBe(200)
    expect(await queue()).toEqual([])
    const held = await post(nils, 'teh sea')
    await ask(nils, 'PUT', `/api/v1/statuses/${held.id}`, { status: 'the sea' })
    expect((await queue())[0]?.status?.content).toContain('the sea')
    await decide(held.id, 'approved')
    expect((await get(bram, held.id)).body).toMatchObject({ edited_at: null })
  })

  test('is decided once, however many press', async () => {
    const nils = await newcomer()
    const held = await post(nils, 'once')
    const id = await holdOf(held.id)
    const presses = await Promise.all(
      (['approved', 'rejected', 'approved', 'rejected'] as const).map((decision) =>
        ask(oda, 'POST', `${HELD}/decide`, { ids: [id], decision }),
      ),
    )
    expect(presses.map((press) => press.status)).toEqual([200, 200, 200, 200])
    expect(presses.flatMap((press) => press.body.ids)).toEqual([id])
    await town.settled()
    expect(mailsTo(town, `${nils.username}@example.org`)).toHaveLength(1)
  })

  test('many are decided at once', async () => {
    const nils = await newcomer()
    const held = [await post(nils, 'one'), await post(nils, 'two'), await post(nils, 'three')]
    const ids = (await queue()).map((one) => one.id)
    expect((await ask(oda, 'POST', `${HELD}/decide`, { ids, decision: 'approved' })).body.ids).toHaveLength(3)
    for (const { id } of held) expect((await get(bram, id)).status).toBe(200)
    expect(await countOf(nils.accountId)).toBe(3)
  })

  test('a thread waits as a whole, and a post held for taking back waits once its time is over', async () => {
    await firstPosts(0, 0)
    const made = await ask(oda, 'POST', RULES, {
      title: 'Trade',
      match: 'all',
      public_text: '',
      expires_at: null,
      conditions: [
        {
          kind: 'text',
          words: ['trade'],
          whole: true,
        },
      ],
      effects: [{ kind: 'hold' }],
    })
    await ask(oda, 'POST', `${RULES}/${made.body.id}/enable`, {})
    const thread = (
      await ask(bram, 'POST', '/api/hamlet/v1/statuses/thread', {
        posts: [{ status: 'harmless' }, { status: 'trade' }],
      })
    ).body
    for (const { id } of thread) expect((await get(undefined, id)).status).toBe(404)
    expect((await queue()).map((one) => one.status?.id)).toEqual(
      thread.map((one: { id: string }) => one.id).toReversed(),
    )
    const { undone } = (await ask(oda, 'POST', `${RULES}/${made.body.id}/undo`, {})).body
    expect(undone).toBe(1)
    // What the second answers is let through with it.
    expect(await queue()).toEqual([])
    for (const { id } of thread) expect((await get(undefined, id)).status).toBe(200)

    const slow = await post(bram, { status: 'slow trade', hold_for: 60 })
    expect(slow.hamlet).toMatchObject({ review: 'waiting', held_until: expect.any(String) })
    expect(await queue()).toEqual([])
    town.clock.advance(61_000)
    await ask(bram, 'POST', `/api/hamlet/v1/statuses/${slow.id}/publish`, {})
    expect((await get(undefined, slow.id)).status).toBe(404)
    expect((await queue()).map((one) => one.status?.id)).toEqual([slow.id])
    await decide(slow.id, 'approved')
    expect((await get(undefined, slow.id)).status).toBe(200)
    const edit = await ask(bram, 'PUT', `/api/v1/statuses/${slow.id}`, { status: 'more trade' })
    expect(edit.status).toBe(422)
    await ask(oda, 'DELETE', `${RULES}/${made.body.id}`)
  })
})

describe('first posts', () => {
  test('wait so many posts, and so many days; the team and old accounts never wait', async () => {
    await firstPosts(2, 0)
    const nils = await newcomer()
    for (const words of ['one', 'two']) {
      const held = await post(nils, words)
      expect(held.hamlet?.review).toBe('waiting')
      await decide(held.id, 'approved')
    }
    expect((await post(nils, 'three')).hamlet).toBeUndefined()
    expect((await post(oda, 'of the team')).hamlet).toBeUndefined()
    await firstPosts(0, 3)
    expect((await post(nils, 'four')).hamlet?.review).toBe('waiting')
    town.clock.advance(4 * DAY_MS)
    expect((await post(nils, 'five')).hamlet).toBeUndefined()
    await firstPosts(0, 0)
    expect((await post(await newcomer(), 'at once')).hamlet).toBeUndefined()
  })

  test('private messages never wait: nobody else may read them', async () => {
    await firstPosts(5, 0)
    const nils = await newcomer()
    expect((await post(nils, { status: '@bram psst', visibility: 'direct' })).hamlet).toBeUndefined()
  })
})
