import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notifications, notifyOfFavourite, notifyOfSignUp, notifyOfStatus } from '#features/notifications'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

let count = 0
/** People nobody has met, so that each test reads an empty box. */
const people = async (...names: string[]) =>
  Promise.all(names.map((name) => town.person(`${name}_${(count += 1).toString()}`)))
const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) => {
  const made = await act(who, 'statuses', { status, ...more })
  expect(made.status).toBe(200)
  return made.body as { id: string }
}
const read = async (who: Person, path = 'v1/notifications') => {
  await town.settled()
  return town.call('GET', `/api/${path}`, { token: who.token })
}
const kindsOf = async (who: Person, query = '') =>
  (await read(who, `v1/notifications${query}`)).body.map((one: { type: string }) => one.type)

describe('what is told', () => {
  test('mentions, favourites, boosts and follows arrive, newest first, with who and what', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'a post')
    await act(bram, `statuses/${post.id}/favourite`)
    await act(bram, `statuses/${post.id}/reblog`)
    await act(bram, `accounts/${ines.accountId}/follow`)
    const mention = await say(bram, `hello @${ines.username}`)
    const answer = await read(ines)
    expect(answer.status).toBe(200)
    const told = answer.body as { type: string; account: { id: string }; status?: { id: string }; group_key: string }[]
    expect(told.map((one) => one.type).toSorted()).toEqual(['favourite', 'follow', 'mention', 'reblog'])
    expect(told.every((one) => one.account.id === bram.accountId)).toBe(true)
    const of = (type: string) => told.find((one) => one.type === type)
    expect(of('mention')?.status?.id).toBe(mention.id)
    expect(of('favourite')?.status?.id).toBe(post.id)
    expect(of('reblog')?.status?.id).toBe(post.id)
    expect(of('favourite')?.group_key).toMatch(new RegExp(`^favourite-${post.id}-\\d+$`))
    expect(of('mention')?.group_key).toMatch(/^ungrouped-\d+$/)
    expect(answer.headers.get('link')).toMatch(/max_id=.*rel="next".*min_id=.*rel="prev"/)
    expect(await kindsOf(bram)).toEqual([])
  })

  test('nobody is told of themselves', async () => {
    const [ines] = (await people('ines')) as [Person]
    const post = await say(ines, `I am @${ines.username}`)
    await act(ines, `statuses/${post.id}/favourite`)
    await act(ines, `statuses/${post.id}/reblog`)
    expect(await kindsOf(ines)).toEqual([])
  })

  test('a job that runs twice tells once', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'once')
    await act(bram, `statuses/${post.id}/favourite`)
    const mention = await say(bram, `@${ines.username} once`)
    await town.settled()
    await notifyOfFavourite.run(town.ctx, { statusId: post.id, accountId: bram.accountId })
    await notifyOfStatus.run(town.ctx, { statusId: mention.id, authorId: bram.accountId })
    expect((await kindsOf(ines)).toSorted()).toEqual(['favourite', 'mention'])
  })

  test('two workers at one job, and two presses at once, tell once', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'pressed')
    await Promise.all([1, 2, 3].map(() => act(bram, `statuses/${post.id}/favourite`)))
    await town.settled()
    await act(ines, 'notifications/clear')
    const facts = { statusId: post.id, accountId: bram.accountId }
    await Promise.all([1, 2, 3, 4].map(() => notifyOfFavourite.run(town.ctx, facts)))
    expect(await kindsOf(ines)).toEqual(['favourite'])
    const [own] = (await read(ines)).body
    const pressed = await Promise.all([1, 2].map(() => act(ines, `notifications/${own.id}/dismiss`)))
    expect(new Set(pressed.map((one) => one.status))).toEqual(new Set([200, 404]))
  })

  test('what is undone or deleted is forgotten, also when the job comes late', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const post = await say(ines, 'back and forth')
    const mention = await say(bram, `@${ines.username} hi`)
    await act(bram, `statuses/${post.id}/favourite`)
    await act(bram, `statuses/${post.id}/reblog`)
    await act(bram, `accounts/${ines.accountId}/follow`)
    expect((await kindsOf(ines)).length).toBe(4)
    await act(bram, `statuses/${post.id}/unfavourite`)
    await act(bram, `statuses/${post.id}/unreblog`)
    await act(bram, `accounts/${ines.accountId}/unfollow`)
    await town.call('DELETE', `/api/v1/statuses/${mention.id}`, { token: bram.token })
    expect(await kindsOf(ines)).toEqual([])
    await notifyOfFavourite.run(town.ctx, { statusId: post.id, accountId: bram.accountId })
    await notifyOfStatus.run(town.ctx, { statusId: mention.id, authorId: bram.accountId })
    expect(await kindsOf(ines)).toEqual([])
  })

  test('a request to follow becomes a follow when it is granted', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: { locked: true } })
    await act(bram, `accounts/${ines.accountId}/follow`)
    expect(await kindsOf(ines)).toEqual(['follow_request'])
    await act(ines, `follow_requests/${bram.accountId}/authorize`)
    expect(await kindsOf(ines)).toEqual(['follow'])
  })

  test('the bell tells of posts, not of replies; an edit tells those who boosted, the latest alone', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await act(bram, `accounts/${ines.accountId}/follow`, { notify: true })
    const post = await say(ines, 'ring')
    const other = await say(bram, 'something')
    await say(ines, `@${bram.username} a reply`, { in_reply_to_id: other.id })
    expect(await kindsOf(bram)).toEqual(['mention', 'status'])
    await act(bram, `statuses/${post.id}/reblog`)
    for (const status of ['ring twice', 'ring three times']) {
      await town.call('PUT', `/api/v1/statuses/${post.id}`, { token: ines.token, json: { status } })
      await town.settled()
    }
    expect(await kindsOf(bram)).toEqual(['update', 'mention', 'status'])
  })

  test('the team is told who came', async () => {
    const [boss] = (await people('boss')) as [Person]
    await town.ctx.db.updateTable('users').set({ role_id: '3' }).where('id', '=', boss.userId).execute()
    const [guest] = (await people('guest')) as [Person]
    await notifyOfSignUp.run(town.ctx, { accountId: guest.accountId })
    const told = (await read(boss)).body
    expect(told).toMatchObject([{ type: 'admin.sign_up', account: { id: guest.accountId } }])
    await town.ctx.db.updateTable('users').set({ role_id: '-99' }).where('id', '=', boss.userId).execute()
  })
})

