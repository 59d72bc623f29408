import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireRoleId, type RoleName } from '#features/roles'
import { writeSetting } from '#features/settings'
import { DAY, openBench, PATH, type Bench } from '#test/measures-bench'
import { readMails } from '#test/mail'
import type { Person } from '#test/test-town'
import { expireProposals } from './propose.ts'

vi.setConfig({ testTimeout: 60_000 })

const WEB = '/api/web/moderation'
const PRESETS = '/api/web/admin/warning_presets'
let bench: Bench
let mod: Person
let other: Person
const setRole = (who: Person, role: RoleName) =>
  bench.town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(role) })
    .where('id', '=', who.userId)
    .execute()
beforeAll(async () => {
  bench = await openBench()
  mod = await bench.town.person('mod', 'read write admin:read admin:write')
  other = await bench.town.person('other', 'read write admin:read admin:write')
  await setRole(mod, 'moderator')
  await setRole(other, 'moderator')
})
afterAll(() => bench.close())

describe('words that are used again', () => {
  test('are kept, changed, forgotten, by whoever may settle things, and logged', async () => {
    const { call, pia } = bench
    const made = await call(pia, 'POST', PRESETS, { title: 'Rude', text: ' Be kind ' })
    expect(made.body).toMatchObject({ title: 'Rude', text: 'Be kind' })
    expect((await call(mod, 'GET', PRESETS)).body).toEqual([made.body])
    expect((await call(mod, 'POST', PRESETS, { text: 'x' })).status).toBe(403)
    const path = `${PRESETS}/${made.body.id}`
    expect((await call(pia, 'PUT', path, { title: '', text: 'Be kinder' })).body).toMatchObject({
      title: '',
      text: 'Be kinder',
    })
    for (const json of [{ text: '' }, { text: 'x'.repeat(2001) }, { title: 'x'.repeat(101), text: 'x' }])
      expect((await call(pia, 'POST', PRESETS, json)).status).toBe(422)
    expect((await call(pia, 'DELETE', path)).status).toBe(200)
    expect((await call(pia, 'DELETE', path)).status).toBe(404)
    expect(await bench.logOf(made.body.id)).toEqual(['preset.create', 'preset.update', 'preset.delete'])
  })

  test('come first in a decision that names them', async () => {
    const { call, pia } = bench
    const { id } = (await call(pia, 'POST', PRESETS, { title: 'Rude', text: 'Be kind.' })).body
    const who = await bench.fresh()
    await bench.act(who.accountId, { type: 'none', warning_preset_id: id, text: 'Really.' })
    expect((await bench.lastStrike(who.accountId)).text).toBe('Be kind.\n\nReally.')
    const missing = { type: 'none', warning_preset_id: '404404' }
    expect((await call(pia, 'POST', `${PATH}/${who.accountId}/action`, missing)).status).toBe(404)
  })
})

describe('notes', () => {
  test('about an account and a report are read by the team alone, and taken away by whoever wrote them', async () => {
    const { call, fresh } = bench
    const who = await fresh()
    const reportId = await bench.report(who, [])
    for (const path of [`${WEB}/accounts/${who.accountId}/notes`, `${WEB}/reports/${reportId}/notes`]) {
      const written = await call(mod, 'POST', path, { text: ' Seen before ' })
      expect(written.body).toMatchObject([{ text: 'Seen before', author: { acct: 'mod' }, own: true }])
      const note = `${WEB}/notes/${written.body[0].id}`
      expect((await call(who, 'POST', path, { text: 'me' })).status).toBe(403)
      expect((await call(other, 'DELETE', note)).status).toBe(403)
      expect((await call(mod, 'DELETE', note)).status).toBe(200)
      for (const text of ['', 'x'.repeat(2001)]) expect((await call(mod, 'POST', path, { text })).status).toBe(422)
    }
    expect((await call(mod, 'GET', `${WEB}/reports/${reportId}/notes`)).body).toEqual([])
    expect((await call(mod, 'POST', `${WEB}/reports/404404/notes`, { text: 'x' })).status).toBe(404)
    expect((await call(mod, 'POST', `${WEB}/accounts/404404/notes`, { text: 'x' })).status).toBe(404)
    expect(await bench.logOf(who.accountId)).toEqual(['note.create', 'note.delete'])
  })
})

