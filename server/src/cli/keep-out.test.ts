import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ensureDomain, findPurge } from '#features/domains'
import { readHost, type Host } from '#lib/host'
import { transact } from '#platform/context'
import { runInProcess } from '#test/in-process'
import { startTown, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

const hamlet = (...args: string[]) =>
  runInProcess(args, {
    HAMLET_DATA_DIR: town.ctx.config.dataDir,
    DATABASE_URL: town.databaseUrl,
    HAMLET_DOMAIN: 'town.test',
  })
const told = async (...args: string[]) => {
  const result = await hamlet(...args, '--json')
  expect(result).toMatchObject({ code: 0, error: '' })
  return JSON.parse(result.out)
}
const book = async (action: string) =>
  (
    await town.ctx.db
      .selectFrom('audit_log')
      .select(['actor_account_id', 'target_label'])
      .where('action', '=', action)
      .execute()
  ).map((row) => [row.actor_account_id, row.target_label])

test('addresses are kept out and let in; the book keeps it', async () => {
  const made = await told('ip-blocks', 'add', '192.0.2.0/24', '--comment', 'noise', '--days', '3')
  expect(made).toMatchObject({ network: '192.0.2.0/24', severity: 'sign_up_requires_approval' })
  const [row] = (await told('ip-blocks', 'export')).networks
  expect(row).toMatchObject({ network: '192.0.2.0/24', comment: 'noise', expires_at: expect.any(String) })
  expect((await hamlet('ip-blocks', 'add', '192.0.2.0/24')).error).toMatch(/already been taken/)
  expect(await told('ip-blocks', 'remove', '192.0.2.0/24', '--dry-run')).toMatchObject({ dryRun: true })
  expect((await told('ip-blocks', 'export')).networks).toHaveLength(1)
  await told('ip-blocks', 'remove', '192.0.2.0/24')
  expect((await told('ip-blocks', 'export')).networks).toEqual([])
  expect([await book('network.block'), await book('network.allow')]).toEqual([
    [[null, '192.0.2.0/24']],
    [[null, '192.0.2.0/24']],
  ])
})

test('so are domains of mail, and mailboxes however they are written', async () => {
  await told('email-domain-blocks', 'add', 'Spam.example', '--approval')
  expect((await told('email-domain-blocks', 'list')).domains).toEqual([{ domain: 'spam.example', approval: true }])
  await told('email-domain-blocks', 'remove', 'spam.example', '--dry-run')
  expect((await told('email-domain-blocks', 'list')).domains).toHaveLength(1)
  await told('email-domain-blocks', 'remove', 'spam.example')
  expect((await told('email-domain-blocks', 'list')).domains).toEqual([])
  await told('canonical-email-blocks', 'add', 'No.ise+more@mail.example')
  expect(await told('canonical-email-blocks', 'find', 'noise@mail.example')).toMatchObject({ blocked: true })
  await told('canonical-email-blocks', 'remove', 'noise@mail.example', '--dry-run')
  expect(await told('canonical-email-blocks', 'find', 'noise@mail.example')).toMatchObject({ blocked: true })
  await told('canonical-email-blocks', 'remove', 'noise@mail.example')
  expect(await told('canonical-email-blocks', 'find', 'noise@mail.example')).toEqual({ blocked: false })
})

test('a server is purged by command, once, and not by a dry run', async () => {
  await transact(town.ctx, (tx) => ensureDomain(tx, readHost('noisy.example') as Host))
  expect(await told('domains', 'purge', 'noisy.example', '--dry-run')).toMatchObject({ people: 0, dryRun: true })
  expect(await findPurge(town.ctx, 'noisy.example')).toBeUndefined()
  expect(await told('domains', 'purge', 'noisy.example', '--yes')).toMatchObject({ host: 'noisy.example', people: 0 })
  await town.settled()
  expect(await findPurge(town.ctx, 'noisy.example')).toMatchObject({ finished_at: expect.any(String) })
  expect(await book('domain.purge')).toEqual([[null, 'noisy.example']])
})

test.each([
  [['ip-blocks', 'add'], /Say which address/],
  [['ip-blocks', 'add', 'nowhere'], /not an address or a network/],
  [['ip-blocks', 'add', '192.0.2.1', '--severity', 'loud'], /must be one of/],
  [['ip-blocks', 'add', '192.0.2.1', '--days', '0'], /no number of days/],
  [['ip-blocks', 'remove', '192.0.2.9'], /not kept out/],
  [['email-domain-blocks', 'add', 'a b'], /not a valid domain/],
  [['email-domain-blocks', 'remove', 'nobody.example'], /not kept out/],
  [['canonical-email-blocks', 'add', 'nobody'], /no address/],
  [['canonical-email-blocks', 'remove', 'nobody@mail.example'], /not kept out/],
  [['domains', 'purge', 'noisy.example'], /--yes/],
  [['domains', 'purge', 'a b', '--yes'], /not a host name/],
  [['domains', 'purge', 'town.test', '--yes'], /./],
])('%j is one line that says what to do', async (args, message) => {
  expect(await hamlet(...args)).toMatchObject({ code: 1, out: '', error: expect.stringMatching(message) })
})
