import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findShutHosts, setDomainPolicy, findPoliciesFor } from '#features/domains'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { transact } from '#platform/context'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let mod: Person
const path = '/api/v1/admin/domain_blocks'
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  mod = await town.person('mod', 'read write admin:read admin:write')
  const admin = { role_id: requireRoleId('admin') }
  await town.ctx.db.updateTable('users').set(admin).where('id', '=', mod.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (method: string, to: string, json?: Record<string, unknown>) =>
  town.call(method, to, { token: mod.token, ...(json ? { json } : {}) })

test('a server is limited, treated otherwise and let go, each with a line in the log', async () => {
  const made = await act('POST', path, { domain: 'Noisy.Example', public_comment: 'noise', reject_media: true })
  expect(made.status).toBe(200)
  const whole = { domain: 'noisy.example', severity: 'silence', reject_media: true, reject_reports: false }
  expect(made.body).toMatchObject({ ...whole, public_comment: 'noise', private_comment: '', obfuscate: false })
  expect(made.body.hamlet).toEqual({ expires_at: null })
  const changed = await act('PUT', `${path}/${made.body.id}`, { severity: 'suspend', private_comment: 'again' })
  expect(changed.body).toMatchObject({
    ...whole,
    severity: 'suspend',
    private_comment: 'again',
    public_comment: 'noise',
  })
  expect((await act('GET', `${path}/${made.body.id}`)).body).toEqual(changed.body)
  expect((await act('DELETE', `${path}/${made.body.id}`)).body).toEqual({})
  expect((await act('DELETE', `${path}/${made.body.id}`)).status).toBe(404)
  const log = await act('GET', '/api/web/admin/log')
  const actions = log.body
    .slice(0, 3)
    .map((one: { action: string; target_label: string }) => [one.action, one.target_label])
  expect(actions).toEqual([
    ['domain.allow', 'noisy.example'],
    ['domain.suspend', 'noisy.example'],
    ['domain.silence', 'noisy.example'],
  ])
})

test('what is on the list already, itself or under a name as strict, is shown and not written', async () => {
  const suspended = (await act('POST', path, { domain: 'bad.example', severity: 'suspend' })).body
  for (const domain of ['bad.example', 'deep.bad.example']) {
    const again = await act('POST', path, { domain, severity: 'silence' })
    expect([again.status, again.body.existing_domain_block]).toEqual([422, suspended])
  }
  const limited = (await act('POST', path, { domain: 'loud.example' })).body
  const stricter = await act('POST', path, { domain: 'worse.loud.example', severity: 'suspend' })
  expect(stricter.status).toBe(200)
  expect((await act('POST', path, { domain: 'loud.example', severity: 'suspend' })).body.existing_domain_block).toEqual(
    limited,
  )
})

test('names that are none, and our own, are refused, and so is an end that is over', async () => {
  const wrong = [{}, { domain: '' }, { domain: 'a b' }, { domain: 'town.test' }, { domain: 'test' }, { domain: 'x/y' }]
  for (const json of wrong) expect([json, (await act('POST', path, json)).status]).toEqual([json, 422])
  for (const expires_at of ['yesterday', '2020-01-01T00:00:00Z'])
    expect((await act('POST', path, { domain: 'late.example', expires_at })).status).toBe(422)
  expect((await act('POST', path, { domain: 'x.example', severity: 'burn' })).status).toBe(422)
})

test('a policy holds below its name; the longest name wins; other names that end alike are others', async () => {
  await transact(town.ctx, async (tx) => {
    await setDomainPolicy(tx, null, 'deep.example', { severity: 'noop' })
    await setDomainPolicy(tx, null, 'ok.deep.example', { severity: 'noop' })
    await setDomainPolicy(tx, null, 'deep.example', { severity: 'suspend' })
  })
  const hosts = [
    'deep.example',
    'a.deep.example',
    'a.b.deep.example',
    'ok.deep.example',
    'notdeep.example',
    'a.ok.deep.example',
  ]
  expect([...(await findShutHosts(town.ctx, hosts))].sort()).toEqual([
    'a.b.deep.example',
    'a.deep.example',
    'deep.example',
  ])
})

test('a policy with an end ends by itself, and not before', async () => {
  const at = town.clock.now().getTime() + 3_600_000
  const made = await act('POST', path, { domain: 'short.example', expires_at: new Date(at).toISOString() })
  expect(made.body.hamlet.expires_at).toBe(new Date(at).toISOString())
  const end = async () => {
    await town.ctx.db
      .updateTable('jobs')
      .set({ run_at: new Date(0).toISOString() })
      .where('kind', '=', 'domains.end-policy')
      .execute()
    await town.settled()
    return (await findPoliciesFor(town.ctx, ['short.example'])).has('short.example')
  }
  const row = await town.ctx.db
    .selectFrom('jobs')
    .select('payload')
    .where('kind', '=', 'domains.end-policy')
    .executeTakeFirstOrThrow()
  expect(row.payload).toEqual({ policyId: made.body.id })
  town.clock.advance(3_600_001)
  expect(await end()).toBe(false)
})

test('the list is paged, the newest first, in one query whatever the page', async () => {
  for (let n = 0; n < 7; n += 1) await act('POST', path, { domain: `page${n}.example` })
  const first = await act('GET', `${path}?limit=3`)
  expect(first.body.map((one: { domain: string }) => one.domain)).toEqual([
    'page6.example',
    'page5.example',
    'page4.example',
  ])
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const second = await act('GET', next.replace(town.ctx.config.url, ''))
  expect(second.body[0].domain).toBe('page3.example')
  const cost = (limit: number) => town.countStatements(() => act('GET', `${path}?limit=${limit}`))
  expect(await cost(1)).toBe(await cost(7))
})

test('servers are let in by name; twice is once', async () => {
  const allows = '/api/v1/admin/domain_allows'
  const made = await act('POST', allows, { domain: 'friend.example' })
  expect(made.body).toMatchObject({ domain: 'friend.example' })
  expect((await act('POST', allows, { domain: 'friend.example' })).body).toEqual(made.body)
  expect((await act('GET', allows)).body).toEqual([made.body])
  expect((await act('GET', `${allows}/${made.body.id}`)).body).toEqual(made.body)
  expect((await act('DELETE', `${allows}/${made.body.id}`)).body).toEqual(made.body)
  expect((await act('GET', allows)).body).toEqual([])
  expect((await act('POST', allows, { domain: 'town.test' })).status).toBe(422)
})

test('who may read the list reads it, with names and reasons as far as the team shows them', async () => {
  await act('POST', path, { domain: 'secret.example', severity: 'suspend', obfuscate: true, public_comment: 'harm' })
  const list = '/api/v1/instance/domain_blocks'
  expect((await town.call('GET', list)).status).toBe(404)
  await writeSetting(town.ctx, 'show_domain_blocks', 'users')
  expect((await town.call('GET', list)).status).toBe(404)
  const seen = (await town.call('GET', list, { token: ines.token })).body as { digest: string; domain: string }[]
  const digest = createHash('sha256').update('secret.example').digest('hex')
  const hidden = seen.find((one) => one.domain.startsWith('secr') && one.domain.includes('*'))
  expect(hidden?.domain).toBe('secr**.****ple')
  expect(hidden).toMatchObject({ severity: 'suspend', comment: null, digest })
  await writeSetting(town.ctx, 'show_domain_blocks_rationale', 'users')
  const told = (await town.call('GET', list, { token: ines.token })).body as { comment: string; domain: string }[]
  expect(told.find((one) => one.domain === 'secr**.****ple')?.comment).toBe('harm')
})

test('whoever may not is told so', async () => {
  const other = await town.person('other', 'read write admin:read admin:write')
  for (const [method, to] of [
    ['GET', path],
    ['POST', path],
    ['GET', '/api/v1/admin/domain_allows'],
  ] as const)
    expect(
      (
        await town.call(method, to, {
          token: other.token,
          ...(method === 'POST' ? { json: { domain: 'q.example' } } : {}),
        })
      ).status,
    ).toBe(403)
})