describe('what the team knows of somebody', () => {
  const show = async (viewer: Person, id: string) => (await bench.call(viewer, 'GET', `${WEB}/accounts/${id}`)).body
  test('is their decisions, notes and reports; who is signed in where only for who may manage that', async () => {
    const who = await bench.fresh()
    await bench.report(who, [])
    await bench.act(who.accountId, { type: 'silence', ends_in: DAY, text: 'Enough' })
    const shown = await show(mod, who.accountId)
    expect(shown).toMatchObject({
      admin: { id: who.accountId, email: `${who.username}@example.org`, silenced: true },
      strikes: [{ action: 'limit', state: 'in_force', moderator: { acct: 'pia' }, undoable: true, text: 'Enough' }],
      reports: { about: 1, open: 1, filed: 0 },
      sessions: null,
      proposal: null,
      decisions: ['warn', 'sensitive', 'limit', 'freeze', 'suspend'],
    })
    expect((await show(bench.pia, who.accountId)).sessions).toEqual([])
    expect((await show(mod, bench.pia.accountId)).decisions).toEqual([])
    expect((await bench.call(who, 'GET', `${WEB}/accounts/${who.accountId}`)).status).toBe(403)
  })
  test('costs as many statements for many decisions as for one', async () => {
    const [one, many] = [await bench.fresh(), await bench.fresh()]
    await bench.act(one.accountId, { type: 'none' })
    for (let n = 0; n < 5; n += 1) await bench.act(many.accountId, { type: 'none' })
    const cost = (who: Person) => bench.town.countStatements(() => show(mod, who.accountId))
    await cost(one)
    expect(await cost(many)).toBe(await cost(one))
  })
})

describe('two for a suspension', () => {
  beforeEach(() => writeSetting(bench.town.ctx, 'suspend_by_two', 'on'))
  afterAll(() => writeSetting(bench.town.ctx, 'suspend_by_two', 'off'))
  const suspend = (by: Person, id: string, json = {}) =>
    bench.call(by, 'POST', `${PATH}/${id}/action`, { type: 'suspend', text: 'Spam', ...json })
  const waiting = async (id: string) =>
    (await bench.call(mod, 'GET', `${WEB}/proposals`)).body.find(
      (one: { target: { id: string } }) => one.target.id === id,
    )
  const answer = (by: Person, id: string, verb: string) => bench.call(by, 'POST', `${WEB}/proposals/${id}/${verb}`)

  test('the first proposes, and cannot confirm; the second carries it out, once', async () => {
    const who = await bench.fresh()
    expect((await suspend(mod, who.accountId, { ends_in: DAY, send_email_notification: true })).status).toBe(200)
    expect((await bench.standing(who.accountId)).suspended).toBe(false)
    expect((await suspend(other, who.accountId)).status).toBe(409)
    const one = await waiting(who.accountId)
    expect(one).toMatchObject({ proposer: { acct: 'mod' }, text: 'Spam', ends_in: DAY, own: true })
    expect((await answer(mod, one.id, 'confirm')).status).toBe(403)
    expect((await bench.standing(who.accountId)).suspended).toBe(false)
    const answers = await Promise.all(Array.from({ length: 5 }, () => answer(other, one.id, 'confirm')))
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404, 404])
    expect((await bench.standing(who.accountId)).suspended).toBe(true)
    expect(await bench.strikesOf(who.accountId)).toHaveLength(1)
    expect(await bench.logOf(who.accountId)).toEqual(['suspension.propose', 'account.suspend'])
    await bench.town.settled()
    expect(readMails(bench.town, `${who.username}@example.org`)).toHaveLength(1)
    expect(await waiting(who.accountId)).toBeUndefined()
  })

  test('a report stays open until somebody confirms, and is decided then', async () => {
    const who = await bench.fresh()
    const id = await bench.report(who, [])
    const path = `${WEB}/reports/${id}/decision`
    expect((await bench.call(mod, 'POST', path, { decision: 'suspend' })).body).toEqual({ proposed: true })
    const isClosed = async () => (await bench.call(mod, 'GET', `/api/v1/admin/reports/${id}`)).body.action_taken
    expect(await isClosed()).toBe(false)
    await answer(other, (await waiting(who.accountId)).id, 'confirm')
    expect(await isClosed()).toBe(true)
    expect((await bench.standing(who.accountId)).suspended).toBe(true)
    expect((await bench.call(mod, 'POST', path, { decision: 'suspend' })).status).toBe(409)
  })

  test('is withdrawn, and goes out of date after seven days; then it can be proposed anew', async () => {
    const who = await bench.fresh()
    await suspend(mod, who.accountId)
    expect((await answer(other, (await waiting(who.accountId)).id, 'withdraw')).status).toBe(200)
    await suspend(mod, who.accountId)
    const { id } = await waiting(who.accountId)
    bench.town.clock.advance(8 * DAY * 1000)
    expect(await waiting(who.accountId)).toBeUndefined()
    expect((await answer(other, id, 'confirm')).status).toBe(404)
    await expireProposals(bench.town.ctx)
    expect((await suspend(other, who.accountId)).status).toBe(200)
    expect((await bench.standing(who.accountId)).suspended).toBe(false)
  })

  test('nobody confirms against a role as high as theirs, and other measures need no second', async () => {
    const who = await bench.fresh()
    await suspend(mod, who.accountId)
    await setRole(who, 'moderator')
    expect((await answer(other, (await waiting(who.accountId)).id, 'confirm')).status).toBe(403)
    expect((await bench.standing(who.accountId)).suspended).toBe(false)
    const third = await bench.fresh()
    await bench.act(third.accountId, { type: 'silence' })
    expect((await bench.standing(third.accountId)).limited).toBe(true)
    expect((await answer(other, '404404', 'confirm')).status).toBe(404)
  })

  test('is switched by whoever may settle things, and the log says so', async () => {
    const { call, pia } = bench
    expect((await call(mod, 'PATCH', '/api/web/admin/ways', { suspend_by_two: false })).status).toBe(403)
    expect((await call(pia, 'PATCH', '/api/web/admin/ways', { suspend_by_two: false })).body).toEqual({
      suspend_by_two: false,
      public_log: false,
    })
    const [newest] = (await call(pia, 'GET', '/api/web/admin/log')).body
    expect(newest).toMatchObject({
      action: 'setting.update',
      target_label: 'suspend_by_two',
      details: { value: 'off' },
    })
    const who = await bench.fresh()
    await suspend(mod, who.accountId)
    expect((await bench.standing(who.accountId)).suspended).toBe(true)
  })
})

