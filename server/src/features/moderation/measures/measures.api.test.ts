import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireAccount } from '#features/accounts'
import { relationships } from '#features/relationships'
import { requireRoleId } from '#features/roles'
import { transact } from '#platform/context'
import { mailsTo } from '#test/mail'
import type { Person } from '#test/test-town'
import { endDue, purgeOld } from './jobs.ts'
import { openBench, type Bench, DAY, PATH } from '#test/measures-bench'

type Erase = Extract<typeof relationships.erase, (...args: never[]) => unknown>

vi.setConfig({ testTimeout: 60_000 })

let {
  town,
  pia,
  ines,
  call,
  act,
  fresh,
  say,
  strikesOf,
  lastStrike,
  undo,
  undoOf,
  standing,
  logOf,
  follow,
  relation,
  countsOf,
  report,
  decide,
  stranger,
  followFrom,
  told,
} = {} as Bench
let close: Bench['close']
beforeAll(async () => {
  ;({
    town,
    pia,
    ines,
    call,
    act,
    fresh,
    say,
    strikesOf,
    lastStrike,
    undo,
    undoOf,
    standing,
    logOf,
    follow,
    relation,
    countsOf,
    report,
    decide,
    stranger,
    followFrom,
    told,
    close,
  } = await openBench())
})
afterAll(() => close())

describe('what lasts for a time', () => {
  test.each([
    ['sensitive', 'sensitized'],
    ['silence', 'limited'],
    ['suspend', 'suspended'],
  ] as const)('%s ends by itself, once, though two processes end it; it is logged and told', async (type, flag) => {
    const who = await fresh()
    await act(who.accountId, { type, ends_in: 7 * DAY })
    expect((await standing(who.accountId))[flag]).toBe(true)
    town.clock.advance(6 * DAY * 1000)
    await endDue(town.ctx)
    expect((await standing(who.accountId))[flag]).toBe(true)
    town.clock.advance(1.1 * DAY * 1000)
    const before = mailsTo(town, `${who.username}@example.org`).length
    await Promise.all([endDue(town.ctx), endDue(town.ctx), endDue(town.ctx)])
    await town.settled()
    expect((await standing(who.accountId))[flag]).toBe(false)
    expect((await logOf(who.accountId)).filter((action) => action.startsWith('account.un'))).toHaveLength(1)
    expect(mailsTo(town, `${who.username}@example.org`)).toHaveLength(before + 1)
  })

  test('somebody who is frozen for a time can sign in again after it', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'disable', ends_in: DAY })
    expect((await call(who, 'GET', '/api/v1/timelines/home')).status).toBe(403)
    town.clock.advance(DAY * 1000)
    await endDue(town.ctx)
    expect((await call(who, 'GET', '/api/v1/timelines/home')).status).toBe(200)
  })

  test('a later decision replaces an earlier one: the end of the earlier one ends nothing', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence', ends_in: DAY })
    await act(who.accountId, { type: 'silence' })
    town.clock.advance(2 * DAY * 1000)
    await endDue(town.ctx)
    expect((await standing(who.accountId)).limited).toBe(true)
    expect(await logOf(who.accountId)).toEqual(['account.limit', 'account.limit'])
  })

  test('a shorter one replaces a longer one, and ends it', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'suspend' })
    await act(who.accountId, { type: 'suspend', ends_in: DAY })
    town.clock.advance(2 * DAY * 1000)
    await endDue(town.ctx)
    expect((await standing(who.accountId)).suspended).toBe(false)
  })

  test.each([
    [{ type: 'none', ends_in: DAY }],
    [{ type: 'silence', ends_in: 59 }],
    [{ type: 'silence', ends_in: 1e9 }],
    [{ type: 'silence', ends_in: 'soon' }],
    [{ type: 'silence', ends_in: -1 }],
  ])('%j is refused, and nothing has happened', async (json) => {
    const who = await fresh()
    expect((await call(pia, 'POST', `${PATH}/${who.accountId}/action`, json)).status).toBe(422)
    expect(await strikesOf(who.accountId)).toEqual([])
    expect((await standing(who.accountId)).limited).toBe(false)
  })
})

