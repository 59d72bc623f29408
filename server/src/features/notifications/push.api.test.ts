import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '#test/browser'
import { makeBrowser, makeSubscription, readVapid, startPushService, type PushService } from '#test/push-service'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/v1/push/subscription'
let town: TestTown
let service: PushService
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' } })
  service = await startPushService()
})
afterAll(async () => {
  await service[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
afterEach(async () => {
  await town.settled()
  service.pushed.length = 0
  service.answers.length = 0
  await town.ctx.db.deleteFrom('push_hosts').execute()
  await town.ctx.db.deleteFrom('jobs').where('kind', 'like', 'notifications.push%').execute()
})

let count = 0
const people = (...names: string[]) => Promise.all(names.map((name) => town.person(`${name}_${(count += 1)}`)))
const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await act(who, 'statuses', { status, ...more })).body as { id: string }
const subscribe = async (who: Person, change: Record<string, unknown> = {}, standard = true) => {
  const browser = makeBrowser(`${service.url}/${who.username}`, standard)
  const json = { ...browser.json, data: { ...browser.json.data, ...change } }
  expect((await act(who, 'push/subscription', json)).status).toBe(200)
  return browser
}
/** What reached the push service for somebody, once everything has happened. */
const pushesTo = async (who: Person) => {
  await town.settled()
  return service.pushed.filter(({ path }) => path === `/${who.username}`)
}
const subscriptions = async (who: Person) =>
  (await town.ctx.db.selectFrom('push_subscriptions').select('id').where('account_id', '=', who.accountId).execute())
    .length

describe('subscribing', () => {
  test('one subscription for each token: made, read, changed, replaced, taken away', async () => {
    const [ines] = (await people('ines')) as [Person]
    const call = (method: string, json?: unknown) =>
      town.call(method, PATH, { token: ines.token, ...(json === undefined ? {} : { json }) })
    expect((await call('GET')).status).toBe(404)
    expect((await call('PUT', { data: {} })).status).toBe(404)
    expect((await call('DELETE')).body).toEqual({})
    const made = await call('POST', { ...makeSubscription(), data: { alerts: { mention: '1', nonsense: true } } })
    expect(made.body).toMatchObject({
      endpoint: 'https://push.invalid/made',
      standard: true,
      policy: 'all',
      server_key: town.ctx.vapid.publicKey,
      alerts: { mention: true, favourite: false, 'admin.report': false },
    })
    expect(typeof made.body.id).toBe('number')
    expect(made.body.alerts).not.toHaveProperty('nonsense')
    expect((await call('GET')).body).toEqual(made.body)
    const changed = await call('PUT', { data: { policy: 'followed' } })
    expect(changed.body).toMatchObject({ policy: 'followed', alerts: { mention: true } })
    expect((await call('PATCH', { data: { alerts: { poll: true } } })).body).toMatchObject({
      policy: 'followed',
      alerts: { mention: false, poll: true },
    })
    const form =
      'subscription[endpoint]=https://push.invalid/other&subscription[keys][p256dh]=K&subscription[keys][auth]=A'
    const { p256dh, auth } = (makeSubscription().subscription as { keys: Record<string, string> }).keys
    const filled = form.replace('=K', `=${p256dh}`).replace('=A', `=${auth}`)
    const again = await town.call('POST', PATH, { token: ines.token, form: `${filled}&data[alerts][follow]=true` })
    expect(again.body).toMatchObject({
      endpoint: 'https://push.invalid/other',
      standard: false,
      policy: 'all',
      alerts: { follow: true, poll: false },
    })
    expect(await subscriptions(ines)).toBe(1)
    expect((await call('DELETE')).body).toEqual({})
    expect((await call('GET')).status).toBe(404)
  })

  test('what could never be pushed to is refused, and so is a token without the scope', async () => {
    const [ines, narrow] = [(await people('ines'))[0] as Person, await town.person('reads_alone', 'read write')]
    const whole = makeSubscription()
    const { keys } = whole.subscription as { keys: { p256dh: string; auth: string } }
    const beside = Buffer.from(keys.p256dh, 'base64url').fill(7, 40)
    const wrong: [number, Record<string, unknown>][] = [
      [400, {}],
      [400, { subscription: { endpoint: 'https://push.invalid/1' } }],
      [400, { subscription: { endpoint: 'https://push.invalid/1', keys: { p256dh: keys.p256dh } } }],
      [422, { subscription: { ...whole.subscription, keys: { ...keys, auth: 'short' } } }],
      [422, { subscription: { ...whole.subscription, keys: { ...keys, p256dh: keys.auth } } }],
      [422, { subscription: { ...whole.subscription, keys: { ...keys, p256dh: beside.toString('base64url') } } }],
      [422, { subscription: { ...whole.subscription, endpoint: `https://push.invalid/${'x'.repeat(3000)}` } }],
      [422, { subscription: { ...whole.subscription, endpoint: 'no address' } }],
      [422, { subscription: { ...whole.subscription, endpoint: 'ftp://push.invalid/' } }],
      [422, { subscription: { ...whole.subscription, endpoint: 'http://10.0.0.1/' } }],
      [422, { subscription: { ...whole.subscription, endpoint: town.ctx.config.url } }],
      [422, { ...whole, data: { policy: 'friends' } }],
    ]
    for (const [status, json] of wrong) expect((await act(ines, 'push/subscription', json)).status).toBe(status)
    expect(await subscriptions(ines)).toBe(0)
    expect((await act(narrow, 'push/subscription', whole as Record<string, unknown>)).status).toBe(403)
    expect((await town.call('POST', PATH, { json: whole })).status).toBe(401)
  })

  test('without leave for test networks, plain http and private names and addresses are refused', async () => {
    await using strict = await startTown()
    const ines = await strict.person('ines')
    const { subscription } = makeSubscription()
    for (const endpoint of [
      'http://push.example/1',
      'https://127.0.0.1/1',
      'https://[::1]/1',
      'https://push.local/1',
      'https://push.example:8443/1',
    ]) {
      const json = { subscription: { ...subscription, endpoint } }
      expect((await strict.call('POST', PATH, { token: ines.token, json })).status, endpoint).toBe(422)
    }
  })
})

describe('what is pushed', () => {
  test.each([
    [true, 'aes128gcm'],
    [false, 'aesgcm'],
  ])('standard %s: an app reads its own token, who, what and how to open it', async (standard, encoding) => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await town.call('PATCH', '/api/v1/accounts/update_credentials', {
      token: bram.token,
      json: { display_name: 'Bram & Söhne' },
    })
    const browser = await subscribe(ines, {}, standard)
    await say(bram, `hello @${ines.username} <b>&amp; all</b>`)
    const [pushed, ...more] = await pushesTo(ines)
    expect(more).toEqual([])
    expect(pushed?.headers).toMatchObject({ 'content-encoding': encoding, ttl: '172800', urgency: 'normal' })
    const { aud, exp, sub, key } = readVapid(pushed!)
    expect({ aud, key }).toEqual({ aud: service.url, key: town.ctx.vapid.publicKey })
    expect(exp * 1000 - Date.now()).toBeLessThan(24 * 3_600_000)
    expect(sub).toMatch(/^(mailto|https):/)
    const told = (await town.call('GET', '/api/v1/notifications', { token: ines.token })).body[0]
    expect(browser.read(pushed!)).toEqual({
      access_token: ines.token,
      preferred_locale: 'en',
      notification_id: Number(told.id),
      notification_type: 'mention',
      icon: told.account.avatar_static,
      title: 'Bram & Söhne mentioned you',
      body: `hello @${ines.username} <b>&amp; all</b>`,
    })
    const kept = await sql<{ row: string }>`select p::text as row from push_subscriptions p`.execute(town.ctx.db)
    expect(JSON.stringify(kept.rows), 'no token lies open in the database').not.toContain(ines.token)
  })

  test('a warning stands for the words behind it, and long words are cut', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const browser = await subscribe(ines)
    await say(bram, `@${ines.username} the end of the film`, { spoiler_text: 'film' })
    await say(bram, `@${ines.username} ${'👩‍👩‍👧 '.repeat(150)}`)
    const bodies = (await pushesTo(ines)).map((pushed) => browser.read(pushed).body as string)
    expect(bodies.toSorted((a, b) => a.length - b.length)[0]).toBe('film')
    const long = bodies.find((body) => body !== 'film') ?? ''
    expect(Array.from(new Intl.Segmenter('en').segment(long))).toHaveLength(140)
    expect(long.endsWith('…')).toBe(true)
  })

  test('alerts and policy decide', async () => {
    const [ines, friend, fan, other] = (await people('ines', 'friend', 'fan', 'other')) as [
      Person,
      Person,
      Person,
      Person,
    ]
    await act(ines, `accounts/${friend.accountId}/follow`)
    await act(fan, `accounts/${ines.accountId}/follow`)
    const post = await say(ines, 'one post')
    const heard = async (data: Record<string, unknown>) => {
      const browser = await subscribe(ines, data)
      for (const who of [friend, fan, other]) await say(who, `@${ines.username} hi`)
      await act(other, `statuses/${post.id}/favourite`)
      const titles = (await pushesTo(ines)).map((pushed) => browser.read(pushed).title as string)
      service.pushed.length = 0
      await act(other, `statuses/${post.id}/unfavourite`)
      return titles.map((title) => title.replace(/_\d+/, '')).toSorted()
    }
    const mentions = ['fan mentioned you', 'friend mentioned you', 'other mentioned you']
    expect(await heard({})).toEqual([...mentions, 'other favourited your post'].toSorted())
    expect(await heard({ alerts: { mention: true } })).toEqual(mentions)
    expect(await heard({ alerts: { favourite: true } })).toEqual(['other favourited your post'])
    expect(await heard({ policy: 'followed' })).toEqual(['friend mentioned you'])
    expect(await heard({ policy: 'follower' })).toEqual(['fan mentioned you'])
    expect(await heard({ policy: 'none' })).toEqual([])
    expect(await heard({ alerts: {} })).toEqual([])
  })

  test('nothing of people who are muted, blocked or filtered, and nothing that is undone before it leaves', async () => {
    const [ines, muted, blocked, stranger, quick] = (await people('ines', 'muted', 'blocked', 'stranger', 'quick')) as [
      Person,
      Person,
      Person,
      Person,
      Person,
    ]
    await subscribe(ines)
    await act(ines, `accounts/${muted.accountId}/mute`)
    await act(ines, `accounts/${blocked.accountId}/block`)
    await say(muted, `@${ines.username} hey`)
    await say(blocked, `@${ines.username} hey`)
    await say(stranger, `@${ines.username} psst`, { visibility: 'direct' })
    expect(await pushesTo(ines)).toEqual([])
    const { pushOne } = await import('./push/jobs.ts')
    const mention = await say(quick, `@${ines.username} oops`)
    expect(await pushesTo(ines)).toHaveLength(1)
    const row = await town.ctx.db
      .selectFrom('notifications')
      .select('id')
      .where('status_id', '=', mention.id)
      .executeTakeFirstOrThrow()
    const { id: subscriptionId } = await town.ctx.db
      .selectFrom('push_subscriptions')
      .select('id')
      .where('account_id', '=', ines.accountId)
      .executeTakeFirstOrThrow()
    const facts = { notificationId: row.id, accountId: ines.accountId, subscriptionId }
    await pushOne.run(town.ctx, facts)
    expect(await pushesTo(ines), 'it would be pushed again').toHaveLength(2)
    await act(ines, `accounts/${quick.accountId}/mute`)
    await pushOne.run(town.ctx, facts)
    expect(await pushesTo(ines)).toHaveLength(2)
  })

  test('whoever has no subscription costs no job', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await town.settled()
    const post = await say(ines, 'quiet')
    await act(bram, `statuses/${post.id}/favourite`)
    await town.settled()
    expect(service.pushed).toEqual([])
  })
})

