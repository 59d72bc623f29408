import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { countRows } from '#test/count-rows'
import { makeEmptyDatabase } from '#test/empty-database'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import { runInProcess } from '#test/in-process'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let furnished: FurnishedTown
let folder = ''
let file = ''
let counts: Record<string, number> = {}

const own = () => ({
  HAMLET_DATA_DIR: furnished.town.ctx.config.dataDir,
  DATABASE_URL: furnished.town.databaseUrl,
  HAMLET_DOMAIN: 'town.test',
})
const hamlet = (args: string[], environment: Record<string, string>) => runInProcess(args, environment)

beforeAll(async () => {
  furnished = await startFurnishedTown()
  folder = mkdtempSync(join(tmpdir(), 'hamlet-backup-'))
  const { dataDir } = furnished.town.ctx.config
  mkdirSync(join(dataDir, 'media/cached'), { recursive: true })
  writeFileSync(join(dataDir, 'media/cached/far.webp'), 'far')
  writeFileSync(join(dataDir, 'hamlet.env'), 'HAMLET_MAIL_FROM=post@town.test\nDATABASE_URL=postgres://old.example/x\n')
  await waitToSend(furnished.town.databaseUrl)
  counts = await countRows(furnished.town.ctx)
  const made = await hamlet(['backup', '--to', folder, '--json'], own())
  expect(made).toMatchObject({ code: 0, error: '' })
  file = (JSON.parse(made.out) as { file: string }).file
})
afterAll(async () => {
  await furnished[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** A mail and a post for another server whose hour has not come, and work that concerns nobody else. */
async function waitToSend(url: string): Promise<void> {
  const later = `now() + interval '1 day'`
  await ask(
    url,
    `insert into jobs (kind, class, payload, max_attempts, run_at) values
    ('users.mail-approved', 'default', '{}', 3, ${later}), ('media.delete-files', 'slow', '{"keys":[]}', 3, ${later})`,
  )
  await ask(
    url,
    `insert into outbound_activities (id, account_id, type, body, created_at) values (1, 1, 'Create', '{}', now())`,
  )
  await ask(
    url,
    `insert into deliveries (activity_id, inbox_url, host, next_at)
    values (1, 'https://far.example/inbox', 'far.example', ${later})`,
  )
}

const WAITING = `select (select string_agg(kind, ',') from jobs where kind in ('users.mail-approved', 'media.delete-files')) as jobs,
  (select state from deliveries where activity_id = 1) as delivery`

/** An empty place for a server: a data folder, and a database without a table. */
async function emptyPlace() {
  const database = await makeEmptyDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-restored-'))
  return {
    dataDir,
    database,
    environment: { HAMLET_DATA_DIR: dataDir, DATABASE_URL: database.url, HAMLET_DOMAIN: 'town.test' },
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function ask<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

test('a backup is one file that nobody else can read, and leaves nothing behind', () => {
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^hamlet-town\.test-\d{8}-\d{6}\.tar$/)])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(furnished.town.ctx.config.dataDir).filter((name) => name.startsWith('.'))).toEqual([
    '.last-backup',
  ])
})

test('a disk that is too small is told of before anything is written', async () => {
  const vast = join(furnished.town.ctx.config.dataDir, 'media/original/vast.bin')
  writeFileSync(vast, '')
  // A file of four terabytes that takes no room.
  truncateSync(vast, 2 ** 42)
  try {
    const refused = await hamlet(['backup', '--to', folder], own())
    expect(refused).toMatchObject({ code: 1, error: expect.stringMatching(/too little room.*--to names another/) })
    expect(readdirSync(folder)).toHaveLength(1)
    expect(readdirSync(furnished.town.ctx.config.dataDir).filter((name) => name.startsWith('.backup'))).toEqual([])
  } finally {
    rmSync(vast)
  }
})

test('any tar opens it, and the hashes in it are right', () => {
  const unpacked = mkdtempSync(join(tmpdir(), 'hamlet-unpacked-'))
  try {
    expect(spawnSync('tar', ['-xf', file, '-C', unpacked]).status).toBe(0)
    const checked = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: unpacked, encoding: 'utf8' })
    expect(checked).toMatchObject({ status: 0, stdout: '' })
    expect(readFileSync(join(unpacked, 'files/secrets/vapid'), 'utf8')).toBe(
      readFileSync(join(furnished.town.ctx.config.dataDir, 'secrets/vapid'), 'utf8'),
    )
    expect(existsSync(join(unpacked, 'files/media/cached/far.webp'))).toBe(true)
  } finally {
    rmSync(unpacked, { recursive: true, force: true })
  }
})