describe('taking a decision back', () => {
  test.each([
    ['sensitive', 'sensitized'],
    ['silence', 'limited'],
    ['suspend', 'suspended'],
  ] as const)('%s is undone by one press; a second one changes nothing', async (type, flag) => {
    const who = await fresh()
    await act(who.accountId, { type })
    expect((await undo(who.accountId)).status).toBe(200)
    expect((await standing(who.accountId))[flag]).toBe(false)
    expect((await undo(who.accountId)).status).toBe(200)
    expect((await logOf(who.accountId)).filter((action) => action === 'strike.undo')).toHaveLength(1)
  })

  test('two presses at once are one', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'suspend' })
    const { id } = await lastStrike(who.accountId)
    const answers = await Promise.all(Array.from({ length: 8 }, () => undoOf(id)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect((await logOf(who.accountId)).filter((action) => action === 'strike.undo')).toHaveLength(1)
  })

  test('after a later decision of the same kind the later one stays; undoing the later one brings the earlier back', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence' })
    const first = await lastStrike(who.accountId)
    await act(who.accountId, { type: 'silence' })
    expect((await undoOf(first.id)).status).toBe(200)
    expect((await standing(who.accountId)).limited).toBe(true)
    await undo(who.accountId)
    expect((await standing(who.accountId)).limited).toBe(false)

    const other = await fresh()
    await act(other.accountId, { type: 'silence' })
    await act(other.accountId, { type: 'silence', ends_in: DAY })
    await undo(other.accountId)
    expect((await standing(other.accountId)).limited).toBe(true)
    town.clock.advance(2 * DAY * 1000)
    await endDue(town.ctx)
    expect((await standing(other.accountId)).limited).toBe(true)
  })

  test('of what has ended by itself, or was taken off, only the mark goes', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence' })
    await act(who.accountId, { type: 'silence', ends_in: DAY })
    town.clock.advance(2 * DAY * 1000)
    await endDue(town.ctx)
    await undo(who.accountId)
    expect((await standing(who.accountId)).limited).toBe(false)
    expect((await lastStrike(who.accountId)).undone_at).not.toBeNull()

    const other = await fresh()
    await act(other.accountId, { type: 'suspend' })
    await call(pia, 'POST', `${PATH}/${other.accountId}/unsuspend`)
    expect((await undo(other.accountId)).status).toBe(200)
    expect((await standing(other.accountId)).suspended).toBe(false)
  })

  test('after thirty days it is too late', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence' })
    town.clock.advance(31 * DAY * 1000)
    expect((await undo(who.accountId)).status).toBe(410)
    expect((await standing(who.accountId)).limited).toBe(true)
  })

  test.each(['404404', 'x', '99999999999999999999'])('there is no decision %s', async (id) => {
    expect((await undoOf(id)).status).toBe(404)
  })

  test('nobody undoes what was decided about a role as high as theirs', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence' })
    await town.ctx.db
      .updateTable('users')
      .set({ role_id: requireRoleId('admin') })
      .where('id', '=', who.userId)
      .execute()
    expect((await undo(who.accountId)).status).toBe(403)
  })
})