describe('when a push service does not take it', () => {
  test.each([404, 410, 403])('%i ends the subscription', async (status) => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await subscribe(ines)
    service.answers.push({ status })
    await say(bram, `@${ines.username} one`)
    expect(await pushesTo(ines)).toHaveLength(1)
    expect(await subscriptions(ines)).toBe(0)
    await say(bram, `@${ines.username} two`)
    expect(await pushesTo(ines)).toHaveLength(1)
  })

  test('413 ends nothing; 429 and 500 are tried again later', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await subscribe(ines)
    const open = () => town.ctx.db.selectFrom('jobs').selectAll().where('kind', '=', 'notifications.push-one').execute()
    service.answers.push({ status: 413 })
    await say(bram, `@${ines.username} large`)
    expect(await pushesTo(ines)).toHaveLength(1)
    expect([await subscriptions(ines), (await open()).length]).toEqual([1, 0])
    service.answers.push({ status: 429, headers: { 'retry-after': '120' } })
    await say(bram, `@${ines.username} often`)
    expect(await pushesTo(ines)).toHaveLength(2)
    expect((await open()).map(({ last_error }) => last_error)).toEqual(['The push service answered 429'])
    await say(bram, `@${ines.username} rests`)
    expect(await pushesTo(ines), 'it asked to be left alone').toHaveLength(2)
    expect((await open()).length).toBe(2)
    town.clock.advance(121_000)
    await town.ctx.db
      .updateTable('jobs')
      .set({ run_at: new Date(0).toISOString() })
      .where('failed_at', 'is', null)
      .execute()
    town.ctx.wakeJobs('delivery')
    expect(await pushesTo(ines)).toHaveLength(4)
    expect(await open()).toEqual([])
  })

  test('a host that fails again and again is left alone, and heard again when it works', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await subscribe(ines)
    for (let at = 0; at < 7; at += 1) {
      service.answers.push({ status: 500 })
      await say(bram, `@${ines.username} ${at}`)
      await town.settled()
    }
    expect(await pushesTo(ines)).toHaveLength(5)
    const rests = await town.ctx.db.selectFrom('push_hosts').selectAll().execute()
    expect(rests).toMatchObject([{ host: new URL(service.url).host, failures: 5 }])
    service.answers.length = 0
    town.clock.advance(31_000)
    await say(bram, `@${ines.username} again`)
    expect(await pushesTo(ines)).toHaveLength(6)
    expect(await town.ctx.db.selectFrom('push_hosts').selectAll().execute()).toEqual([])
  })
})

