import type { KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Browser } from '#test/browser'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const DAY_MS = 24 * 3_600_000
const PATH = '/api/hamlet/v1/moves'
const RIGHT = 'correct horse'
let town: TestTown
let peer: Peer
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

type Actor = { id: string; key: KeyObject; here: string }
const act = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, `/api/v1/${path}`, { token: who.token, ...(json === undefined ? {} : { json }) })
const find = async (name: string) =>
  (
    await town.call('GET', `/api/v2/search?resolve=true&q=@${name}@${encodeURIComponent(peer.host)}`, {
      token: ines.token,
    })
  ).body.accounts[0].id as string
const meet = async (name: string): Promise<Actor> => ({ ...peer.addActor(name), here: await find(name) })
const change = (name: string, more: Record<string, unknown>) =>
  peer.documents.set(`/users/${name}`, { ...(peer.documents.get(`/users/${name}`) as object), ...more })
let serial = 0
const says = (who: Actor, more: Record<string, unknown>) =>
  peer.send(
    `${town.url}/inbox`,
    { '@context': 'https://www.w3.org/ns/activitystreams', id: `${who.id}#${(serial += 1)}`, actor: who.id, ...more },
    who,
  )
const moves = async (who: Actor, target: string) => {
  expect(await says(who, { type: 'Move', object: who.id, target })).toBe(202)
  await town.settled()
}
/** As if the server of whoever is followed had said yes. */
async function follow(who: Person, whom: Actor, json: Record<string, unknown> = {}) {
  await act(who, 'POST', `accounts/${whom.here}/follow`, json)
  const row = await town.ctx.db
    .selectFrom('follows')
    .select('uri')
    .where('account_id', '=', who.accountId)
    .where('target_account_id', '=', whom.here)
    .executeTakeFirstOrThrow()
  await says(whom, { type: 'Accept', object: row.uri })
  await town.settled()
}
const relation = async (who: Person, id: string) => (await act(who, 'GET', `accounts/relationships?id[]=${id}`)).body[0]

