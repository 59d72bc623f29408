import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startFurnishedTown } from '#test/furnished-town'
import { runInProcess } from '#test/in-process'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const dumps = join(import.meta.dirname, 'fixtures/dumps')
const MOST_BYTES = 400_000
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hamlet-dumps-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * `HAMLET_TEST_DUMP=2026-11-27 npx vitest run --project server test/dumps` keeps a furnished town as it is today. A dump is
 * made when a larger piece of work is done, and never again: what it holds is what servers out there hold.
 */
test.runIf(process.env.HAMLET_TEST_DUMP)('a furnished town is kept as a dump', async () => {
  await using furnished = await startFurnishedTown()
  const { databaseUrl, ctx } = furnished.town
  const environment = { HAMLET_DATA_DIR: ctx.config.dataDir, DATABASE_URL: databaseUrl, HAMLET_DOMAIN: 'town.test' }
  const made = await runInProcess(['backup', '--to', folder, '--json'], environment)
  const { file } = JSON.parse(made.out) as { file: string }
  const packed = gzipSync(readFileSync(file), { level: 9 })
  writeFileSync(join(dumps, `${process.env.HAMLET_TEST_DUMP}.tar.gz`), packed)
})

describe('what an older Hamlet left is brought up to date, and its pages open', () => {
  test.each(readdirSync(dumps).map((name) => [name]))('%s', async (name) => {
    expect(statSync(join(dumps, name)).size).toBeLessThan(MOST_BYTES)
    const file = join(folder, basename(name, '.gz'))
    writeFileSync(file, gunzipSync(readFileSync(join(dumps, name))))
    const verified = await runInProcess(['backup', 'verify', file, '--json'], { HAMLET_DATA_DIR: folder })
    expect(verified).toMatchObject({ code: 0, error: '' })
    const told = JSON.parse(verified.out) as { pages: string[]; rows: number }
    expect(told.pages).toEqual(expect.arrayContaining(['/about', '/@ines', '/api/v1/timelines/home']))
    expect(told.rows).toBeGreaterThan(250)
  })
})
