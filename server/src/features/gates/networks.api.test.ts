import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { findDifferences, readFacts } from '#test/facts'
import { dial } from '#test/listener'
import { startTown, type Answer, type Caller, type Person, type TestTown } from '#test/test-town'
import { judgeMail, judgeSignUp } from './judge.ts'
import { schedules } from './jobs.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const NETWORKS = '/api/v1/admin/ip_blocks'
const MAILBOXES = '/api/v1/admin/canonical_email_blocks'
const HERE = '198.51.100.7'

let town: TestTown
let oda: Person
beforeAll(async () => {
  const environment = { HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' }
  town = await startTown({ environment, isSplit: true, mailHosts: { 'cover.example': ['mx1.spam.example'] } })
  oda = await town.person('oda', 'read write admin:read admin:write')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('admin') })
    .where('id', '=', oda.userId)
    .execute()
  await writeSetting(town.ctx, 'registrations', 'open')
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const row of (await call('GET', NETWORKS)).body) await call('DELETE', `${NETWORKS}/${row.id}`)
})

const from = (ip: string): Caller => ({ headers: { 'x-forwarded-for': ip } })
const call = (method: string, path: string, json?: unknown): Promise<Answer> =>
  town.call(method, path, { token: oda.token, ...from(HERE), ...(json === undefined ? {} : { json }) })
const block = (ip: string, severity: string, more: Record<string, unknown> = {}) =>
  call('POST', NETWORKS, { ip, severity, ...more })
const statusFrom = async (ip: string, path = '/api/v2/instance') => (await town.call('GET', path, from(ip))).status
/** It reaches the other processes shortly after. */
const soon = (ip: string, status: number) => vi.waitFor(async () => expect(await statusFrom(ip)).toBe(status))
const verdictOf = async (ip: string) =>
  (await judgeSignUp(town.ctx, { username: 'kelpie', email: 'a@b.example', ip })).kind

describe('an address that is let in nowhere', () => {
  test('gets 403 for everything, at once, and nothing else when the block is taken back', async () => {
    expect(await statusFrom('192.0.2.9')).toBe(200)
    const made = await block('192.0.2.7/24', 'no_access', { comment: 'A flood' })
    expect(made).toMatchObject({ status: 200, body: { ip: '192.0.2.0/24', severity: 'no_access', comment: 'A flood' } })
    expect(findDifferences(readFacts().entity('AdminIpBlock'), made.body)).toEqual([])
    await soon('192.0.2.9', 403)
    for (const path of [
      '/',
      '/sign-up',
      '/api/v1/timelines/public',
      '/.well-known/webfinger?resource=x',
      '/logo.svg',
      '/nothing',
    ])
      expect(await statusFrom('192.0.2.9', path), path).toBe(403)
    expect((await town.call('POST', '/inbox', { ...from('::ffff:192.0.2.1'), json: {} })).status).toBe(403)
    for (const ip of [HERE, '192.0.3.9', '2001:db8::1']) expect(await statusFrom(ip), ip).toBe(200)
    await call('DELETE', `${NETWORKS}/${made.body.id}`)
    await soon('192.0.2.9', 200)
  })

  test('costs no statement, and is one by the new addresses, too', async () => {
    await block('2001:db8:7::/48', 'no_access')
    await soon('2001:db8:7::1', 403)
    expect(await town.countStatements(() => statusFrom('2001:db8:7:ffff::9'))).toBe(0)
    expect(await statusFrom('2001:db8:8::1')).toBe(200)
  })

  test('is let in again when its time is over, without anybody’s doing', async () => {
    await block('192.0.2.5', 'no_access', { expires_in: 3600 })
    await soon('192.0.2.5', 403)
    town.clock.advance(3_599_000)
    expect(await statusFrom('192.0.2.5')).toBe(403)
    town.clock.advance(2_000)
    expect(await statusFrom('192.0.2.5')).toBe(200)
    for (const { job } of schedules) await job.run(town.ctx, {})
    expect((await call('GET', NETWORKS)).body).toEqual([])
  })

  test('nobody shuts themselves out, and the machine itself is always let in', async () => {
    for (const ip of [HERE, '198.51.100.0/24', '0.0.0.0/0'])
      expect((await block(ip, 'no_access')).body.error).toContain('shut yourself out')
    const narrow = await block('198.51.100.0/24', 'sign_up_block')
    expect(narrow.status).toBe(200)
    expect((await call('PUT', `${NETWORKS}/${narrow.body.id}`, { severity: 'no_access' })).status).toBe(422)
    await block('127.0.0.0/8', 'no_access')
    await block('192.0.2.77', 'no_access')
    await soon('192.0.2.77', 403)
    expect((await town.call('GET', '/health')).status).toBe(200)
  })

  test('opens no socket either', async () => {
    await block('192.0.2.66', 'no_access')
    await soon('192.0.2.66', 403)
    const knock = (ip: string) => dial(town.streaming, { token: oda.token, headers: { 'x-forwarded-for': ip } })
    await vi.waitFor(() => expect(knock('192.0.2.66')).rejects.toThrow(/^403/))
    await using heard = await knock(HERE)
    expect(heard.complaints).toEqual([])
  })
})

