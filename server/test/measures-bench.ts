import { expect } from 'vitest'
import { requireAccount } from '#features/accounts'
import { requireRoleId } from '#features/roles'
import { startPeer } from './peer.ts'
import { startTown, type Person } from './test-town.ts'

export const PATH = '/api/v1/admin/accounts'
export const DAY = 86_400

export type Bench = Awaited<ReturnType<typeof openBench>>

/** A town with an admin, somebody who reports, and another server; with what the tests of measures ask again and again. */
export async function openBench() {
  const base = await startBench()
  return { ...base, ...byTeam(base), ...byPeople(base), ...byStrangers(base) }
}

type Base = Awaited<ReturnType<typeof startBench>>

async function startBench() {
  const town = await startTown({ isReachable: true })
  const peer = await startPeer()
  const pia = await town.person('pia', 'read write follow admin:read admin:write')
  const ines = await town.person('ines')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('admin') })
    .where('id', '=', pia.userId)
    .execute()
  const call = (who: Person, method: string, path: string, json?: unknown) =>
    town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
  const close = async () => {
    await peer[Symbol.asyncDispose]()
    await town[Symbol.asyncDispose]()
  }
  return { town, peer, pia, ines, call, close }
}

function byTeam({ town, pia, call }: Base) {
  const act = async (id: string, json: Record<string, unknown>) => {
    const answer = await call(pia, 'POST', `${PATH}/${id}/action`, json)
    expect(answer.status, answer.text).toBe(200)
  }
  const decide = async (reportId: string, json: Record<string, unknown>) => {
    const answer = await call(pia, 'POST', `/api/web/moderation/reports/${reportId}/decision`, json)
    expect(answer.status, answer.text).toBe(200)
  }
  const strikesOf = (accountId: string) =>
    town.ctx.db.selectFrom('strikes').selectAll().where('target_account_id', '=', accountId).orderBy('id').execute()
  const lastStrike = async (accountId: string) => (await strikesOf(accountId)).at(-1)!
  const undoOf = (id: string) => call(pia, 'POST', `/api/web/moderation/strikes/${id}/undo`)
  const undo = async (accountId: string) => undoOf((await lastStrike(accountId)).id)
  const logOf = async (accountId: string) => {
    const log = town.ctx.db.selectFrom('audit_log').select('action')
    return (await log.where('target_id', '=', accountId).orderBy('id').execute()).map((line) => line.action)
  }
  return { act, decide, strikesOf, lastStrike, undoOf, undo, logOf }
}

function byPeople({ town, ines, call }: Base) {
  let serial = 0
  const fresh = () => town.person(`tern${(serial += 1)}`)
  const say = async (who: Person, json: Record<string, unknown> = {}) =>
    (await call(who, 'POST', '/api/v1/statuses', { status: 'words', ...json })).body
  const standing = async (accountId: string) => {
    const row = await requireAccount(town.ctx, accountId)
    const { suspended_at: suspended, limited_at: limited, sensitized_at: sensitized } = row
    return { suspended: suspended !== null, limited: limited !== null, sensitized: sensitized !== null }
  }
  const follow = (who: Person, id: string) => call(who, 'POST', `/api/v1/accounts/${id}/follow`)
  const relation = async (who: Person, id: string) =>
    (await call(who, 'GET', `/api/v1/accounts/relationships?id=${id}`)).body[0]
  const countsOf = async (id: string) => {
    const { followers_count, following_count } = await requireAccount(town.ctx, id)
    return { followers_count, following_count }
  }
  const report = async (target: Person, statusIds: string[]): Promise<string> => {
    const json = { account_id: target.accountId, status_ids: statusIds, comment: 'look' }
    return (await call(ines, 'POST', '/api/v1/reports', json)).body.id
  }
  return { fresh, say, standing, follow, relation, countsOf, report }
}

function byStrangers({ town, peer, pia, call }: Base) {
  let serial = 0
  /** Somebody of another server, as this one knows them. */
  const stranger = async (name: string) => {
    const actor = peer.addActor(name)
    const found = await call(pia, 'GET', `/api/v2/search?resolve=true&q=@${name}@${encodeURIComponent(peer.host)}`)
    return { ...actor, accountId: found.body.accounts[0].id as string }
  }
  const followFrom = async (from: Awaited<ReturnType<typeof stranger>>, who: Person) => {
    const object = (await requireAccount(town.ctx, who.accountId)).uri
    const follow = { id: `${peer.url}/follows/${(serial += 1)}`, type: 'Follow', actor: from.id, object }
    // The clock of the town goes its own way; the peer signs by it.
    expect(await peer.send(`${town.url}/inbox`, follow, from, { date: town.clock.now() })).toBe(202)
    await town.settled()
  }
  /** What the peer is sent while something happens. */
  const told = async (run: () => Promise<unknown>): Promise<string[]> => {
    await town.settled()
    const before = peer.requests.length
    await run()
    await town.settled()
    const sent = peer.requests.slice(before).filter((one) => one.method === 'POST')
    return sent.map((one) => (JSON.parse(one.body) as { type: string }).type).toSorted()
  }
  return { stranger, followFrom, told }
}
