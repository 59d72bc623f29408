import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { document, post, see } from '../quotes.fixture.ts'

let town: TestTown
let ines: Person
let bram: Person
let noor: Person
let count = 0
beforeAll(async () => {
  town = await startTown()
  ;[ines, bram, noor] = [await town.person('ines'), await town.person('bram'), await town.person('noor')]
})
afterAll(() => town[Symbol.asyncDispose]())

const begin = async (reply_policy: string, more: Record<string, unknown> = {}) =>
  (await post(town, ines, 'statuses', { status: `begin ${(count += 1)}`, reply_policy, ...more })).body
const reply = (who: Person, to: { id: string }) =>
  post(town, who, 'statuses', { status: `answer ${(count += 1)}`, in_reply_to_id: to.id })
const thread = async (who: Person | undefined, id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}/context`, who ? { token: who.token } : {})).body
const idsIn = async (who: Person | undefined, id: string) =>
  (await thread(who, id)).descendants.map((one: { id: string }) => one.id)
const act = (who: Person, id: string, verb: 'remove' | 'restore') =>
  town.call('POST', `/api/hamlet/v1/statuses/${id}/thread/${verb}`, { token: who.token })
const setRule = (who: Person, id: string, reply_policy: string) =>
  town.call('PUT', `/api/hamlet/v1/statuses/${id}/reply_policy`, { token: who.token, json: { reply_policy } })

/** Bram follows Ines, Ines follows Noor, Olga is named, Piet is a stranger. */
describe('who may answer', () => {
  let olga: Person
  let piet: Person
  beforeAll(async () => {
    ;[olga, piet] = [await town.person('olga'), await town.person('piet')]
    await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: bram.token })
    await town.call('POST', `/api/v1/accounts/${noor.accountId}/follow`, { token: ines.token })
  })
  const rights: [string, Record<string, string>][] = [
    ['everyone', { ines: 'yes', bram: 'yes', noor: 'yes', olga: 'yes', piet: 'yes' }],
    ['followers', { ines: 'yes', bram: 'yes', noor: 'no', olga: 'yes', piet: 'no' }],
    ['following', { ines: 'yes', bram: 'no', noor: 'yes', olga: 'yes', piet: 'no' }],
    ['mentioned', { ines: 'yes', bram: 'no', noor: 'no', olga: 'yes', piet: 'no' }],
    ['nobody', { ines: 'yes', bram: 'no', noor: 'no', olga: 'yes', piet: 'no' }],
    ['approval', { ines: 'yes', bram: 'ask', noor: 'ask', olga: 'yes', piet: 'ask' }],
  ]
  test.each(rights)('%s: the rule is told before, and kept after', async (policy, expected) => {
    const root = await begin(policy, { status: `hello @olga ${(count += 1)}` })
    for (const who of [ines, bram, noor, olga, piet]) {
      const right = expected[who.username]
      const told = (await see(town, who, root.id)).hamlet?.reply
      expect(told, who.username).toEqual(policy === 'everyone' ? undefined : { policy, right })
      const made = await reply(who, root)
      expect(made.status, who.username).toBe(right === 'no' ? 403 : 200)
      if (right !== 'no') {
        expect(made.body.hamlet?.set_aside, who.username).toBe(right === 'ask' ? 'waiting' : undefined)
        expect((await idsIn(undefined, root.id)).includes(made.body.id), who.username).toBe(right === 'yes')
      }
    }
    const standing = Object.values(expected).filter((right) => right === 'yes').length
    expect((await see(town, ines, root.id)).replies_count).toBe(standing)
    expect((await town.call('GET', `/api/v1/statuses/${root.id}`)).body.hamlet?.reply?.right).toBe(
      policy === 'everyone' ? undefined : 'no',
    )
  })

  test('the rule holds for the whole thread, whoever is answered in it', async () => {
    const root = await begin('followers')
    const { body: inside } = await reply(bram, root)
    const refused = await reply(piet, inside)
    expect(refused.status).toBe(403)
    expect(refused.body.error).toBe('Only followers of whoever began this thread can reply')
    expect((await see(town, piet, inside.id)).hamlet.reply).toEqual({ policy: 'followers', right: 'no' })
  })

  test('it is changed later by whoever began the thread, and by nobody else', async () => {
    const root = await begin('everyone')
    const { body: first } = await reply(piet, root)
    expect((await setRule(piet, root.id, 'nobody')).status).toBe(404)
    expect((await setRule(piet, first.id, 'nobody')).status).toBe(404)
    expect((await setRule(ines, root.id, 'friends')).status).toBe(422)
    expect((await setRule(ines, root.id, 'nobody')).body.hamlet.reply).toEqual({ policy: 'nobody', right: 'yes' })
    expect((await reply(piet, root)).status).toBe(403)
    expect(await idsIn(undefined, root.id)).toEqual([first.id])
    expect((await setRule(ines, root.id, 'everyone')).body.hamlet).toBeUndefined()
    expect((await reply(piet, root)).status).toBe(200)
  })

  test('a post that was held back is judged when it is written, and private mentions have no rule', async () => {
    const root = await begin('approval')
    const held = await post(town, piet, 'statuses', { status: 'held', in_reply_to_id: root.id, hold_for: 60 })
    await town.call('POST', `/api/hamlet/v1/statuses/${held.body.id}/publish`, { token: piet.token })
    expect((await see(town, piet, held.body.id)).hamlet.set_aside).toBe('waiting')
    expect((await see(town, ines, root.id)).replies_count).toBe(0)
    const direct = await begin('nobody', { status: '@piet psst', visibility: 'direct' })
    expect((await see(town, piet, direct.id)).hamlet?.reply).toBeUndefined()
  })
})

describe('out of a thread, and back', () => {
  test('whoever began it takes a reply out with what hangs from it; its author still has it', async () => {
    const root = await begin('everyone')
    const { body: noise } = await reply(bram, root)
    const { body: below } = await reply(noor, noise)
    expect((await act(bram, noise.id, 'remove')).status).toBe(404)
    expect((await act(noor, noise.id, 'remove')).status).toBe(404)
    for (let press = 0; press < 2; press += 1) {
      const { status, body } = await act(ines, noise.id, 'remove')
      expect([status, body.hamlet.set_aside]).toEqual([200, 'removed'])
      expect((await see(town, ines, root.id)).replies_count).toBe(0)
    }
    expect(await idsIn(undefined, root.id)).toEqual([])
    expect(await idsIn(noor, root.id)).toEqual([])
    expect((await thread(noor, root.id)).hamlet.set_aside).toBe(1)
    expect(await idsIn(bram, root.id)).toEqual([noise.id, below.id])
    expect(await idsIn(ines, root.id)).toEqual([noise.id, below.id])
    expect((await see(town, noor, noise.id)).hamlet).toBeUndefined()
    expect((await document(town, `${root.uri}/replies`)).body.first.items).toEqual([])
    const own = await town.call('GET', `/api/v1/accounts/${bram.accountId}/statuses`)
    expect(own.body.map((one: { id: string }) => one.id)).toContain(noise.id)
    for (let press = 0; press < 2; press += 1) {
      expect((await act(ines, noise.id, 'restore')).body.hamlet).toBeUndefined()
      expect((await see(town, ines, root.id)).replies_count).toBe(1)
    }
    expect(await idsIn(undefined, root.id)).toEqual([noise.id, below.id])
    expect((await document(town, `${root.uri}/replies`)).body.first.items).toEqual([noise.uri])
  })

  test('who waits is let in, and counted from then on', async () => {
    const root = await begin('approval')
    const { body: asked } = await reply(noor, root)
    expect(await idsIn(bram, root.id)).toEqual([])
    expect((await see(town, ines, asked.id)).hamlet).toMatchObject({ set_aside: 'waiting' })
    expect((await act(ines, asked.id, 'restore')).body.hamlet).toEqual({ reply: { policy: 'approval', right: 'yes' } })
    expect(await idsIn(bram, root.id)).toEqual([asked.id])
    expect((await see(town, ines, root.id)).replies_count).toBe(1)
  })

  test('what was taken out and is deleted is not counted off twice', async () => {
    const root = await begin('everyone')
    const [{ body: one }, { body: two }] = [await reply(bram, root), await reply(noor, root)]
    await act(ines, one.id, 'remove')
    await town.call('DELETE', `/api/v1/statuses/${one.id}`, { token: bram.token })
    expect((await see(town, ines, root.id)).replies_count).toBe(1)
    expect(await idsIn(undefined, root.id)).toEqual([two.id])
  })

  test('a thread of somebody else, one’s own reply and what is no post are nothing to take out', async () => {
    const root = await begin('everyone')
    const { body: own } = await reply(ines, root)
    const { body: theirs } = await reply(noor, own)
    expect((await act(ines, own.id, 'remove')).status).toBe(404)
    expect((await act(ines, root.id, 'remove')).status).toBe(404)
    expect((await act(ines, 'nonsense', 'restore')).status).toBe(404)
    expect((await act(ines, theirs.id, 'remove')).status).toBe(200)
  })

  test('a page of posts in threads with rules costs one query more, however many', async () => {
    const roots = [await begin('nobody'), await begin('followers'), await begin('approval')]
    const cost = (ids: string[]) =>
      town.countStatements(() =>
        town.call('GET', `/api/v1/statuses?${ids.map((id) => `id[]=${id}`).join('&')}`, { token: bram.token }),
      )
    const one = await cost([roots[0].id])
    expect(await cost(roots.map(({ id }) => id))).toBe(one)
  })
})