describe('sign-up', () => {
  test('is for a moderator to decide, or nobody’s, by where somebody is; the stricter holds', async () => {
    await block('192.0.2.0/24', 'sign_up_requires_approval')
    await block('192.0.2.128/25', 'sign_up_block')
    expect(await verdictOf('192.0.2.1')).toBe('approval')
    expect(await verdictOf('192.0.2.200')).toBe('shut')
    expect(await verdictOf('::ffff:192.0.2.200')).toBe('shut')
    expect(await verdictOf('192.0.3.1')).toBe('pass')
    expect(await verdictOf('nowhere')).toBe('pass')
    expect(await statusFrom('192.0.2.200')).toBe(200)
  })

  test('a rule that has ended holds no longer', async () => {
    await block('192.0.2.0/24', 'sign_up_block', { expires_in: 60 })
    town.clock.advance(61_000)
    expect(await verdictOf('192.0.2.1')).toBe('pass')
  })
})

describe('the list of networks', () => {
  test('is added to once, changed in part, and taken from once', async () => {
    const presses = await Promise.all([1, 2, 3].map(() => block('203.0.113.0/24', 'sign_up_block')))
    expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422])
    const { id } = presses.find((press) => press.status === 200)?.body ?? {}
    expect(presses.find((press) => press.status === 422)?.body.error).toBe(
      'Validation failed: Ip has already been taken',
    )
    const ends = (await call('PUT', `${NETWORKS}/${id}`, { expires_in: 600 })).body
    expect(ends).toMatchObject({ severity: 'sign_up_block', ip: '203.0.113.0/24' })
    expect(Date.parse(ends.expires_at) - town.clock.now().getTime()).toBeGreaterThan(590_000)
    const renamed = (await call('PUT', `${NETWORKS}/${id}`, { ip: '203.0.113.9', comment: 'one only' })).body
    expect(renamed).toMatchObject({ ip: '203.0.113.9/32', comment: 'one only', expires_at: ends.expires_at })
    expect((await call('GET', `${NETWORKS}/${id}`)).body).toEqual(renamed)
    const takes = await Promise.all([1, 2].map(() => call('DELETE', `${NETWORKS}/${id}`)))
    expect(takes.map((take) => take.status).toSorted((a, b) => a - b)).toEqual([200, 404])
    const log = await town.ctx.db.selectFrom('audit_log').select('action').where('target_id', '=', id).execute()
    expect(log.map((act) => act.action).toSorted()).toEqual([
      'network.allow',
      'network.block',
      'network.change',
      'network.change',
    ])
  })

  test.each([
    [{ severity: 'no_access' }, "Ip can't be blank"],
    [{ ip: 'home', severity: 'no_access' }, 'Ip is not an address'],
    [{ ip: '192.0.2.0/33', severity: 'no_access' }, 'Ip is not an address'],
    [{ ip: '192.0.2.1' }, 'Severity must be one of'],
    [{ ip: '192.0.2.1', severity: 'ban' }, 'Severity must be one of'],
    [{ ip: '192.0.2.1', severity: 'no_access', expires_in: -1 }, 'Expires in'],
    [{ ip: '192.0.2.1', severity: 'no_access', comment: 'x'.repeat(1001) }, 'Comment may have'],
  ])('does not take %o', async (json, words) => {
    const answer = await call('POST', NETWORKS, json)
    expect(answer.status).toBe(422)
    expect(answer.body.error).toContain(words)
  })

  test('comes in pages, the newest first, at a fixed cost', async () => {
    await block('192.0.2.1', 'sign_up_block')
    const one = await town.countStatements(() => call('GET', `${NETWORKS}?limit=1`))
    for (const last of [2, 3, 4]) await block(`192.0.2.${last}`, 'sign_up_block')
    const page = await call('GET', `${NETWORKS}?limit=2`)
    expect(page.body.map((row: { ip: string }) => row.ip)).toEqual(['192.0.2.4/32', '192.0.2.3/32'])
    expect(page.headers.get('link')).toContain('rel="next"')
    expect(await town.countStatements(() => call('GET', NETWORKS))).toBe(one)
  })
})