describe('the log of the team', () => {
  const log = async (query: string) => {
    const answer = await bench.call(bench.pia, 'GET', `/api/web/admin/log?${query}`)
    expect(answer.status, answer.text).toBe(200)
    return answer.body as { id: string; action: string; actor: { acct: string } | null; target_label: string }[]
  }
  test('is narrowed by who, what and about whom, and comes in pages', async () => {
    const who = await bench.fresh()
    await bench.act(who.accountId, { type: 'silence' })
    await bench.call(mod, 'POST', `${PATH}/${who.accountId}/unsilence`)
    await bench.call(mod, 'POST', `${WEB}/accounts/${who.accountId}/notes`, { text: 'x' })
    const about = `target_id=${who.accountId}`
    expect((await log(about)).map((line) => line.action)).toEqual(['note.create', 'account.unlimit', 'account.limit'])
    expect((await log(`${about}&actor=${mod.accountId}`)).map((line) => line.actor?.acct)).toEqual(['mod', 'mod'])
    expect((await log(`${about}&action=account`)).map((line) => line.action)).toEqual([
      'account.unlimit',
      'account.limit',
    ])
    expect(await log(`${about}&action=accoun`)).toEqual([])
    expect(
      await log(`${about}&action=account.limit&target_type=account&label=${who.username.toUpperCase()}`),
    ).toHaveLength(1)
    expect(await log('label=%25')).toEqual([])
    const [first, second] = await log(`${about}&limit=2`)
    expect((await log(`${about}&max_id=${second!.id}`)).map((line) => line.action)).toEqual(['account.limit'])
    expect((await log(`${about}&min_id=${second!.id}`)).map((line) => line.id)).toEqual([first!.id])
    for (const query of ['actor=x', 'target_id=99999999999999999999'])
      expect((await bench.call(bench.pia, 'GET', `/api/web/admin/log?${query}`)).status).toBe(404)
    expect((await bench.call(who, 'GET', '/api/web/admin/log')).status).toBe(403)
  })

  test('is a table to take away, in which nothing is a formula', async () => {
    const { call, pia } = bench
    const { id } = (await call(pia, 'POST', PRESETS, { title: '=cmd|"x"', text: 'y' })).body
    const { text, headers } = await call(pia, 'GET', `/api/web/admin/log.csv?target_id=${id}`)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(text.split('\r\n')[0]).toBe('time,who,what,kind,id,about,details')
    expect(text.split('\r\n')[1]).toContain(`,pia,preset.create,preset,${id},"'=cmd|""x""",{}`)
  })
})