describe('what is not told', () => {
  test('blocked people, either way, and muted ones; a mute without notifications lets them through', async () => {
    const [ines, bram, cleo, dora] = (await people('ines', 'bram', 'cleo', 'dora')) as [Person, Person, Person, Person]
    const post = await say(ines, 'quiet')
    await say(bram, `@${ines.username} before the block`)
    expect(await kindsOf(ines)).toEqual(['mention'])
    await act(ines, `accounts/${bram.accountId}/block`)
    await act(ines, `accounts/${cleo.accountId}/mute`)
    await act(ines, `accounts/${dora.accountId}/mute`, { notifications: false })
    expect(await kindsOf(ines)).toEqual([])
    for (const who of [bram, cleo, dora]) {
      await say(who, `@${ines.username} hello?`)
      await act(who, `statuses/${post.id}/favourite`)
    }
    expect((await kindsOf(ines)).toSorted()).toEqual(['favourite', 'mention'])
    await act(ines, `accounts/${cleo.accountId}/unmute`)
    expect((await kindsOf(ines)).length).toBe(2)
  })

  test('a mention that names somebody the reader blocks', async () => {
    const [ines, bram, foe] = (await people('ines', 'bram', 'foe')) as [Person, Person, Person]
    await act(ines, `accounts/${foe.accountId}/block`)
    await say(bram, `@${ines.username} and @${foe.username}`)
    expect(await kindsOf(ines)).toEqual([])
  })

  test('the bell does not ring for a post that the follower may not see', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await act(bram, `accounts/${ines.accountId}/follow`, { notify: true })
    await say(ines, 'to nobody', { visibility: 'direct' })
    expect(await kindsOf(bram)).toEqual([])
    await say(ines, 'to followers', { visibility: 'private' })
    expect(await kindsOf(bram)).toEqual(['status'])
    await act(bram, `accounts/${ines.accountId}/unfollow`)
    expect(await kindsOf(bram), 'what may be seen no longer is shown no longer').toEqual([])
  })

  test("another person's notification is not there", async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await say(bram, `@${ines.username} yours`)
    const [own] = (await read(ines)).body
    expect((await town.call('GET', `/api/v1/notifications/${own.id}`, { token: bram.token })).status).toBe(404)
    expect((await act(bram, `notifications/${own.id}/dismiss`)).status).toBe(404)
    expect((await town.call('GET', '/api/v1/notifications')).status).toBe(401)
    const key = `ungrouped-${own.id}`
    expect((await town.call('GET', `/api/v2/notifications/${key}`, { token: bram.token })).status).toBe(404)
    await town.call('POST', `/api/v2/notifications/${key}/dismiss`, { token: bram.token })
    expect((await read(ines)).body.length).toBe(1)
  })
})