describe('mailboxes', () => {
  test('one is one however it is written; the list keeps a hash alone', async () => {
    const made = await call('POST', MAILBOXES, { email: 'A.b+news@GMail.example' })
    const hash = createHash('sha256').update('ab@gmail.example').digest('hex')
    expect(made.body).toEqual({ id: expect.any(String), canonical_email_hash: hash })
    expect(findDifferences(readFacts().entity('AdminCanonicalEmailBlock'), made.body)).toEqual([])
    for (const email of ['ab@gmail.example', 'a.B@GMAIL.example.', 'a.b+x+y@gmail.example']) {
      expect((await call('POST', `${MAILBOXES}/test`, { email })).body).toEqual([made.body])
      expect((await judgeMail(town.ctx, email)).kind).toBe('refused')
    }
    for (const email of ['abc@gmail.example', 'ab@mail.example', 'nothing', '+x@gmail.example'])
      expect((await call('POST', `${MAILBOXES}/test`, { email })).body).toEqual([])
    expect((await call('POST', MAILBOXES, { canonical_email_hash: hash })).status).toBe(422)
    expect((await call('GET', MAILBOXES)).body).toEqual([made.body])
    expect((await call('GET', `${MAILBOXES}/${made.body.id}`)).body).toEqual(made.body)
    const takes = await Promise.all([1, 2].map(() => call('DELETE', `${MAILBOXES}/${made.body.id}`)))
    expect(takes.map((take) => take.status).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect((await judgeMail(town.ctx, 'ab@gmail.example')).kind).toBe('pass')
    expect((await call('POST', MAILBOXES, { canonical_email_hash: hash.toUpperCase() })).status).toBe(200)
  })

  test('an internationalised domain is one in both spellings', async () => {
    const made = await call('POST', MAILBOXES, { email: 'kai@bücher.example' })
    expect((await call('POST', `${MAILBOXES}/test`, { email: 'k.a.i@xn--bcher-kva.example' })).body).toEqual([
      made.body,
    ])
  })

  test.each([{}, { email: 'nobody' }, { canonical_email_hash: 'abc' }])('does not take %o', async (json) => {
    expect((await call('POST', MAILBOXES, json)).status).toBe(422)
  })
})

describe('where mail goes', () => {
  const judged = async (email: string) => (await judgeMail(town.ctx, email)).kind

  test('a domain whose mail is taken by hosts that are kept out is one of them', async () => {
    expect(await judged('a@cover.example')).toBe('pass')
    const path = '/api/v1/admin/email_domain_blocks'
    const { id } = (await call('POST', path, { domain: 'spam.example' })).body
    expect(await judged('a@cover.example')).toBe('refused')
    expect(await judged('a@other.example')).toBe('pass')
    expect((await call('GET', `${path}/${id}`)).body.history[0].uses).toBe('1')
    await call('DELETE', `${path}/${id}`)
    await call('POST', path, { domain: 'spam.example', allow_with_approval: true })
    expect(await judgeSignUp(town.ctx, { username: 'kelpie', email: 'a@cover.example' })).toEqual({
      kind: 'approval',
      why: ['exchanger'],
    })
  })

  test('an address for ten minutes waits, is refused or taken, as the team wishes', async () => {
    const email = 'a@mailinator.com'
    const asked = async () => (await judgeSignUp(town.ctx, { username: 'kelpie', email })).kind
    expect(await asked()).toBe('approval')
    await writeSetting(town.ctx, 'disposable_mail', 'refuse')
    expect(await asked()).toBe('refused')
    await writeSetting(town.ctx, 'disposable_mail', 'allow')
    expect(await asked()).toBe('pass')
  })
})