describe('posts', () => {
  test('that were removed are gone for everybody, and come back as they were', async () => {
    const [who, reader] = [await fresh(), await fresh()]
    const parent = await say(reader)
    const post = await say(who, { in_reply_to_id: parent.id, status: 'a rude answer' })
    await call(reader, 'POST', `/api/v1/statuses/${post.id}/favourite`)
    await call(ines, 'POST', `/api/v1/statuses/${post.id}/reblog`)
    const counts = async () => ({
      posts: (await requireAccount(town.ctx, who.accountId)).statuses_count,
      replies: (await call(reader, 'GET', `/api/v1/statuses/${parent.id}`)).body.replies_count,
    })
    expect(await counts()).toEqual({ posts: 1, replies: 1 })
    await decide(await report(who, [post.id]), { decision: 'delete', text: 'Rude' })
    for (const one of [who, reader, ines])
      expect((await call(one, 'GET', `/api/v1/statuses/${post.id}`)).status).toBe(404)
    expect((await call(who, 'DELETE', `/api/v1/statuses/${post.id}`)).status).toBe(404)
    expect((await call(who, 'PUT', `/api/v1/statuses/${post.id}`, { status: 'other' })).status).toBe(404)
    expect(
      (await town.call('GET', new URL(post.uri).pathname, { headers: { accept: 'application/activity+json' } })).status,
    ).toBe(404)
    expect((await call(ines, 'GET', `/api/v1/accounts/${ines.accountId}/statuses`)).body).toEqual([])
    expect(await counts()).toEqual({ posts: 0, replies: 0 })
    expect((await undo(who.accountId)).status).toBe(200)
    expect((await call(reader, 'GET', `/api/v1/statuses/${post.id}`)).body).toMatchObject({
      content: '<p>a rude answer</p>',
      favourites_count: 1,
      favourited: true,
      in_reply_to_id: parent.id,
    })
    expect(await counts()).toEqual({ posts: 1, replies: 1 })
  })

  test('that were not given back for thirty days are deleted for good, without being told of twice', async () => {
    const who = await fresh()
    const post = await say(who)
    await decide(await report(who, [post.id]), { decision: 'delete' })
    await town.settled()
    const rows = () => town.ctx.db.selectFrom('statuses').select('id').where('id', '=', post.id).execute()
    await purgeOld(town.ctx)
    expect(await rows()).toHaveLength(1)
    town.clock.advance(31 * DAY * 1000)
    await Promise.all([purgeOld(town.ctx), purgeOld(town.ctx)])
    expect(await rows()).toEqual([])
    expect((await requireAccount(town.ctx, who.accountId)).statuses_count).toBe(0)
    expect((await lastStrike(who.accountId)).purged_at).not.toBeNull()
  })

  test('are covered, and uncovered again but for what was covered before', async () => {
    const who = await fresh()
    const [plain, covered] = [await say(who), await say(who, { sensitive: true })]
    await decide(await report(who, [plain.id, covered.id]), { decision: 'mark' })
    const shown = async (id: string) => (await call(ines, 'GET', `/api/v1/statuses/${id}`)).body.sensitive
    expect([await shown(plain.id), await shown(covered.id)]).toEqual([true, true])
    expect((await lastStrike(who.accountId)).changed_ids).toEqual([plain.id])
    await undo(who.accountId)
    expect([await shown(plain.id), await shown(covered.id)]).toEqual([false, true])
  })

  test('a decision about posts needs posts', async () => {
    const who = await fresh()
    const id = await report(who, [])
    for (const decision of ['delete', 'mark'])
      expect((await call(pia, 'POST', `/api/web/moderation/reports/${id}/decision`, { decision })).status).toBe(422)
    expect((await call(pia, 'GET', `/api/v1/admin/reports/${id}`)).body.action_taken).toBe(false)
  })
})