describe('reading', () => {
  test('by types, by person, in pages, one by one, and away', async () => {
    const [ines, bram, cleo] = (await people('ines', 'bram', 'cleo')) as [Person, Person, Person]
    const post = await say(ines, 'pages')
    for (const who of [bram, cleo]) {
      await act(who, `statuses/${post.id}/favourite`)
      await town.settled()
      await say(who, `@${ines.username} one`)
      await town.settled()
    }
    expect(await kindsOf(ines)).toEqual(['mention', 'favourite', 'mention', 'favourite'])
    expect(await kindsOf(ines, '?types[]=mention')).toEqual(['mention', 'mention'])
    expect(await kindsOf(ines, '?types[]=nonsense')).toEqual([])
    expect(await kindsOf(ines, '?exclude_types[]=mention&exclude_types[]=nonsense')).toEqual(['favourite', 'favourite'])
    expect(await kindsOf(ines, `?account_id=${cleo.accountId}`)).toEqual(['mention', 'favourite'])
    const first = (await read(ines, 'v1/notifications?limit=1')).body
    const older = (await read(ines, `v1/notifications?max_id=${first[0].id}`)).body
    expect(older.length).toBe(3)
    const up = (await read(ines, `v1/notifications?min_id=${older[2].id}&limit=1`)).body
    expect(up[0].id).toBe(older[1].id)
    expect((await read(ines, 'v1/notifications/unread_count')).body).toEqual({ count: 4 })
    expect((await read(ines, 'v1/notifications/unread_count?limit=2')).body).toEqual({ count: 2 })
    expect((await read(ines, `v1/notifications/${first[0].id}`)).body.id).toBe(first[0].id)
    expect((await act(ines, `notifications/${first[0].id}/dismiss`)).body).toEqual({})
    expect((await act(ines, `notifications/${first[0].id}/dismiss`)).status).toBe(404)
    expect((await act(ines, 'notifications/nonsense/dismiss')).status).toBe(404)
    expect((await act(ines, 'notifications/clear')).body).toEqual({})
    expect(await kindsOf(ines)).toEqual([])
  })

  test('what was read up to a marker is not counted', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    for (const text of ['one', 'two', 'three']) await say(bram, `@${ines.username} ${text}`)
    const told = (await read(ines)).body as { id: string }[]
    await act(ines, 'markers', { notifications: { last_read_id: told[1]?.id } })
    expect((await read(ines, 'v1/notifications/unread_count')).body).toEqual({ count: 1 })
    expect((await read(ines, 'v2/notifications/unread_count')).body).toEqual({ count: 1 })
  })

  test('a page costs the same whatever its length', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await say(bram, `@${ines.username} 0`)
    const post = await say(ines, 'liked')
    await act(bram, `statuses/${post.id}/favourite`)
    await town.settled()
    const cost = (path: string) => town.countStatements(() => town.call('GET', path, { token: ines.token }))
    const [short, shortGroups] = [await cost('/api/v1/notifications'), await cost('/api/v2/notifications')]
    for (let at = 1; at < 8; at += 1) await say(bram, `@${ines.username} ${at}`)
    await town.settled()
    expect(await cost('/api/v1/notifications')).toBe(short)
    expect(await cost('/api/v2/notifications')).toBe(shortGroups)
  })
})

