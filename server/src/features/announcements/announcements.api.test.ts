import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepHours } from '#features/announcements'
import { addEmoji, removeEmoji } from '#features/emojis'
import { requireRoleId } from '#features/roles'
import { transact } from '#platform/context'
import { dial, until, type Listener } from '#test/listener'
import { makePicture } from '#test/pictures'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/moderation/announcements'
const HOUR_MS = 3_600_000

let town: TestTown
let oda: Person
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines', 'read write admin:read admin:write')
  bram = await town.person('bram')
  await setRole(oda, 'admin')
  const path = join(mkdtempSync(join(tmpdir(), 'hamlet-fern-')), 'fern.png')
  writeFileSync(path, await makePicture('png', { width: 32, height: 32 }))
  for (const shortcode of ['fern', 'moss']) await addEmoji(town.ctx, { shortcode, path })
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => void (await town.ctx.db.deleteFrom('announcements').execute()))

const setRole = (who: Person, role: string) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
const call = (who: Person, method: string, path: string, json?: unknown): Promise<Answer> =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const announce = async (text: string, more: Record<string, unknown> = {}) =>
  (await call(oda, 'POST', PATH, { text, ...more })).body as { id: string; state: string }
const read = async (who: Person, query = '') => (await call(who, 'GET', `/api/v1/announcements${query}`)).body
const react = (who: Person, id: string, name: string, method = 'PUT') =>
  call(who, method, `/api/v1/announcements/${id}/reactions/${encodeURIComponent(name)}`)
const inHours = (hours: number) => new Date(town.clock.now().getTime() + hours * HOUR_MS).toISOString()

describe('what readers are told', () => {
  test('is HTML with the people, hashtags, posts and emoji in it', async () => {
    const post = (await call(ines, 'POST', '/api/v1/statuses', { status: 'low tide' })).body
    const secret = (await call(ines, 'POST', '/api/v1/statuses', { status: 'mine', visibility: 'private' })).body
    const { url } = town.ctx.config
    const links = [post, secret].map(({ id }) => `${url}/@ines/${id}`).join(' ')
    const text = `<b>Tea</b> with @ines and @nobody :fern:\n\n#TeaTime ${links}`
    const span = { starts_at: inHours(1), ends_at: inHours(2) }
    const { id } = await announce(text, span)
    const [told, ...others] = await read(bram)
    expect(others).toEqual([])
    expect(told).toMatchObject({
      id,
      read: false,
      all_day: false,
      ...span,
      mentions: [{ id: ines.accountId, username: 'ines', acct: 'ines', url: `${url}/@ines` }],
      statuses: [{ id: post.id, url: `${url}/@ines/${post.id}` }],
      tags: [{ name: 'teatime', url: `${url}/tags/teatime` }],
      emojis: [{ shortcode: 'fern' }],
      reactions: [],
    })
    expect(told.content).toContain('&lt;b&gt;Tea&lt;/b&gt; with <span class="h-card"')
    expect(told.content).toContain('@nobody :fern:')
    expect(told.content).not.toContain('<b>')
  })

  test('is put away by each for themselves, and said so', async () => {
    const { id } = await announce('the harbour is closed')
    for (const _ of [1, 2])
      expect(await call(bram, 'POST', `/api/v1/announcements/${id}/dismiss`)).toMatchObject({ status: 200, body: {} })
    expect((await read(bram)).map((one: { read: boolean }) => one.read)).toEqual([true])
    expect(await read(bram, '?with_dismissed=false')).toEqual([])
    expect((await read(ines, '?with_dismissed=false')).map((one: { read: boolean }) => one.read)).toEqual([false])
  })

  test('costs the same for one as for many', async () => {
    const cost = () => town.countStatements(() => read(bram))
    await react(bram, (await announce('first @ines #tag :fern:')).id, 'fern')
    await read(bram)
    const one = await cost()
    for (const n of [1, 2, 3, 4, 5]) await react(ines, (await announce(`more ${n} @ines #tag :moss:`)).id, 'moss')
    expect(await cost()).toBe(one)
  })
})