describe('somebody elsewhere moves', () => {
  test('and whoever follows here follows the new account in the same way, with lists, mutes, blocks and notes', async () => {
    const [old, next] = [await meet('old'), await meet('next')]
    await follow(ines, old, { reblogs: false, notify: true, languages: ['de'] })
    const list = (await act(ines, 'POST', 'lists', { title: 'Rowers' })).body
    await act(ines, 'POST', `lists/${list.id}/accounts`, { account_ids: [old.here] })
    await act(ines, 'POST', `accounts/${old.here}/note`, { comment: 'tall' })
    await act(bram, 'POST', `accounts/${old.here}/mute`, { notifications: false })
    const kai = await town.person('kai')
    await act(kai, 'POST', `accounts/${old.here}/block`)
    change('next', { alsoKnownAs: [old.id, 'did:key:z6Mk', next.id] })
    await moves(old, next.id)
    expect(await relation(ines, old.here)).toMatchObject({ following: false, requested: false })
    expect(await relation(ines, next.here)).toMatchObject({ requested: true, note: `@old@${peer.host}: tall` })
    const row = await town.ctx.db
      .selectFrom('follows')
      .select(['show_reblogs', 'notify', 'languages'])
      .where('target_account_id', '=', next.here)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ show_reblogs: false, notify: true, languages: ['de'] })
    expect((await act(ines, 'GET', `lists/${list.id}/accounts`)).body).toMatchObject([{ id: next.here }])
    expect(await relation(bram, next.here)).toMatchObject({ muting: true, muting_notifications: false })
    expect(await relation(kai, next.here)).toMatchObject({ blocking: true })
    expect((await act(ines, 'GET', `accounts/${old.here}`)).body.moved).toMatchObject({ acct: `next@${peer.host}` })
    expect((await act(ines, 'GET', `accounts/${old.here}`)).body.moved.moved).toBeUndefined()
    expect((await act(bram, 'POST', `accounts/${old.here}/follow`)).status).toBe(403)
    const sent = peer.requests.map(({ body }) => body).filter((body) => body.includes('"Follow"'))
    expect(sent.some((body) => body.includes('"type":"Undo"') && body.includes(old.id))).toBe(true)
    expect(sent.some((body) => body.startsWith('{') && body.includes(`"object":"${next.id}"`))).toBe(true)
  })

  test('twice within a week: the second is not believed, and no two send followers round in a circle', async () => {
    const [one, two] = [await meet('one'), await meet('two')]
    await follow(ines, one)
    change('one', { alsoKnownAs: [two.id] })
    change('two', { alsoKnownAs: [one.id] })
    await moves(one, two.id)
    expect(await relation(ines, two.here)).toMatchObject({ requested: true })
    await moves(two, one.id)
    change('one', { movedTo: two.id })
    expect(await relation(ines, two.here)).toMatchObject({ requested: true })
    expect(await relation(ines, one.here)).toMatchObject({ requested: false })
    const three = await meet('three')
    change('three', { alsoKnownAs: [one.id] })
    await moves(one, three.id)
    const went = async () =>
      (
        await town.ctx.db
          .selectFrom('accounts')
          .select('moved_to_account_id')
          .where('id', '=', one.here)
          .executeTakeFirst()
      )?.moved_to_account_id
    expect(await went()).not.toBe(three.here)
    // The clock of the other server stands still, and so would its signatures.
    const long = new Date(town.clock.now().getTime() - 8 * DAY_MS).toISOString()
    await town.ctx.db.updateTable('accounts').set({ moved_at: long }).where('moved_at', 'is not', null).execute()
    await moves(one, three.id)
    expect(await went()).toBe(three.here)
  })

  test.each([
    ['to whom knows nothing of it', {}, {}],
    ['to whom took it back meanwhile', { alsoKnownAs: [] }, {}],
    ['for somebody else', { alsoKnownAs: 'object' }, { object: 'other' }],
    ['to oneself', {}, { target: 'self' }],
    ['to nobody', {}, { target: 'nobody' }],
  ])('not %s', async (_name, said: { alsoKnownAs?: unknown }, wrong: { object?: string; target?: string }) => {
    serial += 1
    const [from, to] = [await meet(`from${serial}`), await meet(`to${serial}`)]
    await follow(ines, from)
    const object = wrong.object === undefined ? from.id : `${peer.url}/users/old`
    change(`to${serial - 1}`, {})
    peer.documents.set(new URL(to.id).pathname, {
      ...(peer.documents.get(new URL(to.id).pathname) as object),
      ...said,
      ...(said.alsoKnownAs === 'object' ? { alsoKnownAs: [object] } : {}),
    })
    const target = { self: from.id, nobody: `${peer.url}/users/nobody` }[wrong.target ?? ''] ?? to.id
    await says(from, { type: 'Move', object, target })
    await town.settled()
    expect(await relation(ines, from.here)).toMatchObject({ following: true })
    expect((await act(ines, 'GET', `accounts/${from.here}`)).body.moved).toBeUndefined()
  })

  test('to an account that moved on, or that is suspended, is not believed', async () => {
    const [a, b, c] = [await meet('chaina'), await meet('chainb'), await meet('chainc')]
    change('chainb', { alsoKnownAs: [a.id], movedTo: c.id })
    change('chainc', { alsoKnownAs: [b.id] })
    await follow(ines, a)
    await moves(a, b.id)
    expect(await relation(ines, a.here)).toMatchObject({ following: true })
  })
})