describe('follows that a suspension ends', () => {
  test('come back as they were, with their counts', async () => {
    const [who, fan, idol] = [await fresh(), await fresh(), await fresh()]
    await call(fan, 'POST', `/api/v1/accounts/${who.accountId}/follow`, { reblogs: false, notify: true })
    await follow(who, idol.accountId)
    await act(who.accountId, { type: 'suspend', ends_in: DAY })
    expect(await relation(fan, who.accountId)).toMatchObject({ following: false })
    expect(await countsOf(idol.accountId)).toMatchObject({ followers_count: 0 })
    town.clock.advance(2 * DAY * 1000)
    await endDue(town.ctx)
    expect(await relation(fan, who.accountId)).toMatchObject({
      following: true,
      showing_reblogs: false,
      notifying: true,
    })
    expect(await countsOf(who.accountId)).toEqual({ followers_count: 1, following_count: 1 })
    expect(await countsOf(idol.accountId)).toMatchObject({ followers_count: 1 })
  })

  test('do not come back between people who block each other by now', async () => {
    const [who, fan] = [await fresh(), await fresh()]
    await follow(fan, who.accountId)
    await act(who.accountId, { type: 'suspend' })
    await call(fan, 'POST', `/api/v1/accounts/${who.accountId}/block`)
    await undo(who.accountId)
    expect(await relation(fan, who.accountId)).toMatchObject({ following: false, blocking: true })
    expect(await countsOf(who.accountId)).toEqual({ followers_count: 0, following_count: 0 })
  })

  test('with people of other servers are told there, and are asked for anew', async () => {
    const skua = await stranger('skua')
    const [fan, idol] = [await fresh(), await fresh()]
    await follow(fan, skua.accountId)
    await followFrom(skua, idol)
    await town.settled()
    expect(await told(() => act(skua.accountId, { type: 'suspend' }))).toEqual(['Reject', 'Undo'])
    expect(await relation(fan, skua.accountId)).toMatchObject({ following: false, requested: false })
    expect(await countsOf(idol.accountId)).toMatchObject({ followers_count: 0 })
    expect(await told(() => undo(skua.accountId))).toEqual(['Follow'])
    expect(await relation(fan, skua.accountId)).toMatchObject({ requested: true })
    expect(await countsOf(idol.accountId)).toMatchObject({ followers_count: 0 })
  })

  const lost = async (who: Person) => (await call(who, 'GET', '/api/hamlet/v1/severed_relationships')).body
  const heard = async (who: Person) =>
    (await call(who, 'GET', '/api/v1/notifications?types[]=severed_relationships')).body.map(
      (one: { event: object }) => one.event,
    )

  test('are told of to whoever lost somebody, by name and number, and again that they came back', async () => {
    const [who, fan, idol, apart] = [await fresh(), await fresh(), await fresh(), await fresh()]
    await follow(fan, who.accountId)
    await follow(who, fan.accountId)
    await follow(who, idol.accountId)
    await act(who.accountId, { type: 'suspend' })
    await town.settled()
    const event = { type: 'account_suspension', target_name: who.username, purged: false }
    expect(await heard(fan)).toEqual([expect.objectContaining({ ...event, followers_count: 1, following_count: 1 })])
    expect(await heard(idol)).toEqual([expect.objectContaining({ ...event, followers_count: 1, following_count: 0 })])
    expect(await heard(apart)).toEqual([])
    const [own] = await lost(fan)
    const file = await call(fan, 'GET', `/api/hamlet/v1/severed_relationships/${own.id}/following.csv`)
    expect(file.text).toContain(`\n${who.username}@`)
    expect((await call(idol, 'GET', `/api/hamlet/v1/severed_relationships/${own.id}/following.csv`)).status).toBe(404)
    await call(idol, 'POST', `/api/v1/accounts/${who.accountId}/block`)
    await undo(who.accountId)
    await town.settled()
    expect((await heard(fan)).length).toBe(1)
    expect((await lost(fan))[0].hamlet).toEqual({ undone_at: expect.any(String), restored: 2 })
    expect((await lost(idol))[0].hamlet).toEqual({ undone_at: expect.any(String), restored: 0 })
  })

  test('of a stranger are told of in the same way; once that account is erased, its name is nowhere', async () => {
    const [fan, ray] = [await fresh(), await stranger('ray')]
    await follow(fan, ray.accountId)
    await town.ctx.db
      .updateTable('follows')
      .set({ state: 'accepted' })
      .where('account_id', '=', fan.accountId)
      .execute()
    await act(ray.accountId, { type: 'suspend' })
    await town.settled()
    expect(await heard(fan)).toMatchObject([
      { target_name: expect.stringMatching(/^ray@localhost/), followers_count: 0, following_count: 1 },
    ])
    await transact(town.ctx, (tx) => (relationships.erase as Erase)(tx, ray.accountId))
    expect(await heard(fan)).toMatchObject([{ target_name: '', purged: true, following_count: 1 }])
  })
})
