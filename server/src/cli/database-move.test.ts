import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeEmptyDatabase } from '#test/empty-database'
import { runInProcess } from '#test/in-process'
import pg from 'pg'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let dataDir = ''
const hamlet = (...args: string[]) => runInProcess(args, { HAMLET_DATA_DIR: dataDir, PORT: '3996' })

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hamlet-move-'))
  chmodSync(dataDir, 0o711)
  const made = await hamlet('accounts', 'create', 'ida', '--email', 'ida@example.org', '--confirmed', '--json')
  expect(made).toMatchObject({ code: 0 })
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test.each([
  [['--to', 'hello'], /not an address such as postgres:/],
  [['--to', 'postgres://db.example'], /not an address such as postgres:/],
  [['--to', 'postgres://nobody@127.0.0.1:1/x'], /does not answer: .*ECONNREFUSED/],
  [[], /--to is missing/],
])('%j is refused, and nothing is changed', async (args, message) => {
  expect(await hamlet('database', 'move', ...args)).toMatchObject({ code: 1, error: expect.stringMatching(message) })
  expect(existsSync(join(dataDir, 'hamlet.env'))).toBe(false)
})

test('a dry run looks and does nothing; then everything moves, the next command uses it, and the old one stays', async () => {
  await using target = await makeEmptyDatabase()
  const tables = async () => {
    const client = new pg.Client({ connectionString: target.url })
    await client.connect()
    const found = await client.query(`select tablename from pg_tables where schemaname = 'public'`)
    await client.end()
    return found.rowCount ?? 0
  }
  const dry = await hamlet('database', 'move', '--to', target.url, '--dry-run', '--json')
  expect(JSON.parse(dry.out)).toMatchObject({ moved: false, tables: expect.any(Number) })
  expect([existsSync(join(dataDir, 'hamlet.env')), await tables()]).toEqual([false, 0])

  const moved = await hamlet('database', 'move', '--to', target.url, '--json')
  expect(moved).toMatchObject({ code: 0, error: '' })
  const told = JSON.parse(moved.out) as { tables: number; rows: number }
  expect(told).toMatchObject({ moved: true, rows: expect.any(Number) })
  expect(await tables()).toBe(told.tables)
  expect(readFileSync(join(dataDir, 'hamlet.env'), 'utf8')).toBe(`DATABASE_URL=${target.url}\n`)
  expect(statSync(join(dataDir, 'hamlet.env')).mode & 0o777).toBe(0o600)
  expect(existsSync(join(dataDir, 'pg/18/PG_VERSION'))).toBe(true)

  const again = await hamlet('accounts', 'create', 'ida', '--email', 'b@example.org')
  expect(again.error).toMatch(/Username has already been taken/)
  expect((await hamlet('tokens', 'create', 'ida', '--json')).code).toBe(0)
  expect((await hamlet('database', 'move', '--to', target.url)).error).toMatch(/DATABASE_URL is set already/)
})

test('a database that holds something is left alone', async () => {
  await using target = await makeEmptyDatabase()
  const client = new pg.Client({ connectionString: target.url })
  await client.connect()
  await client.query('create table notes (text text)')
  await client.end()
  rmSync(join(dataDir, 'hamlet.env'), { force: true })
  expect((await hamlet('database', 'move', '--to', target.url)).error).toMatch(/already holds something.*--replace/)
  expect(existsSync(join(dataDir, 'hamlet.env'))).toBe(false)
})
