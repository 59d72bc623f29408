import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { addRule } from '#features/settings'
import { transact } from '#platform/context'
import { readMails } from '#test/mail'
import type { Person } from '#test/test-town'
import { endDue } from '../measures/jobs.ts'
import { DAY, openBench, type Bench } from '#test/measures-bench'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const standingOf = async (who: Person) => {
  const answer = await bench.call(who, 'GET', '/api/hamlet/v1/standing')
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const appeal = (who: Person, id: string, text: unknown = 'It was a joke') =>
  bench.call(who, 'POST', `/api/hamlet/v1/strikes/${id}/appeal`, { text })
const queue = async () => (await bench.call(bench.pia, 'GET', '/api/web/moderation/queue')).body
const decideAppeal = (id: string, approve: boolean) =>
  bench.call(bench.pia, 'POST', `/api/web/moderation/appeals/${id}/decision`, { approve })
const lettersTo = async (who: Person) => {
  await bench.town.settled()
  return readMails(bench.town, `${who.username}@example.org`)
}

/** Somebody who was reported for a post and is treated so. */
async function struck(decision: string, json: Record<string, unknown> = {}) {
  const who = await bench.fresh()
  const post = await bench.say(who, { status: 'Thrown off the pier' })
  await bench.decide(await bench.report(who, [post.id]), { decision, text: 'We do not threaten', ...json })
  const [strike] = (await standingOf(who)).strikes
  return { who, post, strike }
}

describe('who was decided about', () => {
  test('reads what, why, until when, and how to appeal; never who decided or who reported', async () => {
    const { who, post, strike } = await struck('limit', { ends_in: 7 * DAY })
    expect(strike).toMatchObject({
      action: 'limit',
      text: 'We do not threaten',
      state: 'in_force',
      reported: true,
      automated: false,
      posts: [{ id: post.id, text: 'Thrown off the pier' }],
      appeal: null,
      ends_at: expect.any(String),
      appeal_until: expect.any(String),
    })
    const { text } = await bench.call(who, 'GET', '/api/hamlet/v1/standing')
    for (const secret of ['pia', 'ines', bench.pia.accountId, bench.ines.accountId]) expect(text).not.toContain(secret)
  })

  test('gets a statement of reasons by letter, in their language, with the rule', async () => {
    const { town, call, ines } = bench
    const rule = await transact(town.ctx, (tx) => addRule(tx, 'No threats'))
    const who = await bench.fresh()
    await town.ctx.db.updateTable('users').set({ locale: 'de' }).where('id', '=', who.userId).execute()
    const post = await bench.say(who, { status: 'Thrown off the pier' })
    const json = { account_id: who.accountId, status_ids: [post.id], rule_ids: [rule.id], category: 'violation' }
    const filed = await call(ines, 'POST', '/api/v1/reports', json)
    await bench.decide(filed.body.id, { decision: 'delete', text: 'Enough' })
    const letter = (await lettersTo(who)).at(-1)!
    expect(letter.html).toContain('lang="de"')
    for (const words of ['> No threats', '> Thrown off the pier', '> Enough', '/appeal?key='])
      expect(letter.text).toContain(words)
  })

  test.each(['suspend', 'freeze'])('may still read it and appeal after %s, and do nothing else', async (decision) => {
    const { who, strike } = await struck(decision)
    expect((await standingOf(who)).access).toBe(decision === 'suspend' ? 'suspended' : 'frozen')
    expect((await appeal(who, strike.id)).body.appeal).toMatchObject({ text: 'It was a joke', approved: null })
    for (const path of ['/api/v1/timelines/home', '/api/v1/notifications', '/api/v1/accounts/verify_credentials'])
      expect((await bench.call(who, 'GET', path)).status).toBe(403)
    expect((await bench.call(who, 'POST', '/api/v1/statuses', { status: 'here I am' })).status).toBe(403)
  })
})

describe('an appeal', () => {
  test('that is right takes the decision back with all it changed, and is answered', async () => {
    const { who, post, strike } = await struck('delete')
    await appeal(who, strike.id, 'Removed wrongly')
    const waiting = (await queue()).appeals.find((one: { text: string }) => one.text === 'Removed wrongly')
    expect(waiting).toMatchObject({ action: 'delete', target: { id: who.accountId } })
    expect((await decideAppeal(waiting.id, true)).status).toBe(200)
    expect((await bench.call(bench.ines, 'GET', `/api/v1/statuses/${post.id}`)).status).toBe(200)
    const [after] = (await standingOf(who)).strikes
    expect(after).toMatchObject({ state: 'undone', appeal: { approved: true, decided_at: expect.any(String) } })
    expect((await lettersTo(who)).at(-1)?.text).toContain('taken back')
    expect((await decideAppeal(waiting.id, false)).status).toBe(404)
  })

  test('that is not leaves all as it is, and is answered', async () => {
    const { who, strike } = await struck('suspend')
    await appeal(who, strike.id, 'Please')
    const waiting = (await queue()).appeals.find((one: { text: string }) => one.text === 'Please')
    expect((await decideAppeal(waiting.id, false)).status).toBe(200)
    expect((await bench.standing(who.accountId)).suspended).toBe(true)
    expect((await standingOf(who)).strikes[0]).toMatchObject({ state: 'in_force', appeal: { approved: false } })
    const letter = (await lettersTo(who)).at(-1)!
    expect(letter.text).toContain('stays')
    expect(letter.text).toContain('> Please')
  })

  test('is made once, with words, not too many, in twenty days, and of what still stands', async () => {
    const { who, strike } = await struck('warn')
    for (const text of ['', '  ', 'x'.repeat(2001)]) expect((await appeal(who, strike.id, text)).status).toBe(422)
    expect((await appeal(await bench.fresh(), strike.id)).status).toBe(404)
    expect((await appeal(who, '404404')).status).toBe(404)
    const all = await Promise.all(Array.from({ length: 5 }, () => appeal(who, strike.id)))
    expect(all.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])

    const late = await struck('warn')
    bench.town.clock.advance(21 * DAY * 1000)
    expect((await standingOf(late.who)).strikes[0].appeal_until).toBeNull()
    expect((await appeal(late.who, late.strike.id)).status).toBe(410)

    const undone = await struck('limit')
    expect((await bench.undo(undone.who.accountId)).status).toBe(200)
    expect((await appeal(undone.who, undone.strike.id)).status).toBe(409)
    expect((await lettersTo(undone.who)).at(-1)?.subject).toContain('taken back')
  })

  test('about a role as high as their own is for somebody higher', async () => {
    const { who, strike } = await struck('warn')
    await appeal(who, strike.id, 'From the team')
    const role_id = requireRoleId('admin')
    await bench.town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', who.userId).execute()
    const waiting = (await queue()).appeals.find((one: { text: string }) => one.text === 'From the team')
    expect((await decideAppeal(waiting.id, true)).status).toBe(403)
    expect((await standingOf(who)).strikes[0].appeal.decided_at).toBeNull()
  })

  test('of what has ended by itself is still answered, and changes nothing that is in force', async () => {
    const { who, strike } = await struck('limit', { ends_in: DAY })
    bench.town.clock.advance(2 * DAY * 1000)
    await endDue(bench.town.ctx)
    expect((await standingOf(who)).strikes[0].state).toBe('over')
    await appeal(who, strike.id, 'Too late, but')
    await bench.act(who.accountId, { type: 'silence' })
    const waiting = (await queue()).appeals.find((one: { text: string }) => one.text === 'Too late, but')
    await decideAppeal(waiting.id, true)
    expect((await bench.standing(who.accountId)).limited).toBe(true)
  })
})

