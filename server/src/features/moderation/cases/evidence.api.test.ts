import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { purgeOld } from '../measures/jobs.ts'
import { keepEvidenceFiles, pruneEvidence } from './evidence/files.ts'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let pia: Person
let ines: Person
let tern: Person
beforeAll(async () => {
  town = await startTown()
  pia = await town.person('pia', 'read write admin:read admin:write')
  const role = { role_id: requireRoleId('moderator') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', pia.userId).execute()
  ines = await town.person('ines')
  tern = await town.person('tern')
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}): Promise<string> =>
  (await call(who, 'POST', '/api/v1/statuses', { status, ...more })).body.id
const file = async (by: Person, about: Person, more: Record<string, unknown> = {}): Promise<string> =>
  (await call(by, 'POST', '/api/v1/reports', { account_id: about.accountId, ...more })).body.id
const show = async (id: string) => (await call(pia, 'GET', `/api/web/moderation/reports/${id}`)).body
const decide = (id: string, decision: string) =>
  call(pia, 'POST', `/api/web/moderation/reports/${id}/decision`, { decision, text: '' })
const acts = async (id: string) =>
  (
    await town.ctx.db
      .selectFrom('audit_log')
      .select('action')
      .where('target_id', '=', id)
      .where('target_type', '=', 'report')
      .orderBy('id')
      .execute()
  ).map((line) => line.action)

test('a report keeps the post with its history and two posts above and below, beside how it reads now', async () => {
  const root = await say(ines, 'far above')
  const above = await say(ines, 'two above', { in_reply_to_id: root })
  const near = await say(ines, 'one above', { in_reply_to_id: above })
  const post = await say(tern, 'first words', { in_reply_to_id: near })
  await call(tern, 'PUT', `/api/v1/statuses/${post}`, { status: 'off the pier with him', spoiler_text: 'boats' })
  const below = [await say(ines, 'one below', { in_reply_to_id: post }), await say(ines, 'b', { in_reply_to_id: post })]
  await say(ines, 'three below', { in_reply_to_id: post })
  const id = await file(ines, tern, { status_ids: [post], comment: 'a threat' })
  await call(tern, 'PUT', `/api/v1/statuses/${post}`, { status: 'let us talk' })
  const { evidence } = await show(id)
  expect(evidence.map((one: { id: string; place: string }) => [one.id, one.place])).toEqual([
    [above, 'before'],
    [near, 'before'],
    [post, 'reported'],
    [below[0], 'after'],
    [below[1], 'after'],
  ])
  const [, , kept] = evidence
  expect(kept).toMatchObject({ warning: 'boats', visibility: 'public', is_gone: false, account: { acct: 'tern' } })
  expect(kept.html).toContain('off the pier')
  expect(kept.edits.map((one: { html: string }) => one.html).join()).toContain('first words')
  expect(kept.now.html).toContain('let us talk')
  await call(tern, 'DELETE', `/api/v1/statuses/${post}`)
  const [, , gone] = (await show(id)).evidence
  expect(gone).toMatchObject({ is_gone: true, now: null })
  expect(gone.html).toContain('off the pier')
})

test('what was for few stays readable as evidence, and that somebody read it is written down once', async () => {
  const secret = await say(tern, '@ines you will see', { visibility: 'direct' })
  const id = await file(ines, tern, { status_ids: [secret] })
  await call(tern, 'DELETE', `/api/v1/statuses/${secret}`)
  for (let press = 0; press < 2; press++)
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect((await show(id)).evidence).toMatchObject([{ visibility: 'direct', is_gone: true }])
  expect(await acts(id)).toEqual(['report.read-private'])
})

describe('pictures', () => {
  test('are covered until somebody presses, which is counted; they outlive the post, until a month after the case', async () => {
    const picture = (await upload(town, tern.token, { description: 'the pier' })).body.id
    const post = await say(tern, 'look', { media_ids: [picture] })
    const id = await file(ines, tern, { status_ids: [post], category: 'legal' })
    const again = await file(pia, tern, { status_ids: [post], category: 'legal' })
    await town.settled()
    const rows = await town.ctx.db.selectFrom('report_media').select(['file_key', 'digest']).execute()
    expect(new Set(rows.map((row) => row.file_key)).size, 'one copy for two reports').toBe(1)
    expect(rows[0]?.digest).toHaveLength(32)
    // Also where the second was filed while the first was being copied, and so did not see its copy.
    await town.ctx.db.updateTable('report_media').set({ file_key: null }).where('report_id', '=', again).execute()
    await keepEvidenceFiles.run(town.ctx, { reportId: again })
    const anew = await town.ctx.db.selectFrom('report_media').select('file_key').execute()
    expect(new Set(anew.map((row) => row.file_key)).size, 'one copy for two at once').toBe(1)
    expect(anew[0]?.file_key).not.toBeNull()
    await call(tern, 'DELETE', `/api/v1/statuses/${post}`)
    await town.settled()
    const shown = await show(id)
    expect(shown).toMatchObject({ revealed_today: 0 })
    expect(shown.evidence[0].media).toMatchObject([{ id: picture, type: 'image', description: 'the pier' }])
    expect(JSON.stringify(shown.evidence)).not.toContain('/media/')
    const reveal = () => call(pia, 'POST', `/api/web/moderation/reports/${id}/media/${picture}/reveal`)
    const presses = await Promise.all([reveal(), reveal(), reveal()])
    expect(presses.map((one) => one.body.today)).toEqual([1, 1, 1])
    const url = new URL(presses[0]?.body.url)
    expect((await town.call('GET', url.pathname)).status).toBe(200)
    expect(await show(id)).toMatchObject({ revealed_today: 1 })
    expect((await call(pia, 'POST', `/api/web/moderation/reports/${id}/media/1/reveal`)).status).toBe(404)

    expect((await decide(again, 'none')).status).toBe(200)
    await pruneEvidence(town.ctx)
    expect((await town.call('GET', url.pathname)).status).toBe(200)
    town.clock.advance(31 * 24 * 3_600_000)
    await purgeOld(town.ctx)
    await pruneEvidence(town.ctx)
    await town.settled()
    // Files go once it is durable that nothing names them.
    await vi.waitFor(async () => expect((await town.call('GET', url.pathname)).status).toBe(404))
    expect(await reveal()).toMatchObject({ status: 404 })
  })
})

test('told twice in a moment it is one report; other words are another', async () => {
  const post = await say(tern, 'noise')
  const same = { status_ids: [post], comment: 'spam', category: 'spam' }
  const [one, two] = await Promise.all([file(ines, tern, same), file(ines, tern, same)])
  expect(one).toBe(two)
  expect(await file(ines, tern, { ...same, comment: 'more spam' })).not.toBe(one)
  const unknown = await call(ines, 'POST', '/api/v1/reports', { account_id: tern.accountId, rule_ids: ['404'] })
  expect(unknown.status).toBe(422)
})

test('an erased person leaves nothing in the reports of others, and their files go', async () => {
  const [gull, crow] = [await town.person('gull'), await town.person('crow')]
  const post = await say(gull, 'what gull said')
  const answer = await say(tern, 'rude answer', { in_reply_to_id: post })
  const id = await file(crow, tern, { status_ids: [answer] })
  const { eraseModeration } = await import('../leaving.ts')
  const { transact } = await import('#platform/context')
  await transact(town.ctx, (tx) => eraseModeration(tx, gull.accountId))
  expect((await show(id)).evidence).toMatchObject([{ id: answer }])
  await transact(town.ctx, (tx) => eraseModeration(tx, tern.accountId))
  expect((await call(pia, 'GET', `/api/web/moderation/reports/${id}`)).status).toBe(404)
  expect(await town.ctx.db.selectFrom('report_media').selectAll().execute()).toEqual([])
})
