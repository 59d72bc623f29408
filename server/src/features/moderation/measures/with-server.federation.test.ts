import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { removeDomainPolicy, setDomainPolicy } from '#features/domains'
import { transact } from '#platform/context'
import { openBench, PATH, type Bench } from '#test/measures-bench'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

test.each(['unsuspend', 'undo'])(
  '%s lets nobody of a server in that is shut out; they are let go with it',
  async (way) => {
    const { town, peer, pia, act, undo, call, stranger, standing } = bench
    const host = peer.host.replace(/:\d+$/, '')
    const who = await stranger(`tern_${way}`)
    await act(who.accountId, { type: 'suspend' })
    const known = await town.ctx.db
      .selectFrom('accounts')
      .innerJoin('domains', 'domains.id', 'accounts.domain_id')
      .select('domains.host')
      .where('accounts.id', '=', who.accountId)
      .executeTakeFirstOrThrow()
    expect(known.host.startsWith(host)).toBe(true)
    await transact(town.ctx, (tx) => setDomainPolicy(tx, null, known.host, { severity: 'suspend' }))
    await town.settled()
    const press = () => (way === 'undo' ? undo(who.accountId) : call(pia, 'POST', `${PATH}/${who.accountId}/unsuspend`))
    for (let times = 0; times < 2; times += 1) expect((await press()).status).toBe(200)
    expect((await standing(who.accountId)).suspended).toBe(true)
    await transact(town.ctx, (tx) => removeDomainPolicy(tx, pia.accountId, known.host))
    await town.settled()
    expect((await standing(who.accountId)).suspended).toBe(false)
  },
)