describe('reactions', () => {
  test('of everybody and of this server are counted, each person once', async () => {
    const { id } = await announce('tea at four')
    for (const [who, name] of [
      [ines, '🌊'],
      [bram, '🌊'],
      [bram, '🌊'],
      [bram, 'fern'],
      [ines, '❤'],
      [bram, '❤️'],
    ] as const)
      expect((await react(who, id, name)).status, name).toBe(200)
    const fern = expect.stringContaining('/media/')
    expect((await read(bram))[0].reactions).toEqual([
      { name: '🌊', count: 2, me: true },
      { name: 'fern', count: 1, me: true, url: fern, static_url: fern },
      { name: '❤️', count: 2, me: true },
    ])
    await react(bram, id, '🌊', 'DELETE')
    expect((await react(bram, id, '🌊', 'DELETE')).status).toBe(200)
    expect((await read(bram))[0].reactions[0]).toEqual({ name: '🌊', count: 1, me: false })
  })

  test.each(['x', 'hello', 'nothing_like_it', '🌊🌊', '🌊 ', '<b>', '%', '1'])('%j is none', async (name) => {
    const { id } = await announce('tea at four')
    expect(await react(bram, id, name)).toMatchObject({
      status: 422,
      body: { error: 'Validation failed: Name is not a recognized emoji' },
    })
    expect((await read(bram))[0].reactions).toEqual([])
  })

  test('are of eight kinds at most; whoever joins one of them may', async () => {
    const { id } = await announce('tea at four')
    for (const name of ['🌊', '☕', '🍵', '🧁', '🍰', '🍪', '🫖', 'moss'])
      expect((await react(bram, id, name)).status).toBe(200)
    expect((await react(ines, id, '🎉')).status).toBe(422)
    expect((await react(ines, id, '☕')).status).toBe(200)
    expect((await read(ines))[0].reactions.length).toBe(8)
  })

  test('with an emoji that the team took away are gone', async () => {
    const { id } = await announce('tea at four')
    await react(bram, id, 'moss')
    await transact(town.ctx, (tx) => removeEmoji(tx, 'moss'))
    expect((await read(bram))[0].reactions).toEqual([])
    expect((await react(bram, id, 'moss')).status).toBe(422)
  })
})