test('a backup of what is local leaves out posts of others that nobody here touched, and is whole in itself', async () => {
  const { town, ines, post } = furnished
  const remote = (id: number, answers: string | null) =>
    sql`
    insert into statuses (id, conversation_id, account_id, uri, url, content, text, visibility, is_local, created_at, in_reply_to_id)
    select ${id}, ${id}, ${ines.accountId}, 'https://far.example/' || ${id}, 'https://far.example/' || ${id}, 'x', 'x', 'public',
      false, now(), ${answers}::bigint`.execute(town.ctx.db)
  await remote(11, null)
  await remote(12, '11')
  await remote(13, null)
  await remote(14, post.id)
  await sql`insert into media (id, account_id, status_id, type, content_type, created_at)
    values (21, ${ines.accountId}, 13, 'image', 'image/webp', now()), (22, ${ines.accountId}, 12, 'image', 'image/webp', now())`.execute(
    town.ctx.db,
  )
  await sql`insert into bookmarks (id, account_id, status_id, created_at) values (31, ${ines.accountId}, 12, now())`.execute(
    town.ctx.db,
  )
  const made = JSON.parse((await hamlet(['backup', '--to', folder, '--local-only', '--json'], own())).out)
  expect(made.file).toMatch(/-local\.tar$/)
  try {
    await using place = await emptyPlace()
    expect(await hamlet(['restore', made.file], place.environment)).toMatchObject({ code: 0, error: '' })
    const ids = async (statement: string) =>
      (await ask<{ id: string }>(place.database.url, statement)).map(({ id }) => id)
    // 12 is bookmarked and answers 11; nobody did anything with 13, nor with an answer to a post from here.
    expect(await ids('select id from statuses where not is_local order by id')).toEqual(['11', '12'])
    expect(await ids('select id from media where id < 100')).toEqual(['22'])
    const local = 'select count(*)::text as id from statuses where is_local'
    expect(await ids(local)).toEqual((await ask<{ id: string }>(town.databaseUrl, local)).map(({ id }) => id))
    expect(existsSync(join(place.dataDir, 'media/cached'))).toBe(false)
    expect(existsSync(join(place.dataDir, 'media/original'))).toBe(true)
  } finally {
    rmSync(made.file)
  }
})

test('a column that refers to a post is one that such a backup knows: else it could not be restored', async () => {
  const found = await ask<{ name: string }>(
    furnished.town.databaseUrl,
    `select distinct a.attname as name from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
     where c.contype = 'f' and c.confrelid in ('statuses'::regclass, 'polls'::regclass) order by 1`,
  )
  expect(found.map(({ name }) => name)).toEqual(['quoted_status_id', 'reblog_of_id', 'status_id'])
})

test('verify restores it aside, compares everything, signs in and opens pages', async () => {
  const verified = await hamlet(['backup', 'verify', file, '--json'], own())
  expect(verified.error).toBe('')
  const told = JSON.parse(verified.out)
  expect(told).toMatchObject({ ok: true, domain: 'town.test' })
  expect(told.pages).toEqual(expect.arrayContaining(['/about', '/api/v1/timelines/home', '/@ines']))
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('hamlet-verify-'))).toEqual([])
})

test('restore makes an empty place the same server, which goes on with numbers nobody has seen', async () => {
  await using place = await emptyPlace()
  const restored = await hamlet(['restore', file, '--json'], place.environment)
  expect(restored).toMatchObject({ code: 0, error: '' })
  const each = Object.keys(counts).map((table) => `select '${table}' as name, count(*)::int as n from ${table}`)
  const rows = await ask<{ name: string; n: number }>(place.database.url, each.join(' union all '))
  expect(Object.fromEntries(rows.map(({ name, n }) => [name, n]))).toEqual(counts)
  const [last] = await ask<{ last: string }>(
    furnished.town.databaseUrl,
    'select max(id)::text as last from notifications',
  )
  const [next] = await ask<{ next: string }>(place.database.url, `select nextval('notifications_id_seq')::text as next`)
  expect(BigInt(next?.next ?? 0) - BigInt(last?.last ?? 0)).toBeGreaterThan(99_999n)
  // Which database is used is a matter of the machine.
  expect(readFileSync(join(place.dataDir, 'hamlet.env'), 'utf8')).toBe('HAMLET_MAIL_FROM=post@town.test\n')
  expect(readdirSync(place.dataDir).toSorted()).toEqual(['archives', 'hamlet.env', 'media', 'secrets'])
  const shape = `select string_agg(indexdef, ';' order by indexname) as text from pg_indexes where schemaname = 'public'`
  expect(await ask(place.database.url, shape)).toEqual(await ask(furnished.town.databaseUrl, shape))
  const references = `select count(*)::int as n, bool_and(convalidated) as ok from pg_constraint where contype = 'f'`
  expect(await ask(place.database.url, references)).toEqual(await ask(furnished.town.databaseUrl, references))
})

