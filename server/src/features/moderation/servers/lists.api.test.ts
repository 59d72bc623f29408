import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fetchList, findPolicyOf, setDomainPolicy } from '#features/domains'
import { requireRoleId } from '#features/roles'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })
const path = '/api/web/moderation/lists'

let town: TestTown
let peer: Peer
let shelf: PictureHost
let mod: Person
let serial = 0
let name: string
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  shelf = await startPictureHost()
  mod = await town.person('mod', 'read write follow admin:read admin:write')
  const admin = { role_id: requireRoleId('admin') }
  await town.ctx.db.updateTable('users').set(admin).where('id', '=', mod.userId).execute()
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await shelf[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
beforeEach(() => {
  serial += 1
  name = `list ${serial}`
})

const act = (method: string, to: string, json?: Record<string, unknown>) =>
  town.call(method, to, { token: mod.token, ...(json ? { json } : {}) })
const csv = (...rows: string[]) => ['domain,severity,public_comment', ...rows].join('\n')
const add = async (content: string) => (await act('POST', path, { name, content })).body
const drafts = async (id: string) =>
  (await act('GET', `${path}/${id}/drafts`)).body as {
    id: string
    host: string
    change: string
    is_protected: boolean
  }[]
const hosts = async (id: string) => (await drafts(id)).map(({ host, change }) => `${host} ${change}`).sort()
const severityOf = async (host: string) => (await findPolicyOf(town.ctx, host))?.severity

test('a list is drafts: nothing changes until somebody accepts, and what was declined is not asked again', async () => {
  const [spam, harm, fine] = [`spam${serial}.example`, `harm${serial}.example`, `fine${serial}.example`]
  const content = csv(`${spam},suspend,spam`, `${harm},silence,harm`, `${fine},suspend,hearsay`)
  const { id, ...outcome } = await add(content)
  expect(outcome).toEqual({ drafts: 3, same: 0, pinned: 0, unread: 0 })
  expect(await severityOf(spam)).toBeUndefined()
  for (const draft of await drafts(id)) {
    const accept = draft.host !== fine
    expect((await act('POST', `${path}/${id}/drafts/${draft.id}`, { accept })).status).toBe(200)
    expect((await act('POST', `${path}/${id}/drafts/${draft.id}`, { accept })).status).toBe(409)
  }
  expect([await severityOf(spam), await severityOf(harm), await severityOf(fine)]).toEqual([
    'suspend',
    'silence',
    undefined,
  ])
  expect((await findPolicyOf(town.ctx, spam))?.public_comment).toBe('spam')
  const again = await act('POST', `${path}/${id}/import`, { content })
  expect(again.body).toMatchObject({ drafts: 0, same: 2 })
  // Later the list names one of them no more, and is milder with nobody.
  expect((await act('POST', `${path}/${id}/import`, { content: csv(`${harm},silence,harm`) })).body.drafts).toBe(1)
  expect(await hosts(id)).toEqual([`${spam} gone`])
  const [retraction] = await drafts(id)
  await act('POST', `${path}/${id}/drafts/${retraction?.id}`, { accept: true })
  expect(await severityOf(spam)).toBeUndefined()
})

test('what was decided by hand is changed by no list', async () => {
  const host = `hand${serial}.example`
  await transact(town.ctx, (tx) => setDomainPolicy(tx, mod.accountId, host, { severity: 'silence' }))
  const { id, ...outcome } = await add(csv(`${host},suspend,spam`))
  expect(outcome).toMatchObject({ drafts: 0, pinned: 1 })
  expect(await drafts(id)).toEqual([])
})

test('accepting all leaves servers with many follows for a decision of their own', async () => {
  const ivo = peer.addActor(`ivo${serial}`)
  const found = await act('GET', `/api/v2/search?resolve=true&type=accounts&q=@ivo${serial}@${peer.host}`)
  const target_account_id = found.body.accounts[0].id as string
  for (const follower of ['a', 'b', 'c']) {
    const { accountId: account_id } = await town.person(`fan_${follower}${serial}`)
    const row = { account_id, target_account_id, state: 'accepted', created_at: town.clock.now().toISOString() }
    await town.ctx.db
      .insertInto('follows')
      .values({ id: `${serial}${account_id.slice(-8)}`, uri: `${ivo.id}#${follower}`, ...row })
      .execute()
  }
  // A peer of tests has no dot in its name, so the draft is written as an import would.
  const { id } = await add(csv(...Array.from({ length: 120 }, (_, n) => `many${n}.s${serial}.example,suspend,spam`)))
  const values = {
    list_id: id,
    host: peer.host,
    change: 'new',
    severity: 'suspend',
    created_at: town.clock.now().toISOString(),
  }
  await town.ctx.db
    .insertInto('domain_drafts')
    .values({ id: '1', ...values })
    .execute()
  const last = (await act('GET', `${path}/${id}/drafts?max_id=2`)).body
  expect(last).toMatchObject([{ host: peer.host, follows: 3, is_protected: true }])
  expect((await act('POST', `${path}/${id}/decide`, { accept: true })).status).toBe(200)
  expect((await act('POST', `${path}/${id}/decide`, { accept: true })).status).toBe(200)
  await town.settled()
  expect(await hosts(id)).toEqual([`${peer.host} new`])
  expect([await severityOf(`many119.s${serial}.example`), await severityOf(peer.host)]).toEqual(['suspend', undefined])
  await act('POST', `${path}/${id}/drafts/1`, { accept: true })
  expect(await severityOf(peer.host)).toBe('suspend')
})

test('an address is read every day; what it says differently waits, and what goes wrong is said', async () => {
  const host = `feed${serial}.example`
  let content = csv(`${host},suspend,spam`)
  const url = shelf.put((response) => response.writeHead(200, { 'content-type': 'text/csv' }).end(content))
  const { id } = (await act('POST', path, { name, url })).body
  await town.settled()
  expect(await hosts(id)).toEqual([`${host} new`])
  await act('POST', `${path}/${id}/decide`, { accept: true })
  await town.settled()
  content = csv('else.example,suspend,spam')
  await fetchList.run(town.ctx, { listId: id })
  expect(await hosts(id)).toEqual(['else.example new', `${host} gone`])
  const read = async () => (await act('GET', path)).body.find((one: { id: string }) => one.id === id)
  expect(await read()).toMatchObject({
    url,
    problem: null,
    entries: 1,
    open: { new: 1, gone: 1, milder: 0, stricter: 0 },
  })
  content = ''
  await fetchList.run(town.ctx, { listId: id })
  expect((await read()).problem).toContain('No server is named')
  expect(await hosts(id), 'an empty answer takes nothing back').toHaveLength(2)
})

test('bad lists and addresses are refused, and nothing is half written', async () => {
  for (const json of [
    { name },
    { name, content: '' },
    { name: ' ', content: 'a.example' },
    { name, url: 'ftp://x.example/' },
    { name, content: '\0' },
    { name, content: 'nothing here' },
  ])
    expect([json, (await act('POST', path, json)).status]).toEqual([json, 422])
  expect((await act('GET', path)).body.some((one: { name: string }) => one.name === name)).toBe(false)
  for (const id of ['0', 'x', '999'])
    expect([id, (await act('POST', `${path}/${id}/decide`, { accept: true })).status]).toEqual([id, 404])
})

test('AD-11: a list of a hundred thousand is refused; all servers, a whole top domain and this one are not shut out by a list', async () => {
  const long = Array.from({ length: 100_001 }, (_, n) => `${n.toString(36)}.ex`).join('\n')
  expect((await act('POST', path, { name: 'Endless', content: long })).status).toBe(422)
  const own = town.ctx.config.domain
  const content = `*\n*.\n*.com\ncom\n${own}\n.example\n..\nfirst.example\n`
  const read = await act('POST', path, { name: 'Sly', content })
  expect(read.status).toBe(200)
  const drafts = (await act('GET', `${path}/${read.body.id}/drafts`)).body as { host: string }[]
  expect(drafts.map((draft) => draft.host)).toEqual(['first.example'])
  await act('DELETE', `${path}/${read.body.id}`)
})

test('a list that is not read any more leaves servers as they are treated', async () => {
  const host = `left${serial}.example`
  const { id } = await add(csv(`${host},suspend,spam`))
  await act('POST', `${path}/${id}/decide`, { accept: true })
  await town.settled()
  expect((await act('DELETE', `${path}/${id}`)).status).toBe(200)
  expect(await severityOf(host)).toBe('suspend')
  const file = await act('GET', '/api/web/moderation/domain_blocks.csv')
  expect(file.text.split('\n')[0]).toBe('#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate')
  expect(file.text).toContain(`${host},suspend,false,false,spam,false`)
})

test('drafts are read in the same number of queries whatever the page', async () => {
  const { id } = await add(csv(...Array.from({ length: 9 }, (_, n) => `q${n}.s${serial}.example,suspend,spam`)))
  const cost = (limit: number) => town.countStatements(() => act('GET', `${path}/${id}/drafts?limit=${limit}`))
  expect(await cost(1)).toBe(await cost(9))
})
