import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

let serial = 0
const people = (count: number) =>
  Promise.all(Array.from({ length: count }, () => town.person(`person_${(serial += 1)}`)))
const act = (who: Person, target: Person | string, verb: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/accounts/${typeof target === 'string' ? target : target.accountId}/${verb}`, {
    token: who.token,
    json,
  })
const counts = async (who: Person) => {
  const { body } = await town.call('GET', `/api/v1/accounts/${who.accountId}`)
  return [body.followers_count, body.following_count]
}
const lock = (who: Person) =>
  town.ctx.db.updateTable('accounts').set({ locked: true }).where('id', '=', who.accountId).execute()
const names = (answer: { body: { username: string }[] }) => answer.body.map((account) => account.username)

describe('following', () => {
  test('a follow is shown on both sides, changed by a second press, and ended', async () => {
    const [a, b] = (await people(2)) as [Person, Person]
    expect((await act(a, b, 'follow')).body).toMatchObject({
      following: true,
      showing_reblogs: true,
      notifying: false,
      requested: false,
    })
    expect((await act(a, b, 'follow', { reblogs: false, notify: true, languages: ['pt'] })).body).toMatchObject({
      showing_reblogs: false,
      notifying: true,
      languages: ['pt'],
    })
    expect((await act(a, b, 'follow')).body).toMatchObject({ showing_reblogs: false, notifying: true })
    expect([await counts(a), await counts(b)]).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect(names(await town.call('GET', `/api/v1/accounts/${b.accountId}/followers`))).toEqual([a.username])
    expect(names(await town.call('GET', `/api/v1/accounts/${a.accountId}/following`))).toEqual([b.username])
    expect((await act(a, b, 'unfollow')).body).toMatchObject({ following: false })
    expect([await counts(a), await counts(b)]).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('a locked account is asked, and answers', async () => {
    const [a, b, owner] = (await people(3)) as [Person, Person, Person]
    await lock(owner)
    expect((await act(a, owner, 'follow')).body).toMatchObject({ following: false, requested: true })
    await act(b, owner, 'follow')
    const requests = await town.call('GET', '/api/v1/follow_requests', { token: owner.token })
    expect(names(requests).toSorted()).toEqual([a.username, b.username].toSorted())
    const answer = (who: Person, verb: string) =>
      town.call('POST', `/api/v1/follow_requests/${who.accountId}/${verb}`, { token: owner.token })
    expect((await answer(a, 'authorize')).body).toMatchObject({ followed_by: true, requested_by: false })
    expect((await answer(b, 'reject')).body).toMatchObject({ followed_by: false, requested_by: false })
    expect((await answer(b, 'authorize')).status).toBe(404)
    expect(await counts(owner)).toEqual([1, 0])
    expect((await act(owner, a, 'remove_from_followers')).body).toMatchObject({ followed_by: false })
    expect(await counts(owner)).toEqual([0, 0])
  })

  test('twenty presses at once from both sides leave counters that equal a recount', async () => {
    const [a, b] = (await people(2)) as [Person, Person]
    const presses = Array.from({ length: 20 }, (_, index) =>
      act(index % 2 ? a : b, index % 2 ? b : a, index % 5 === 4 ? 'unfollow' : 'follow'),
    )
    const answers = await Promise.all(presses)
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200))
    for (const who of [a, b]) {
      const count = async (column: 'account_id' | 'target_account_id') =>
        (
          await town.ctx.db
            .selectFrom('follows')
            .select('id')
            .where(column, '=', who.accountId)
            .where('state', '=', 'accepted')
            .execute()
        ).length
      expect(await counts(who)).toEqual([await count('target_account_id'), await count('account_id')])
    }
  })

  test.each([
    ['oneself', 403, async (a: Person) => act(a, a, 'follow')],
    ['nobody', 404, async (a: Person) => act(a, '99', 'follow')],
    ['what is no id', 404, async (a: Person) => act(a, 'me', 'follow')],
    ['without the scope', 403, async () => act(await town.person('reads_only', 'read'), '99', 'follow')],
    [
      'with a wrong type',
      422,
      async (a: Person) => act(a, (await people(1))[0] as Person, 'follow', { languages: { x: 1 } }),
    ],
  ])('following %s is refused with %i', async (_name, status, run) => {
    const [a] = (await people(1)) as [Person]
    const answer = await run(a)
    expect(answer.status).toBe(status)
    expect(typeof answer.body.error).toBe('string')
    expect(await counts(a)).toEqual([0, 0])
  })
})

describe('keeping people away', () => {
  test('a block ends follows both ways, refuses new ones, and hides both from lists', async () => {
    const [a, b, c] = (await people(3)) as [Person, Person, Person]
    await act(a, b, 'follow')
    await act(b, a, 'follow')
    await act(a, c, 'follow')
    await act(b, c, 'follow')
    expect((await act(a, b, 'block')).body).toMatchObject({ blocking: true, following: false, followed_by: false })
    expect((await act(a, b, 'block')).status).toBe(200)
    expect((await act(b, a, 'follow')).status).toBe(403)
    expect((await act(a, b, 'follow')).status).toBe(403)
    expect([await counts(a), await counts(b)]).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect(names(await town.call('GET', `/api/v1/accounts/${c.accountId}/followers`, { token: a.token }))).toEqual([
      a.username,
    ])
    expect(names(await town.call('GET', '/api/v1/blocks', { token: a.token }))).toEqual([b.username])
    expect((await act(a, b, 'unblock')).body).toMatchObject({ blocking: false })
    expect((await act(b, a, 'follow')).body).toMatchObject({ following: true })
  })

  test('a mute hides somebody from feeds and from nowhere else, until it ends', async () => {
    const [a, b] = (await people(2)) as [Person, Person]
    await act(a, b, 'follow')
    const post = await town.call('POST', '/api/v1/statuses', { token: b.token, json: { status: 'loud' } })
    const feeds = async () => {
      const lists = await Promise.all(
        ['home', 'public'].map((feed) => town.call('GET', `/api/v1/timelines/${feed}`, { token: a.token })),
      )
      return lists.map((list) => list.body.some((status: { id: string }) => status.id === post.body.id))
    }
    expect(await feeds()).toEqual([true, true])
    expect((await act(a, b, 'mute', { duration: 3600 })).body).toMatchObject({
      muting: true,
      muting_notifications: true,
      following: true,
    })
    expect(await feeds()).toEqual([false, false])
    expect((await town.call('GET', `/api/v1/statuses/${post.body.id}`, { token: a.token })).status).toBe(200)
    const muted = await town.call('GET', '/api/v1/mutes', { token: a.token })
    expect(muted.body).toMatchObject([{ username: b.username, mute_expires_at: expect.stringContaining('T') }])
    town.clock.advance(3_601_000)
    expect(await feeds()).toEqual([true, true])
    expect((await act(a, b, 'mute', { notifications: 'false' })).body).toMatchObject({
      muting: true,
      muting_notifications: false,
      muting_expires_at: null,
    })
    expect((await act(a, b, 'unmute')).body).toMatchObject({ muting: false })
  })

  test('a private note is seen by its writer alone', async () => {
    const [a, b] = (await people(2)) as [Person, Person]
    expect((await act(a, b, 'note', { comment: 'met at the ferry' })).body.note).toBe('met at the ferry')
    const back = await town.call('GET', `/api/v1/accounts/relationships?id[]=${a.accountId}&id=${a.accountId}`, {
      token: b.token,
    })
    expect(back.body[0]).toMatchObject({ id: a.accountId, note: '' })
    expect((await act(a, b, 'note', { comment: ' ' })).body.note).toBe('')
  })
})

describe('the home feed', () => {
  test('holds the people followed and oneself, and no replies to strangers', async () => {
    const [me, friend, stranger] = (await people(3)) as [Person, Person, Person]
    await act(me, friend, 'follow')
    const post = async (who: Person, json: Record<string, unknown>) =>
      (await town.call('POST', '/api/v1/statuses', { token: who.token, json })).body.id as string
    const mine = await post(me, { status: 'mine' })
    const theirs = await post(friend, { status: 'theirs' })
    const strange = await post(stranger, { status: 'strange' })
    const toStranger = await post(friend, { status: 'to a stranger', in_reply_to_id: strange })
    const toMe = await post(friend, { status: 'to me', in_reply_to_id: mine })
    const home = await town.call('GET', '/api/v1/timelines/home', { token: me.token })
    const ids = home.body.map((status: { id: string }) => status.id)
    expect(ids).toEqual([toMe, theirs, mine])
    expect(ids).not.toContain(toStranger)
    expect(home.headers.get('link')).toContain('rel="next"')
    expect((await town.call('GET', '/api/v1/timelines/home')).status).toBe(401)
  })

  test('finds what friends wrote long ago below thousands of posts by strangers', async () => {
    const [me, friend, stranger] = (await people(3)) as [Person, Person, Person]
    await act(me, friend, 'follow')
    const old = await town.call('POST', '/api/v1/statuses', { token: friend.token, json: { status: 'long ago' } })
    await sql`
      insert into statuses (id, conversation_id, account_id, uri, url, visibility, created_at, is_local)
      select ${old.body.id}::bigint + n, ${old.body.id}::bigint + n, ${stranger.accountId}, 'flood:' || n, 'flood:' || n, 'public', now(), true
      from generate_series(1, 6000) n`.execute(town.ctx.db)
    const home = await town.call('GET', '/api/v1/timelines/home', { token: me.token })
    expect(home.body.map((status: { id: string }) => status.id)).toEqual([old.body.id])
    await town.ctx.db.deleteFrom('statuses').where('uri', 'like', 'flood:%').execute()
  })

  test('costs the same number of statements for one post as for twenty', async () => {
    const [me, friend] = (await people(2)) as [Person, Person]
    await act(me, friend, 'follow')
    for (let index = 0; index < 21; index += 1)
      await town.call('POST', '/api/v1/statuses', { token: friend.token, json: { status: `post ${index}` } })
    const statementsFor = (limit: number) =>
      town.countStatements(async () => {
        const home = await town.call('GET', `/api/v1/timelines/home?limit=${limit}`, { token: me.token })
        expect(home.body.length).toBe(limit)
      })
    await statementsFor(20)
    expect(await statementsFor(20)).toBe(await statementsFor(1))
    expect(await statementsFor(20)).toBe(18)
  })
})