describe('who signs out hears nothing', () => {
  test('a revoked token takes its subscription along; one that is left behind is silent', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await subscribe(ines)
    const now = new Date().toISOString()
    await town.ctx.db
      .updateTable('oauth_tokens')
      .set({ revoked_at: now })
      .where('account_id', '=', ines.accountId)
      .execute()
    await say(bram, `@${ines.username} gone?`)
    expect(await pushesTo(ines)).toEqual([])
    const { forgetSubscription } = await import('#features/notifications')
    const row = await town.ctx.db
      .selectFrom('push_subscriptions')
      .select('token_id')
      .where('account_id', '=', ines.accountId)
      .executeTakeFirstOrThrow()
    await forgetSubscription.run(town.ctx, { tokenId: row.token_id as string })
    expect(await subscriptions(ines)).toBe(0)
  })

  test('a browser subscribes with its session, reads in its language, and ends with it', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    const pages = openBrowser(town.address)
    const own = { origin: town.ctx.config.url, 'accept-language': 'de-AT,de;q=0.9' }
    await pages.post('/sign-in', { login: ines.username, password: 'correct horse' }, own)
    const cookie = [...pages.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const browser = makeBrowser(`${service.url}/${ines.username}`)
    const made = await town.call('POST', PATH, { json: browser.json, headers: { ...own, cookie } })
    expect(made.status).toBe(200)
    expect((await town.call('GET', PATH, { token: ines.token })).status, 'a token sees its own alone').toBe(404)
    const mention = await say(bram, `@${ines.username} hello`)
    const [pushed] = await pushesTo(ines)
    const read = browser.read(pushed!)
    expect(read).toMatchObject({ access_token: '', preferred_locale: 'de' })
    expect(read.hamlet).toMatchObject({
      url: `/@${bram.username}/${mention.id}`,
      status_id: mention.id,
      account_id: ines.accountId,
    })
    expect(read.hamlet.actions.map((one: { action: string }) => one.action)).toEqual(['reply', 'favourite'])
    expect(
      (await town.call('POST', '/api/hamlet/v1/push/test', { json: {}, headers: { ...own, cookie } })).body,
    ).toEqual({})
    await town.settled()
    expect(browser.read(service.pushed.at(-1)!)).toMatchObject({
      notification_type: 'test',
      body: 'Mitteilungen kommen in diesem Browser an.',
    })
    await pages.post('/sign-out', {}, own)
    await say(bram, `@${ines.username} still there?`)
    expect(await pushesTo(ines)).toHaveLength(2)
    const { prunePush } = await import('./push/leaving.ts')
    await prunePush(town.ctx)
    expect(await subscriptions(ines)).toBe(0)
  })

  test('a test without a subscription is nothing; another person cannot reach one', async () => {
    const [ines, bram] = (await people('ines', 'bram')) as [Person, Person]
    await subscribe(ines)
    expect((await town.call('POST', '/api/hamlet/v1/push/test', { token: bram.token })).status).toBe(404)
    await town.call('DELETE', PATH, { token: bram.token })
    expect(await subscriptions(ines)).toBe(1)
  })
})