describe('somebody here moves', () => {
  const signIn = async (name: string): Promise<Browser> => {
    const browser = openBrowser(town.address)
    await browser.post('/sign-in', { login: name, password: RIGHT }, { origin: town.ctx.config.url })
    return browser
  }
  let mia: Person
  let away: Actor
  let browser: Browser
  beforeAll(async () => {
    mia = await town.person('mia')
    away = await meet('away')
    browser = await signIn('mia')
  })
  const wish = () => ({ acct: `away@${peer.host}`, current_password: RIGHT })

  test('says who they are too, and takes it back', async () => {
    const added = await browser.api('POST', `${PATH}/aliases`, { acct: `@away@${peer.host}` })
    expect(added.body.aliases).toEqual([{ acct: `away@${peer.host}`, uri: away.id }])
    expect((await browser.api('POST', `${PATH}/aliases`, { acct: `@away@${peer.host}` })).body.aliases).toHaveLength(1)
    const headers = { accept: 'application/activity+json' }
    const shown = async () => (await town.call('GET', `/ap/users/${mia.accountId}`, { headers })).body
    expect((await shown()).alsoKnownAs).toEqual([away.id])
    expect((await browser.api('POST', `${PATH}/aliases`, { acct: 'mia' })).status).toBe(422)
    expect((await browser.api('POST', `${PATH}/aliases`, { acct: 'nobody@nowhere.invalid' })).status).toBe(422)
    expect((await browser.api('POST', `${PATH}/aliases/remove`, { uri: away.id })).body.aliases).toEqual([])
    expect((await shown()).alsoKnownAs).toBeUndefined()
  })

  test('no app may, nor who does not know the password, nor to whom does not name them', async () => {
    expect((await town.call('POST', PATH, { token: mia.token, json: wish() })).status).toBe(403)
    expect((await browser.api('POST', PATH, { ...wish(), current_password: 'wrong' })).status).toBe(422)
    const refused = await browser.api('POST', PATH, wish())
    expect([refused.status, Object.keys(refused.body.details)]).toEqual([422, ['acct']])
    expect((await browser.api('GET', PATH)).body).toMatchObject({ moved_to: null, next_move_at: null })
  })

  test('the Move goes out after the Update, followers here go along, and what is left is little', async () => {
    await act(ines, 'POST', `accounts/${mia.accountId}/follow`)
    const fan = await meet('fan')
    await says(fan, { type: 'Follow', object: `${town.url}/ap/users/${mia.accountId}` })
    await town.settled()
    change('away', { alsoKnownAs: [`${town.url}/ap/users/${mia.accountId}`] })
    peer.requests.length = 0
    expect((await browser.api('POST', PATH, wish())).body).toMatchObject({ moved_to: `away@${peer.host}` })
    await town.settled()
    const bodies = peer.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body))
    const told = bodies.filter(({ type }) => type === 'Update' || type === 'Move')
    expect(told.map(({ type }) => type)).toEqual(['Update', 'Move'])
    expect(told[0].object).toMatchObject({ movedTo: away.id })
    expect(told[1]).toMatchObject({ object: told[1].actor, target: away.id })
    expect(await relation(ines, mia.accountId)).toMatchObject({ following: false })
    expect(await relation(ines, away.here)).toMatchObject({ requested: true })
    expect((await act(mia, 'POST', 'statuses', { status: 'still here?' })).status).toBe(403)
    expect((await browser.api('POST', '/api/v1/statuses', { status: 'still here?' })).status).toBe(403)
    const open = ['/api/v1/accounts/verify_credentials', PATH, '/api/hamlet/v1/sessions']
    for (const path of open) expect((await browser.api('GET', path)).status, path).toBe(200)
    expect((await browser.get('/api/hamlet/v1/exports/follows.csv')).status).toBe(200)
    const again = await signIn('mia')
    expect((await again.api('GET', '/api/v1/accounts/verify_credentials')).body.moved).toMatchObject({
      username: 'away',
    })
  })

  test('comes back, and cannot move again for a month; pointing elsewhere is always possible', async () => {
    expect((await browser.api('DELETE', `${PATH}/redirect`)).body).toMatchObject({ moved_to: null })
    expect((await browser.api('DELETE', `${PATH}/redirect`)).status).toBe(200)
    expect((await act(mia, 'POST', 'statuses', { status: 'back' })).status).toBe(200)
    expect((await browser.api('POST', PATH, wish())).status).toBe(409)
    expect((await browser.api('POST', `${PATH}/redirect`, wish())).body).toMatchObject({
      moved_to: `away@${peer.host}`,
    })
    peer.requests.length = 0
    await town.settled()
    expect(peer.requests.some(({ body }) => body.includes('"Move"'))).toBe(false)
    await browser.api('DELETE', `${PATH}/redirect`)
    town.clock.advance(31 * DAY_MS)
    expect((await (await signIn('mia')).api('POST', PATH, wish())).status).toBe(200)
  })
})

test('nothing failed on the way', () => {
  // That a server does not say who somebody is, is asked again, and is no fault of ours.
  const own = town.log.filter((line) => line.includes('a job failed') && !line.includes('federation.receive'))
  expect([...own, ...town.log.filter((line) => line.includes('"level":"error"'))]).toEqual([])
})
