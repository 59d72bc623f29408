import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { differingTables, printDatabase } from '#test/database-print'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let peer: Peer
let ines: Person
let bram: Person
let chief: { id: string; key: Parameters<Peer['send']>[2]['key'] }
let post: { id: string; uri: string }
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  bram = await town.person('bram')
  chief = peer.addActor('chief')
  // What other software tells of its own moderators.
  const claims = { moderators: [chief.id], roles: ['admin'], isAdmin: true, isModerator: true, role: 'Owner' }
  const path = new URL(chief.id).pathname
  peer.documents.set(path, { ...(peer.documents.get(path) as object), ...claims })
  post = (await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status: 'still here' } })).body
  await town.settled()
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const uriOf = (person: Person) => `${town.url}/ap/users/${person.accountId}`
const acts = (): [string, Record<string, unknown>][] => [
  ['removes a post of another server', { type: 'Delete', object: post.uri }],
  ['removes it as a moderator of a group', { type: 'Remove', object: post.uri, target: `${uriOf(ines)}/outbox` }],
  ['undoes what somebody else did', { type: 'Undo', object: { type: 'Create', actor: uriOf(ines), object: post.uri } }],
  ['locks a thread', { type: 'Lock', object: post.uri }],
  ['bans somebody from their own server', { type: 'Block', object: uriOf(ines), target: town.url, removeData: true }],
  ['deletes somebody', { type: 'Delete', object: uriOf(ines) }],
  ['makes itself a moderator', { type: 'Add', object: chief.id, target: `${uriOf(ines)}/moderators` }],
  ['writes a person of here anew', { type: 'Update', object: { id: uriOf(ines), type: 'Person', name: 'Mine' } }],
  ['moves somebody away', { type: 'Move', object: uriOf(ines), target: chief.id }],
]

test('AD-12: what another server claims of its people gives them no right here', async () => {
  const own = async () => {
    const { db } = town.ctx
    const [accounts, users, roles, statuses] = await Promise.all([
      db
        .selectFrom('accounts')
        .select([
          'id',
          'username',
          'display_name',
          'suspended_at',
          'limited_at',
          'moved_to_account_id',
          'statuses_count',
        ])
        .where('id', 'in', [ines.accountId, bram.accountId])
        .orderBy('id')
        .execute(),
      db.selectFrom('users').selectAll().orderBy('id').execute(),
      db.selectFrom('roles').selectAll().orderBy('id').execute(),
      db.selectFrom('statuses').select(['id', 'state', 'text', 'content', 'edited_at']).execute(),
    ])
    return { accounts, users, roles, statuses }
  }
  // They are known here before they try.
  const greeting = { type: 'Follow', object: uriOf(ines) }
  await peer.send(`${town.url}/inbox`, { id: `${chief.id}#0`, actor: chief.id, ...greeting }, chief)
  await town.settled()
  const [before, print] = [await own(), await printDatabase(town.ctx)]
  for (const [at, [, activity]] of acts().entries()) {
    const sent = { id: `${chief.id}#${at + 1}`, actor: chief.id, to: [uriOf(ines)], ...activity }
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await peer.send(`${town.url}/inbox`, sent, chief)).toBeLessThan(500)
  }
  await town.settled()
  expect(await own()).toEqual(before)
  const touched = differingTables(print, await printDatabase(town.ctx))
  expect(touched.filter((table) => /role|user|session|token|audit|polic|domain_|setting|strike/.test(table))).toEqual(
    [],
  )
})

test('a remote account is of no team: it holds no role, and nobody signs in as it', async () => {
  const row = await town.ctx.db
    .selectFrom('accounts')
    .leftJoin('user_accounts', 'user_accounts.account_id', 'accounts.id')
    .select(['accounts.username', 'user_accounts.user_id'])
    .where('accounts.uri', '=', chief.id)
    .executeTakeFirst()
  expect(row).toEqual({ username: 'chief', user_id: null })
})