describe('whoever reported', () => {
  const outcomes = async (who: Person) => {
    const { reports } = await standingOf(who)
    return reports.map((one: { outcome: string | null }) => one.outcome)
  }
  test.each([
    ['acted', 'warn', 'you were right'],
    ['none', 'none', 'left things as they are'],
  ])(
    'is told that the outcome is "%s", each of them once, and what was done is not said',
    async (outcome, decision, words) => {
      const { call, fresh } = bench
      const [first, second, target] = [await fresh(), await fresh(), await fresh()]
      const file = async (who: Person) =>
        (await call(who, 'POST', '/api/v1/reports', { account_id: target.accountId })).body.id
      const id = await file(first)
      await file(second)
      expect(await outcomes(first)).toEqual([null])
      await bench.decide(id, { decision, text: 'secret words' })
      for (const who of [first, second]) {
        expect(await outcomes(who)).toEqual([outcome])
        const letters = (await lettersTo(who)).filter((one) => one.subject.includes('report'))
        expect(letters).toHaveLength(1)
        expect(letters[0]?.text).toContain(words)
        expect(letters[0]?.text).not.toContain('secret words')
      }
    },
  )

  test('is told too when a report is closed by an app, and again when it was opened and closed again', async () => {
    const [who, target] = [await bench.fresh(), await bench.fresh()]
    const { id } = (await bench.call(who, 'POST', '/api/v1/reports', { account_id: target.accountId })).body
    const press = (verb: string) => bench.call(bench.pia, 'POST', `/api/v1/admin/reports/${id}/${verb}`)
    await press('resolve')
    await press('resolve')
    expect(await lettersTo(who)).toHaveLength(1)
    await press('reopen')
    expect(await outcomes(who)).toEqual([null])
    await press('resolve')
    expect(await lettersTo(who)).toHaveLength(2)
  })
})
