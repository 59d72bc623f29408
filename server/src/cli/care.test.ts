import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import { runInProcess } from '#test/in-process'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let furnished: FurnishedTown
beforeAll(async () => {
  furnished = await startFurnishedTown()
})
afterAll(() => furnished[Symbol.asyncDispose]())

function hamlet(...args: string[]) {
  const { ctx, databaseUrl } = furnished.town
  return runInProcess(args, {
    HAMLET_DATA_DIR: ctx.config.dataDir,
    DATABASE_URL: databaseUrl,
    HAMLET_DOMAIN: 'town.test',
  })
}
const told = async (...args: string[]) => {
  const result = await hamlet(...args, '--json')
  expect(result).toMatchObject({ code: 0, error: '' })
  return JSON.parse(result.out)
}
const person = (username: string) =>
  furnished.town.ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .selectAll('users')
    .where('accounts.username', '=', username)
    .executeTakeFirstOrThrow()

test('a person gets another role and address, is shut out and let in, and signs in anew; the book keeps it', async () => {
  const { town } = furnished
  const ida = await town.person('ida')
  await told('accounts', 'modify', 'ida', '--role', 'moderator', '--email', 'new@example.org', '--confirm')
  expect(await person('ida')).toMatchObject({ email: 'new@example.org', role_id: expect.any(String) })
  const me = () => town.call('GET', '/api/v1/accounts/verify_credentials', { token: ida.token })
  expect((await me()).body.role).toMatchObject({ name: 'Moderator' })
  await told('accounts', 'modify', 'ida', '--disable')
  expect((await me()).status).toBe(403)
  await told('accounts', 'modify', 'ida', '--enable')
  expect((await me()).status).toBe(200)
  const { password } = await told('accounts', 'modify', 'ida', '--reset-password')
  expect(password).toMatch(/^.{20}$/)
  await town.settled()
  expect((await me()).status).toBe(401)
  const book = await town.ctx.db.selectFrom('audit_log').select('details').where('action', '=', 'user.change').execute()
  expect(JSON.stringify(book)).not.toContain('new@example.org')
  expect(book.length).toBeGreaterThan(0)
})

test.each([
  [['accounts', 'modify', 'nobody', '--confirm'], /no account @nobody/],
  [['accounts', 'modify', 'ines'], /Say what to change/],
  [['accounts', 'modify', 'ines', '--email', 'x'], /no e-mail address/],
  [['accounts', 'modify', 'ines', '--email', 'BRAM@example.org'], /Somebody else here has this address/],
  [['accounts', 'modify', 'ines', '--enable', '--disable'], /not both/],
  [['accounts', 'modify', 'ines', '--role', 'king'], /Choose one of/],
  [['accounts', 'approve'], /NAME, --number N or --all/],
  [['accounts', 'approve', 'ines'], /decided already/],
  [['accounts', 'reset-relationships', 'ines'], /--follows, --followers or both/],
  [['accounts', 'unfollow', 'ghost@far.example'], /Nobody here knows/],
  [['media', 'lookup', '/etc/passwd'], /no address of a file/],
  [['media', 'lookup', 'https://town.test/media/original/aa/bb.webp'], /No post and no upload/],
  [['media', 'remove', '--days', 'soon'], /no number of days/],
  [['media', 'refresh', '--domain', 'a b'], /not a host name/],
  [['jobs', 'retry'], /NUMBER, --kind KIND or --all/],
  [['jobs', 'retry', 'x'], /no number of a job/],
])('%j is one line that says what to do', async (args, message) => {
  const result = await hamlet(...args)
  expect(result).toMatchObject({ code: 1, out: '', error: expect.stringMatching(message) })
})

test('those who wait are let in, the longest waiting first; a dry run lets nobody in', async () => {
  const { town } = furnished
  for (const name of ['wanda', 'wilma', 'wim']) {
    await town.person(name)
    await sql`update users set approved_at = null from user_accounts u join accounts a on a.id = u.account_id
      where u.user_id = users.id and a.username = ${name}`.execute(town.ctx.db)
  }
  const waiting = async () =>
    (await town.ctx.db.selectFrom('users').select('email').where('approved_at', 'is', null).execute()).length
  const all = await waiting()
  expect(all).toBeGreaterThanOrEqual(3)
  expect(await told('accounts', 'approve', '--all', '--dry-run')).toMatchObject({ approved: { length: all } })
  expect(await waiting()).toBe(all)
  expect(await told('accounts', 'approve', '--number', '2')).toMatchObject({ approved: { length: 2 } })
  expect(await waiting()).toBe(all - 2)
  expect(await told('accounts', 'approve', '--all')).toMatchObject({ approved: { length: all - 2 } })
  expect(await waiting()).toBe(0)
})

