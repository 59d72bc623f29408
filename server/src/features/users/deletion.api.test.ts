import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eraseGoneAccount } from '#app/leaving'
import { rooms } from '#app/rooms'
import { setStanding } from '#features/accounts'
import { transact } from '#platform/context'
import { openBrowser, type Browser } from '#test/browser'
import { mailsTo } from '#test/mail'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { deleteDue } from './delete-account.ts'

const PATH = '/api/hamlet/v1/deletion'
const RIGHT = 'correct horse'
const DAY_MS = 24 * 3_600_000
let town: TestTown
let peer: Peer
let serial = 0
let mia: Person
let browser: Browser
let post: { id: string }
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
const signIn = async (name = mia.username) => {
  const made = openBrowser(town.address)
  const answer = await made.post('/sign-in', { login: name, password: RIGHT }, { origin: town.ctx.config.url })
  return { made, status: answer.status, location: answer.location }
}
beforeEach(async () => {
  mia = await town.person(`mia${(serial += 1)}`)
  browser = (await signIn()).made
  post = (await town.call('POST', '/api/v1/statuses', { token: mia.token, json: { status: `my tide ${serial}` } })).body
})
const wish = (more: Record<string, unknown> = {}) => ({ current_password: RIGHT, username: mia.username, ...more })
const isSeen = async () => (await town.call('GET', `/api/v1/statuses/${post.id}`)).status === 200

/** Columns in which any of these texts stands, by the whole database. */
async function traces(...texts: string[]): Promise<string[]> {
  const columns = await sql<{ table_name: string; column_name: string }>`
    select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`.execute(town.ctx.db)
  const found: string[] = []
  for (const { table_name, column_name } of columns.rows) {
    const hits = await sql`select 1 from ${sql.table(table_name)}
      where exists (select 1 from unnest(${texts}::text[]) as one where position(lower(one) in lower(${sql.ref(column_name)}::text)) > 0) limit 1`.execute(
      town.ctx.db,
    )
    if (hits.rows.length > 0) found.push(`${table_name}.${column_name}`)
  }
  return found
}

test('is asked for by whoever knows the password and types the name, and by no app', async () => {
  expect((await browser.api('GET', PATH)).body).toEqual({ days: 30 })
  expect((await town.call('POST', PATH, { token: mia.token, json: wish() })).status).toBe(403)
  for (const wrong of [{ current_password: 'wrong' }, { username: 'somebody' }, { username: '' }])
    expect((await browser.api('POST', PATH, wish(wrong))).status).toBe(422)
  expect(await isSeen()).toBe(true)
})

describe('at once', () => {
  test('nothing is left, and whoever followed elsewhere is told while the key is there', async () => {
    const fan = peer.addActor(`fan${serial}`)
    const follow = { id: `${fan.id}#1`, type: 'Follow', actor: fan.id, object: `${town.url}/ap/users/${mia.accountId}` }
    await peer.send(`${town.url}/inbox`, { '@context': 'https://www.w3.org/ns/activitystreams', ...follow }, fan)
    await town.settled()
    peer.requests.length = 0
    expect((await browser.api('POST', PATH, wish({ now: true }))).status).toBe(200)
    await town.settled()
    const told = peer.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body))
    expect(told.filter(({ type }) => type === 'Delete')).toMatchObject([
      { object: `${town.url}/ap/users/${mia.accountId}` },
    ])
    await eraseGoneAccount.run(town.ctx, { accountId: mia.accountId })
    await town.settled()
    await sql`delete from jobs where run_at > now()`.execute(town.ctx.db)
    await sql`delete from attempts`.execute(town.ctx.db)
    expect(await traces(mia.accountId, mia.userId, mia.username)).toEqual([])
  })

  test('an interruption after any room leaves the rest to the next go', async () => {
    for (const [index, room] of rooms.entries()) {
      if (index % 6 !== 0) continue
      const who = await town.person(`left${serial}x${index}`)
      await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status: `@${mia.username} hello` } })
      await town.call('POST', `/api/v1/accounts/${mia.accountId}/follow`, { token: who.token })
      await town.settled()
      for (const { erase } of rooms.slice(0, index))
        if (typeof erase === 'function') await transact(town.ctx, (tx) => erase(tx, who.accountId))
      await eraseGoneAccount.run(town.ctx, { accountId: who.accountId })
      await town.settled()
      expect(await traces(who.accountId, who.userId), room.name).toEqual([])
    }
  })
})

describe('with days to think', () => {
  test('all is hidden, a letter says until when, and signing in brings it back as it was', async () => {
    const asked = await browser.api('POST', PATH, wish({ username: `@${mia.username.toUpperCase()}` }))
    expect(Date.parse(asked.body.due_at) - town.clock.now().getTime()).toBeGreaterThan(29 * DAY_MS)
    await town.settled()
    expect([await isSeen(), (await browser.api('GET', PATH)).status]).toEqual([false, 401])
    expect((await town.call('GET', '/api/v1/timelines/home', { token: mia.token })).status).toBe(403)
    const [mail] = mailsTo(town, `${mia.username}@example.org`)
    expect(JSON.stringify(mail)).toContain(String(new Date(asked.body.due_at).getUTCFullYear()))
    town.clock.advance(29 * DAY_MS)
    await deleteDue(town.ctx)
    await town.settled()
    const back = await signIn()
    expect(back.status).toBe(303)
    expect([await isSeen(), (await back.made.api('GET', PATH)).status]).toEqual([true, 200])
    expect((await town.call('GET', '/api/v1/timelines/home', { token: mia.token })).status).toBe(200)
    town.clock.advance(2 * DAY_MS)
    await deleteDue(town.ctx)
    await town.settled()
    expect(await isSeen()).toBe(true)
  })

  test('whoever is suspended meanwhile is not let in by it', async () => {
    await browser.api('POST', PATH, wish())
    const suspend = (isOn: boolean) => transact(town.ctx, (tx) => setStanding(tx, mia.accountId, 'suspended', isOn))
    expect(await suspend(false)).toBe(false)
    expect(await suspend(true)).toBe(true)
    expect((await signIn()).location).toBe('/access')
    expect(await isSeen()).toBe(false)
    expect(await suspend(false)).toBe(true)
    expect((await signIn()).location).toBe('/home')
  })

  test('when the days are over everything is erased, and the name is nobody else’s', async () => {
    await browser.api('POST', PATH, wish())
    town.clock.advance(31 * DAY_MS)
    await deleteDue(town.ctx)
    await town.settled()
    expect((await signIn()).status).toBe(422)
    await sql`delete from attempts`.execute(town.ctx.db)
    expect(await traces(mia.accountId, mia.userId, mia.username, `my tide ${serial}`)).toEqual([])
    await expect(town.person(mia.username)).rejects.toThrow('already been taken')
    await expect(town.person(mia.username.toUpperCase())).rejects.toThrow('already been taken')
  })
})

test('nothing failed on the way', () => {
  const bad = town.log.filter((line) => line.includes('"level":"error"') || line.includes('a job failed'))
  expect(bad).toEqual([])
})