describe('the team', () => {
  test('writes a draft, publishes it, takes it down and deletes it; the log says who did what', async () => {
    const { id, state } = await announce('the ferry', { draft: true })
    expect([state, await read(bram)]).toEqual(['draft', []])
    for (const verb of ['dismiss', 'reactions/fern']) {
      const method = verb === 'dismiss' ? 'POST' : 'PUT'
      expect((await call(bram, method, `/api/v1/announcements/${id}/${verb}`)).status).toBe(404)
    }
    expect((await call(oda, 'POST', `${PATH}/${id}/publish`)).body.state).toBe('published')
    await call(oda, 'PUT', `${PATH}/${id}`, { text: 'the ferry is late' })
    expect((await read(bram))[0].content).toBe('<p>the ferry is late</p>')
    expect((await call(oda, 'POST', `${PATH}/${id}/unpublish`)).body.state).toBe('draft')
    expect(await read(bram)).toEqual([])
    expect((await call(oda, 'DELETE', `${PATH}/${id}`)).status).toBe(200)
    expect((await call(oda, 'DELETE', `${PATH}/${id}`)).status).toBe(404)
    const log = await town.ctx.db
      .selectFrom('audit_log')
      .select(['action', 'actor_account_id'])
      .where('target_id', '=', id)
      .orderBy('created_at')
      .execute()
    expect(log.map((entry) => entry.action.replace('announcement.', '')).toSorted()).toEqual(
      ['change', 'delete', 'publish', 'unpublish', 'write'].toSorted(),
    )
    expect(new Set(log.map((entry) => entry.actor_account_id))).toEqual(new Set([oda.accountId]))
  })

  test('plans ahead: an hour to appear, and an end to go', async () => {
    const wish = { scheduled_at: inHours(1), starts_at: inHours(2), ends_at: inHours(3) }
    const { id, state } = await announce('planned', wish)
    expect(state).toBe('scheduled')
    await keepHours(town.ctx)
    expect(await read(bram)).toEqual([])
    town.clock.advance(1.5 * HOUR_MS)
    await Promise.all([keepHours(town.ctx), keepHours(town.ctx)])
    expect((await read(bram)).map((one: { id: string }) => one.id)).toEqual([id])
    town.clock.advance(2 * HOUR_MS)
    await keepHours(town.ctx)
    expect(await read(bram)).toEqual([])
    expect((await call(oda, 'GET', PATH)).body).toMatchObject([{ id, state: 'over' }])
    expect((await call(oda, 'POST', `${PATH}/${id}/publish`)).status).toBe(422)
  })

  test('of a whole day lasts until its end', async () => {
    const day = { starts_at: inHours(-1), ends_at: inHours(-1), all_day: true }
    await announce('a feast', day)
    await keepHours(town.ctx)
    expect((await read(bram)).length).toBe(1)
    town.clock.advance(24 * HOUR_MS)
    await keepHours(town.ctx)
    expect(await read(bram)).toEqual([])
  })

  test.each<[Record<string, unknown>, RegExp]>([
    [{}, /Text can't be blank/],
    [{ text: ' \n ' }, /Text can't be blank/],
    [{ text: 'x'.repeat(5001) }, /character limit of 5000/],
    [{ text: 'x', starts_at: 'soon', ends_at: 'later' }, /Starts at is not a date/],
    [{ text: 'x', ends_at: '2099-01-01' }, /go together/],
    [{ text: 'x', starts_at: '2099-01-02', ends_at: '2099-01-01' }, /must not lie before/],
    [{ text: 'x', starts_at: '2001-01-01', ends_at: '2001-01-02' }, /has passed already/],
    [{ text: 'x', scheduled_at: '9999-01-01' }, /is not a date/],
  ])('is refused %j', async (json, words) => {
    const refused = await call(oda, 'POST', PATH, json)
    expect([refused.status, refused.body.error]).toEqual([422, expect.stringMatching(words)])
    expect(await read(bram)).toEqual([])
  })

  test.each(['user', 'moderator'])('is nobody who is %s', async (role) => {
    const { id } = await announce('the ferry')
    await setRole(ines, role)
    expect((await call(ines, 'GET', PATH)).status).toBe(403)
    expect((await call(ines, 'POST', PATH, { text: 'free beer' })).status).toBe(403)
    expect((await call(ines, 'PUT', `${PATH}/${id}`, { text: 'free beer' })).status).toBe(403)
    for (const verb of ['publish', 'unpublish'])
      expect((await call(ines, 'POST', `${PATH}/${id}/${verb}`)).status).toBe(403)
    expect((await call(ines, 'DELETE', `${PATH}/${id}`)).status).toBe(403)
    expect((await read(bram))[0].content).toBe('<p>the ferry</p>')
  })
})

test('whoever listens to their own stream is told of all of it, and nobody else', async () => {
  const open = async (stream: string): Promise<Listener> => {
    const listener = await dial(town.url, { token: bram.token })
    listener.say({ type: 'subscribe', stream })
    listener.say({ type: 'subscribe', stream: 'nonsense' })
    await listener.complaint()
    return listener
  }
  await using own = await open('user')
  await using other = await open('public')
  const heard = (event: string) =>
    until(() => own.heard.find((one) => one.event === event)?.payload, `${event} did not arrive`)
  const { id } = await announce('tea at four')
  const told = JSON.parse(await heard('announcement'))
  expect(told).toMatchObject({ id, content: '<p>tea at four</p>' })
  expect(told).not.toHaveProperty('read')
  await react(ines, id, 'fern')
  const media = expect.stringContaining('/media/')
  expect(JSON.parse(await heard('announcement.reaction'))).toEqual({
    announcement_id: id,
    name: 'fern',
    count: 1,
    url: media,
    static_url: media,
  })
  await call(oda, 'POST', `${PATH}/${id}/unpublish`)
  expect(await heard('announcement.delete')).toBe(id)
  expect(other.heard).toEqual([])
})