describe('groups', () => {
  test('alike acts are one entry; each group is on one page', async () => {
    const [ines, bram, cleo, dora] = (await people('ines', 'bram', 'cleo', 'dora')) as [Person, Person, Person, Person]
    const post = await say(ines, 'much loved')
    await act(bram, `statuses/${post.id}/favourite`)
    await town.settled()
    await say(cleo, `@${ines.username} between`)
    await town.settled()
    await act(cleo, `statuses/${post.id}/favourite`)
    await town.settled()
    await act(dora, `accounts/${ines.accountId}/follow`)
    const all = (await read(ines, 'v2/notifications')).body
    expect(all.notification_groups.map((group: { type: string }) => group.type)).toEqual([
      'follow',
      'favourite',
      'mention',
    ])
    const [, loved] = all.notification_groups
    expect(loved).toMatchObject({
      notifications_count: 2,
      status_id: post.id,
      sample_account_ids: [cleo.accountId, bram.accountId],
    })
    expect(typeof loved.most_recent_notification_id).toBe('number')
    expect(new Set(all.accounts.map((one: { id: string }) => one.id)).size).toBe(3)
    expect(all.statuses.map((one: { id: string }) => one.id)).toContain(post.id)
    const second = await read(ines, `v2/notifications?max_id=${loved.most_recent_notification_id}`)
    expect(second.body.notification_groups.map((group: { type: string }) => group.type)).toEqual(['mention'])
    expect((await read(ines, 'v2/notifications/unread_count')).body).toEqual({ count: 3 })
    const single = (await read(ines, 'v2/notifications?grouped_types[]=follow')).body.notification_groups
    expect(single.length).toBe(4)
    const partial = (await read(ines, 'v2/notifications?expand_accounts=partial_avatars')).body
    expect(partial.partial_accounts.map((one: { id: string }) => one.id)).toEqual([bram.accountId])
    expect((await read(ines, 'v2/notifications?expand_accounts=nonsense')).status).toBe(400)
    const one = await read(ines, `v2/notifications/${loved.group_key}`)
    expect(one.body.notification_groups).toMatchObject([{ notifications_count: 2 }])
    const faces = await read(ines, `v2/notifications/${loved.group_key}/accounts`)
    expect(faces.body.map((face: { id: string }) => face.id)).toEqual([cleo.accountId, bram.accountId])
    await town.call('POST', `/api/v2/notifications/${loved.group_key}/dismiss`, { token: ines.token })
    expect((await read(ines, 'v2/notifications')).body.notification_groups.length).toBe(2)
    expect((await read(ines, `v2/notifications/${loved.group_key}`)).status).toBe(404)
  })

  test('after twelve hours a new group begins', async () => {
    const [ines, bram, cleo] = (await people('ines', 'bram', 'cleo')) as [Person, Person, Person]
    const post = await say(ines, 'slow')
    await act(bram, `statuses/${post.id}/favourite`)
    await town.settled()
    town.clock.advance(13 * 3_600_000)
    await act(cleo, `statuses/${post.id}/favourite`)
    expect((await read(ines, 'v2/notifications')).body.notification_groups.length).toBe(2)
  })
})