test('relations end by command, both ways', async () => {
  const { town, ines, bram } = furnished
  const counts = async () => {
    const answer = await town.call('GET', `/api/v1/accounts/${ines.accountId}`, { token: bram.token })
    return [answer.body.following_count, answer.body.followers_count]
  }
  expect(await counts()).toEqual([1, 1])
  const both = ['accounts', 'reset-relationships', 'ines', '--follows', '--followers']
  expect(await told(...both, '--dry-run')).toMatchObject({ follows: 1, followers: 1, dryRun: true })
  expect(await counts()).toEqual([1, 1])
  expect(await told(...both)).toMatchObject({ follows: 1, followers: 1 })
  expect(await counts()).toEqual([0, 0])
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: bram.token })
  expect(await told('accounts', 'unfollow', 'ines@town.test', '--dry-run')).toMatchObject({ unfollowed: 1 })
  expect(await counts()).toEqual([0, 1])
  await told('accounts', 'unfollow', '@ines')
  expect(await counts()).toEqual([0, 0])
})

test('files: how much room they take, whose one is, and what nothing names', async () => {
  const { town, post, ines } = furnished
  const { usage, bytes } = await told('media', 'usage')
  expect(usage.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['original', 'small', 'emoji']),
  )
  expect(bytes).toBeGreaterThan(100)
  const row = await town.ctx.db
    .selectFrom('media')
    .select('original_key')
    .where('status_id', '=', post.id)
    .executeTakeFirstOrThrow()
  expect(await told('media', 'lookup', `https://town.test/media/${row.original_key}`)).toMatchObject({
    kind: 'post',
    accountId: ines.accountId,
    statusId: post.id,
  })
  const orphan = join(town.ctx.config.dataDir, 'media/original/zz', `${'z'.repeat(48)}.webp`)
  mkdirSync(join(orphan, '..'), { recursive: true })
  writeFileSync(orphan, 'lost')
  utimesSync(orphan, 0, 0)
  expect(await told('media', 'remove-orphans', '--dry-run')).toMatchObject({ files: 1, dryRun: true })
  expect(existsSync(orphan)).toBe(true)
  expect(await told('media', 'remove-orphans')).toMatchObject({ files: 1 })
  expect(existsSync(orphan)).toBe(false)
  expect(existsSync(join(town.ctx.config.dataDir, 'media', String(row.original_key)))).toBe(true)
})

test('pictures of others go when nobody looked at them, or when they are to be fetched anew', async () => {
  const { town } = furnished
  const keep = (signature: string, host: string, days: number) =>
    sql`
    insert into remote_pictures (signature, kind, subject_id, account_id, account_host, url, host, original_key, bytes, asked_at)
    values (${signature}, 'attachment', 1, 1, ${host}, ${`https://${host}/${signature}`}, ${host},
      ${`cached/aa/${signature}.webp`}, 1000, ${new Date(Date.now() - days * 86_400_000).toISOString()})`.execute(
      town.ctx.db,
    )
  await keep('a', 'far.example', 10)
  await keep('b', 'far.example', 1)
  await keep('c', 'other.example', 1)
  expect(await told('media', 'remove', '--dry-run')).toMatchObject({ count: 1, bytes: 1000 })
  expect(await told('media', 'remove')).toMatchObject({ count: 1 })
  expect(await told('media', 'refresh', '--domain', 'far.example')).toMatchObject({ pictures: 1 })
  expect(await town.ctx.db.selectFrom('remote_pictures').select('signature').execute()).toEqual([{ signature: 'c' }])
})

test('emoji are written into a folder, and never over what is there unless that is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-emoji-'))
  try {
    expect(await told('emoji', 'export', folder)).toEqual({ exported: [expect.stringMatching(/^fern\.\w+$/)] })
    expect(readdirSync(folder)).toHaveLength(1)
    expect((await hamlet('emoji', 'export', folder)).error).toMatch(/there already. With --overwrite/)
    expect(await told('emoji', 'export', folder, '--overwrite')).toMatchObject({ exported: { length: 1 } })
    expect(await told('emoji', 'export', folder, '--category', 'None')).toEqual({ exported: [] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('search is built anew', async () => {
  const { indexes } = await told('search', 'rebuild')
  expect(indexes).toEqual(expect.arrayContaining(['statuses_runs']))
})

test('work that was given up is shown, and tried again', async () => {
  const { town } = furnished
  await sql`insert into jobs (kind, class, payload, max_attempts, attempts, failed_at, last_error)
    values ('platform.prune-jobs', 'slow', '{}', 3, 3, now(), 'it broke')`.execute(town.ctx.db)
  const { jobs } = await told('jobs', 'list')
  expect(jobs).toEqual([expect.objectContaining({ kind: 'platform.prune-jobs', last_error: 'it broke' })])
  expect(await told('jobs', 'retry', '--kind', 'nothing')).toEqual({ retried: 0 })
  expect(await told('jobs', 'retry', jobs[0].id)).toEqual({ retried: 1 })
  await town.settled()
  expect(await told('jobs', 'list')).toEqual({ jobs: [] })
})