test('what is there is not written over unless that is said, and then nothing of it stays', async () => {
  await using place = await emptyPlace()
  writeFileSync(join(place.dataDir, 'hamlet.env'), 'DATABASE_URL=postgres://mine.example/x\n')
  expect((await hamlet(['restore', file], place.environment)).error).toMatch(/hamlet\.env in .* already.*--replace/)
  rmSync(join(place.dataDir, 'hamlet.env'))
  await ask(place.database.url, 'create table notes (text text)')
  expect((await hamlet(['restore', file], place.environment)).error).toMatch(/database already holds.*--replace/)
  expect(readdirSync(place.dataDir)).toEqual([])
  mkdirSync(join(place.dataDir, 'media'))
  writeFileSync(join(place.dataDir, 'media/old.webp'), 'old')
  writeFileSync(join(place.dataDir, 'hamlet.env'), 'DATABASE_URL=postgres://mine.example/x\n')
  expect(await hamlet(['restore', file, '--replace'], place.environment)).toMatchObject({ code: 0, error: '' })
  expect(existsSync(join(place.dataDir, 'media/old.webp'))).toBe(false)
  expect(await ask(place.database.url, `select to_regclass('notes')::text as name`)).toEqual([{ name: null }])
  expect(readFileSync(join(place.dataDir, 'hamlet.env'), 'utf8')).toBe(
    'HAMLET_MAIL_FROM=post@town.test\nDATABASE_URL=postgres://mine.example/x\n',
  )
})

test('what was waiting to be sent is set aside, since it may have gone out since; unless that is ruled out', async () => {
  await using place = await emptyPlace()
  await hamlet(['restore', file], place.environment)
  expect(await ask(place.database.url, WAITING)).toEqual([{ jobs: 'media.delete-files', delivery: 'dead' }])
  const again = await hamlet(['restore', file, '--replace', '--keep-outgoing'], place.environment)
  expect(again).toMatchObject({ code: 0, error: '' })
  const [kept] = await ask<{ jobs: string; delivery: string }>(place.database.url, WAITING)
  expect(kept?.jobs.split(',').toSorted()).toEqual(['media.delete-files', 'users.mail-approved'])
  expect(kept?.delivery).toBe('waiting')
})

test('a restore that was cut off after its database was there is finished by the next command; another is not', async () => {
  await using place = await emptyPlace()
  await hamlet(['restore', file], place.environment)
  const [mark] = await ask<{ mark: string }>(
    place.database.url,
    `select obj_description('migrations'::regclass, 'pg_class') as mark`,
  )
  const fresh = join(place.dataDir, '.restoring/new/media/original/aa')
  mkdirSync(fresh, { recursive: true })
  writeFileSync(join(fresh, 'late.webp'), 'late')
  writeFileSync(join(place.dataDir, '.restoring/mark'), 'restored something else')
  expect((await hamlet(['settings', 'get', 'title'], place.environment)).code).toBe(0)
  expect(existsSync(join(place.dataDir, 'media/original/aa/late.webp'))).toBe(false)
  writeFileSync(join(place.dataDir, '.restoring/mark'), mark?.mark ?? '')
  expect((await hamlet(['settings', 'get', 'title'], place.environment)).code).toBe(0)
  expect(existsSync(join(place.dataDir, 'media/original/aa/late.webp'))).toBe(true)
  expect(existsSync(join(place.dataDir, '.restoring'))).toBe(false)
})

test('a database that is in use is left alone', async () => {
  await using place = await emptyPlace()
  const other = new pg.Client({ connectionString: place.database.url })
  await other.connect()
  try {
    expect((await hamlet(['restore', file], place.environment)).error).toMatch(/in use\. Stop the server/)
  } finally {
    await other.end()
  }
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4096), /ends too early/],
  [
    'changed within',
    (bytes: Buffer) => {
      const at = bytes.indexOf('database/statuses.00000.copy.gz') + 512 + 40
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      return copy
    },
    /statuses\.00000\.copy\.gz in this backup is damaged/,
  ],
  ['something else', () => Buffer.from('hello'.repeat(1000)), /damaged, or is not a backup/],
  ['of the future', (bytes: Buffer) => replaceOnce(bytes, '"format": 1,', '"format": 2,'), /newer Hamlet/],
])('a backup that is %s is refused, and all is as before', async (_what, spoil, message) => {
  await using place = await emptyPlace()
  const spoilt = join(place.dataDir, '../', `spoilt-${place.database.name}.tar`)
  writeFileSync(spoilt, spoil(readFileSync(file)))
  try {
    const result = await hamlet(['restore', spoilt], place.environment)
    expect(result).toMatchObject({ code: 1, out: '', error: expect.stringMatching(message) })
    expect(readdirSync(place.dataDir)).toEqual([])
    expect(await ask(place.database.url, `select 1 from pg_tables where schemaname = 'public'`)).toEqual([])
  } finally {
    rmSync(spoilt)
  }
})

function replaceOnce(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.lastIndexOf(from)
  expect(at).toBeGreaterThan(0)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)])
}