describe('policy', () => {
  test('private mentions of strangers wait; they are let in or turned away', async () => {
    const [ines, bram, cleo] = (await people('ines', 'bram', 'cleo')) as [Person, Person, Person]
    for (const who of [bram, cleo]) {
      await say(who, `@${ines.username} psst`, { visibility: 'direct' })
      await town.settled()
    }
    expect(await kindsOf(ines)).toEqual([])
    expect(await kindsOf(ines, '?include_filtered=true')).toEqual(['mention', 'mention'])
    expect((await read(ines, 'v2/notifications/policy')).body).toMatchObject({
      for_private_mentions: 'filter',
      summary: { pending_requests_count: 2, pending_notifications_count: 2 },
    })
    const requests = (await read(ines, 'v1/notifications/requests')).body
    expect(requests).toMatchObject([
      { account: { id: cleo.accountId }, notifications_count: '1', last_status: { visibility: 'direct' } },
      { account: { id: bram.accountId } },
    ])
    expect((await act(bram, `notifications/requests/${requests[1].id}/accept`)).status).toBe(404)
    expect((await act(ines, `notifications/requests/${requests[1].id}/accept`)).body).toEqual({})
    expect((await act(ines, 'notifications/requests/dismiss', { id: [requests[0].id] })).body).toEqual({})
    expect((await read(ines, 'v1/notifications/requests')).body).toEqual([])
    expect(await kindsOf(ines, '?include_filtered=true')).toEqual(['mention'])
    await say(bram, `@${ines.username} thanks`, { visibility: 'direct' })
    expect(await kindsOf(ines)).toEqual(['mention', 'mention'])
  })

  test('an answer to a private message of one’s own was asked for', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const first = await say(ines, `@${bram.username} a question`, { visibility: 'direct' })
    await say(bram, `@${ines.username} an answer`, { visibility: 'direct', in_reply_to_id: first.id })
    expect(await kindsOf(ines)).toEqual(['mention'])
  })

  test('drop drops, filter hides, and the older shape says the same', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const policy = (json: Record<string, unknown>) =>
      town.call('PATCH', '/api/v2/notifications/policy', { token: ines.token, json })
    expect((await policy({ for_not_following: 'drop' })).body).toMatchObject({ for_not_following: 'drop' })
    await say(bram, `@${ines.username} dropped`)
    expect(await kindsOf(ines, '?include_filtered=true')).toEqual([])
    expect((await read(ines, 'v1/notifications/policy')).body).toMatchObject({ filter_not_following: true })
    const old = await town.call('PATCH', '/api/v1/notifications/policy', {
      token: ines.token,
      json: { filter_not_following: false, filter_new_accounts: true },
    })
    expect(old.body).toMatchObject({ filter_not_following: false, filter_new_accounts: true })
    const post = await say(ines, 'for all')
    await act(bram, `statuses/${post.id}/favourite`)
    expect(await kindsOf(ines)).toEqual([])
    expect((await read(ines, 'v1/notifications/requests')).body, 'only mentions ask').toEqual([])
    await act(ines, `accounts/${bram.accountId}/follow`)
    await say(bram, `@${ines.username} followed`)
    expect(await kindsOf(ines)).toEqual(['mention'])
    expect((await policy({ for_bots: 'nonsense' })).status).toBe(422)
    expect((await read(ines, 'v1/notifications/requests/merged')).body).toEqual({ merged: true })
  })
})

test('old notifications are pruned, the newest stay', async () => {
  const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
  await say(bram, `@${ines.username} stays`)
  await town.settled()
  await notifications.schedules[0]?.job.run(town.ctx, {})
  expect(await kindsOf(ines)).toEqual(['mention'])
})

test('acts and their undoings at once leave the box as the acts stand, and fail nobody', async () => {
  const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
  const post = await say(ines, 'back and forth')
  const waits = async (run: () => Promise<{ status: number }>) => expect((await run()).status).toBe(200)
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(
      ['favourite', 'unfavourite', 'reblog', 'unreblog'].map((verb) =>
        waits(() => act(bram, `statuses/${post.id}/${verb}`)),
      ),
    )
    await Promise.all(
      ['follow', 'unfollow'].map((verb) => waits(() => act(bram, `accounts/${ines.accountId}/${verb}`))),
    )
  }
  for (const verb of ['favourite', 'reblog']) await act(bram, `statuses/${post.id}/${verb}`)
  await act(bram, `accounts/${ines.accountId}/follow`)
  expect((await kindsOf(ines)).toSorted()).toEqual(['favourite', 'follow', 'reblog'])
  for (const verb of ['unfavourite', 'unreblog']) await act(bram, `statuses/${post.id}/${verb}`)
  await act(bram, `accounts/${ines.accountId}/unfollow`)
  expect(await kindsOf(ines)).toEqual([])
  expect(town.log.filter((line) => line.includes('a job failed'))).toEqual([])
})
