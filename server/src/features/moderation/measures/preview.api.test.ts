import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { mailsTo } from '#test/mail'
import { openBench, type Bench } from '#test/measures-bench'

vi.setConfig({ testTimeout: 60_000 })

let { town, peer, pia, ines, call, act, fresh, say, standing, follow, report, decide, stranger, followFrom, told } =
  {} as Bench
let close: Bench['close']
beforeAll(async () => {
  ;({
    town,
    peer,
    pia,
    ines,
    call,
    act,
    fresh,
    say,
    standing,
    follow,
    report,
    decide,
    stranger,
    followFrom,
    told,
    close,
  } = await openBench())
})
afterAll(() => close())

describe('the effect that is said before', () => {
  const preview = async (id: string, json: Record<string, unknown>) => {
    const answer = await call(pia, 'POST', `/api/web/moderation/accounts/${id}/preview`, json)
    expect(answer.status, answer.text).toBe(200)
    return answer.body
  }
  const follows = async () =>
    Number(
      (
        await town.ctx.db
          .selectFrom('follows')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )

  test.each(['warn', 'sensitive', 'limit', 'freeze', 'suspend', 'delete', 'mark'])(
    'of %s is what then happens: posts, follows, servers, mail',
    async (decision) => {
      const who = await fresh()
      const other = await fresh()
      const from = await stranger(`fan${decision}`)
      await followFrom(from, who)
      await follow(other, who.accountId)
      await follow(who, other.accountId)
      const posts = [await say(who), await say(who), await say(who)].map((post) => post.id as string)
      const id = await report(who, posts.slice(0, 2))
      await town.settled()
      const said = (await call(pia, 'POST', `/api/web/moderation/reports/${id}/preview`, { decision })).body
      expect(said).toEqual(await preview(who.accountId, { decision, status_ids: posts.slice(0, 2) }))
      const [followsBefore, mails] = [await follows(), mailsTo(town, `${who.username}@example.org`).length]
      const visible = async () =>
        (await Promise.all(posts.map((post) => call(ines, 'GET', `/api/v1/statuses/${post}`)))).filter(
          (answer) => answer.status === 200 && !answer.body.sensitive,
        ).length
      const sent = await told(() => decide(id, { decision, text: 'Enough' }))
      const changed = decision === 'sensitive' ? 0 : 3 - (await visible())
      expect(said).toEqual({
        decision,
        posts: changed,
        followers: decision === 'suspend' ? 1 : 0,
        following: decision === 'suspend' ? 1 : 0,
        servers: new Set(sent.length > 0 ? [peer.host] : []).size,
        mailed: mailsTo(town, `${who.username}@example.org`).length > mails,
        in_force: false,
      })
      expect(followsBefore - (await follows())).toBe(said.followers + said.following)
    },
  )

  test('of what is in force already is nothing more; of a stranger their own server', async () => {
    const who = await fresh()
    await act(who.accountId, { type: 'silence' })
    expect(await preview(who.accountId, { decision: 'limit' })).toMatchObject({ in_force: true, servers: 0 })
    const gull = await stranger('gull')
    expect(await preview(gull.accountId, { decision: 'suspend' })).toMatchObject({ servers: 0, mailed: false })
    await follow(ines, gull.accountId)
    expect(await preview(gull.accountId, { decision: 'suspend' })).toMatchObject({ servers: 1, followers: 1 })
    expect(
      (await call(pia, 'POST', `/api/web/moderation/accounts/${gull.accountId}/preview`, { decision: 'freeze' }))
        .status,
    ).toBe(422)
    expect(
      (await call(pia, 'POST', '/api/web/moderation/accounts/404404/preview', { decision: 'freeze' })).status,
    ).toBe(404)
    expect((await standing(gull.accountId)).suspended).toBe(false)
  })
})
