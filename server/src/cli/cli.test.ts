import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { VERSION } from '#features/instance'
import { startEmbedded, type EmbeddedDatabase } from '#platform/db'
import { openBrowser } from '#test/browser'
import { makePicture } from '#test/pictures'
import { runCommand } from './run.ts'

const bin = join(import.meta.dirname, '../../bin/hamlet')
// A process loads the server and may start PostgreSQL; a busy machine takes seconds over each.
vi.setConfig({ testTimeout: 180_000 })
let dataDir = ''
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hamlet-cli-'))
  chmodSync(dataDir, 0o755)
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

type Ended = { code: number | null; out: string; error: string }

/** A process of its own: for what depends on being one. */
function hamlet(args: string[], environment: Record<string, string> = {}): Ended {
  const env = { ...process.env, PORT: '3997', HAMLET_DATA_DIR: dataDir, ...environment }
  const result = spawnSync(bin, args, { env, encoding: 'utf8' })
  return { code: result.status, out: result.stdout, error: result.stderr }
}

/** The same command in this process: loading the server costs more than all that a command does. */
async function command(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const all = { PORT: '3997', HAMLET_DATA_DIR: dataDir, ...environment }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value)
  const said = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += chunk.toString()
      return true
    }),
  )
  try {
    return { code: await runCommand(args), out: said.stdout, error: said.stderr }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

test('help is there for everything, without a database', async () => {
  expect(hamlet(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('hamlet accounts create NAME') })
  for (const name of [
    'start',
    'migrate',
    'accounts create',
    'tokens create',
    'settings get',
    'settings set',
    'domain set',
    'emoji add',
    'emoji import',
    'emoji list',
    'emoji remove',
    'announcements list',
    'announcements publish',
    'announcements remove',
    'doctor',
  ]) {
    expect(await command([...name.split(' '), '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`hamlet ${name}`),
    })
  }
  expect(existsSync(join(dataDir, 'pg'))).toBe(false)
})

/** Every module that a process loads is named on its standard error. */
const NAME_MODULES = `--import data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module"; registerHooks({ load(url, context, next) { process._rawDebug(url); return next(url, context) } })',
)}`

test.each([['--help'], ['--version'], ['start', '--help'], ['doctor', '--help'], ['fly']])(
  'hamlet %s %s loads no more of the house than the list of commands',
  (...args) => {
    const loaded = hamlet(args, { NODE_OPTIONS: NAME_MODULES }).error.match(/file:\S+/g) ?? []
    const own = loaded.map((url) => relative(join(import.meta.dirname, '..'), fileURLToPath(url)))
    expect(own.toSorted()).toEqual([
      'cli/care-commands.ts',
      'cli/command.ts',
      'cli/commands.ts',
      'cli/elsewhere-commands.ts',
      'cli/keep-out-commands.ts',
      'cli/keeping-commands.ts',
      'cli/run.ts',
      'cli/version.ts',
      'lib/refusal.ts',
      'main.ts',
    ])
  },
)

test('the version is that of the package, and what the server says of itself', () => {
  const { code, out } = hamlet(['--version'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^hamlet \d+\.\d+\.\d+\n$/)])
  expect(VERSION).toContain(out.trim().replace('h', 'H'))
})

test('commands work without a server, and leave no database running', () => {
  expect(hamlet(['migrate', '--json'])).toMatchObject({ code: 0, out: expect.stringContaining('rooms-first') })
  const made = JSON.parse(
    hamlet(['accounts', 'create', 'ida', '--email', 'ida@example.org', '--role', 'owner', '--confirmed', '--json']).out,
  )
  expect(made).toMatchObject({ username: 'ida', password: expect.stringMatching(/.{20}/) })
  expect(existsSync(join(dataDir, 'pg/18/postmaster.pid'))).toBe(false)
  expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700)
})

test('commands at the same time do not stop each other’s database', async () => {
  const env = { ...process.env, PORT: '3997', HAMLET_DATA_DIR: dataDir }
  const ends = Array.from({ length: 3 }, () => {
    const child = spawn(bin, ['settings', 'get', 'title'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    return new Promise<string>((done) => child.on('close', (code) => done(`${code} ${said}`)))
  })
  expect(await Promise.all(ends)).toEqual(['0 ', '0 ', '0 '])
})

describe('beside a database that runs', () => {
  let database: EmbeddedDatabase
  beforeAll(async () => {
    database = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
  })
  afterAll(() => database.stop())

  test('a process uses it, and leaves it running', () => {
    const token = JSON.parse(hamlet(['tokens', 'create', 'ida', '--scopes', 'read write follow push', '--json']).out)
    expect(token).toMatchObject({
      access_token: expect.stringMatching(/.{40}/),
      scope: 'read write follow push',
      token_type: 'Bearer',
    })
    expect(existsSync(join(dataDir, 'pg/18/postmaster.pid'))).toBe(true)
  })

  test('a process that fails says so in its code, and one line is all that it says', () => {
    const line = 'hamlet: Validation failed: Username has already been taken\n'
    const result = hamlet(['accounts', 'create', 'ida', '--email', 'b@example.org'])
    expect(result).toEqual({ code: 1, out: '', error: line })
  })

  test('a setting is kept', async () => {
    expect((await command(['settings', 'set', 'title', 'Skerry'])).code).toBe(0)
    expect((await command(['settings', 'get', 'title'])).out).toBe('title=Skerry\n')
    expect((await command(['settings', 'set', 'privacy_policy', 'We keep little.'])).code).toBe(0)
    expect((await command(['settings', 'get', 'privacy_policy'])).out).toBe('privacy_policy=We keep little.\n')
    expect((await command(['settings', 'set', 'peers_api', 'maybe'])).error).toMatch(/must be on or off/)
  })

  test('emoji come one by one and by the folder, are listed, and go', async () => {
    const folder = join(dataDir, 'emoji')
    mkdirSync(folder)
    const picture = await makePicture('png', { width: 32, height: 32 })
    for (const name of ['fern.png', 'moss.PNG', 'a b.png']) writeFileSync(join(folder, name), picture)
    writeFileSync(join(folder, 'broken.gif'), 'hello')
    writeFileSync(join(folder, 'readme.txt'), 'hello')
    const imported = await command(['emoji', 'import', folder, '--category', 'Plants', '--prefix', 'x_', '--json'])
    expect(JSON.parse(imported.out)).toMatchObject({
      added: ['x_fern', 'x_moss'],
      skipped: [{ file: 'a b.png' }, { file: 'broken.gif' }],
    })
    const file = join(folder, 'fern.png')
    expect((await command(['emoji', 'add', ':wave:', file, '--unlisted'])).out).toBe(':wave: is here.\n')
    expect((await command(['emoji', 'add', 'wave', file])).error).toMatch(/:wave: already.*--overwrite/)
    expect((await command(['emoji', 'add', 'wave', file, '--overwrite'])).code).toBe(0)
    expect((await command(['emoji', 'list'])).out).toBe(':x_fern:  Plants\n:x_moss:  Plants\n:wave:\n')
    expect((await command(['emoji', 'remove', 'wave'])).out).toBe(':wave: is gone.\n')
    expect((await command(['emoji', 'remove', 'wave'])).error).toMatch(/no emoji :wave:/)
  })

  test('announcements are published, listed and removed', async () => {
    expect((await command(['announcements', 'list'])).out).toBe('Nothing has been announced yet.\n')
    const made = await command(['announcements', 'publish', 'Tea at four', '--json'])
    const { id } = JSON.parse(made.out) as { id: string }
    expect((await command(['announcements', 'publish', 'Tea at four'])).error).toMatch(/that of another announcement/)
    const later = ['announcements', 'publish', 'Cake', '--at', '2099-01-31T20:00Z', '--json']
    expect(JSON.parse((await command(later)).out)).toMatchObject({ scheduled_at: '2099-01-31T20:00:00.000Z' })
    expect((await command(['announcements', 'list'])).out).toMatch(
      new RegExp(`^\\d+  scheduled  Cake\n${id}  published  Tea at four\n$`),
    )
    expect((await command(['announcements', 'remove', id])).out).toMatch(/^It is gone/)
    expect((await command(['announcements', 'remove', id])).error).toMatch(/no announcement/)
  })

  describe('errors are one line that says what to do', () => {
    test.each<[string[], RegExp]>([
      [['accounts', 'create'], /which name.*--help/],
      [['accounts', 'create', 'x'], /--email is missing/],
      [['emoji', 'add', 'fern'], /where its picture is/],
      [['emoji', 'add', 'fern', '/nowhere.png'], /no file at/],
      [['emoji', 'add', 'x', '/nowhere.png'], /no name for an emoji/],
      [['emoji', 'import', '/nowhere'], /no folder at/],
      [['announcements', 'publish'], /what is announced/],
      [['announcements', 'publish', 'x', '--at', 'soon'], /Scheduled at is not a date/],
      [['announcements', 'publish', 'x', '--ends', '2099-01-01'], /go together/],
      [['announcements', 'remove', 'x'], /is no number/],
      [['accounts', 'create', 'ida', '--email', 'b@example.org'], /Username has already been taken/],
      [['accounts', 'create', 'b', '--email', 'IDA@example.org'], /Email has already been taken/],
      [['accounts', 'create', 'b', '--email', 'b@example.org', '--password', 'short'], /Password needs 8 characters/],
      [
        ['accounts', 'create', 'b', '--email', 'b@example.org', '--role', 'king'],
        /Choose one of user, moderator, admin, owner/,
      ],
      [['tokens', 'create', 'nobody'], /no account @nobody/],
      [['settings', 'set', 'color', 'red'], /"color" is no setting/],
      [['domain', 'set', 'a b'], /not a host name/],
      [['doctor', '--outbound', 'a b'], /not a host name/],
      [['fly'], /no command "fly"/],
    ])('%j', async (args, message) => {
      const result = await command(args)
      expect(result.code).not.toBe(0)
      expect(result.error).toMatch(message)
      expect(result.error.trim().split('\n').length).toBe(1)
    })
  })

  test('the doctor says in words that nothing outside can be reached', async () => {
    const result = await command(['doctor', '--outbound', 'nowhere.invalid', '--json'])
    expect(result).toMatchObject({ code: 1, error: 'hamlet: Something needs your attention, see above.\n' })
    const { findings } = JSON.parse(result.out) as { findings: { check: string; ok: boolean; text: string }[] }
    expect(findings.filter(({ ok }) => !ok)).toEqual([
      { check: 'outbound', ok: false, text: expect.stringMatching(/nowhere\.invalid .*\.$/) },
    ])
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['database', 'mail']))
  })

  test('the domain can be changed until other servers know it, and the configuration must agree', async () => {
    expect(await command(['domain', 'set', 'Town.Example', '--json'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"to":"town.example","url":"https://town.example"'),
    })
    expect(readFileSync(join(dataDir, 'hamlet.env'), 'utf8')).toBe('HAMLET_DOMAIN=town.example\n')
    expect((await command(['settings', 'get'])).code).toBe(0)
    expect(hamlet(['settings', 'get'], { HAMLET_DOMAIN: 'other.example' })).toMatchObject({
      code: 1,
      error: expect.stringContaining('This database belongs to town.example'),
    })
  })
})

test('the wizard renames a server that runs: the same process serves again under the new name', async () => {
  const ownDir = mkdtempSync(join(tmpdir(), 'hamlet-cli-'))
  chmodSync(ownDir, 0o755)
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), HAMLET_DATA_DIR: ownDir, HAMLET_DOMAIN: '' }
  const server = spawn(bin, ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((done) => server.once('exit', done))
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const said = (words: RegExp) =>
    vi.waitFor(() => expect(output).toMatch(words), { timeout: 120_000, interval: 100 }).then(() => words.exec(output))
  try {
    const key = (await said(/\/set-up\?key=(\S+)/))?.[1] ?? ''
    const browser = openBrowser(`http://127.0.0.1:${port}`)
    const form = { username: 'oda', email: 'oda@example.org', password: 'battery staple' }
    expect((await browser.post('/set-up', { step: 'account', key, ...form })).status).toBe(303)
    await browser.post('/set-up', { step: 'village', village: 'yes' })
    const moving = await browser.post('/set-up', { step: 'address', host: 'town.example' })
    expect(moving.text).toContain(`http://127.0.0.1:${port}`)
    await said(/Hamlet is at https:\/\/town\.example \(listening on 127\.0\.0\.1:\d+\)/)
    const instance = await browser.api('GET', '/api/v2/instance')
    expect(instance.body).toMatchObject({
      domain: 'town.example',
      configuration: { urls: { about: 'https://town.example/' } },
    })
    expect((await browser.get('/@oda')).text).toContain('@oda@town.example')
    expect(server.exitCode).toBeNull()
    expect(server.kill('SIGTERM')).toBe(true)
    expect(await ended).toBe(0)
    expect(existsSync(join(ownDir, 'pg/18/postmaster.pid'))).toBe(false)
  } finally {
    if (server.exitCode === null) server.kill('SIGKILL')
    rmSync(ownDir, { recursive: true, force: true })
  }
})

test('a port that is taken is one line, and nothing is left running', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => holder.once('listening', done))
  const { port } = holder.address() as AddressInfo
  const result = hamlet(['start'], { PORT: String(port), HAMLET_DOMAIN: 'town.example' })
  holder.close()
  expect(result.code).toBe(1)
  expect(result.error.trim().split('\n').at(-1)).toMatch(
    /^hamlet: 127\.0\.0\.1:\d+ cannot be opened: .*PORT and HOST name another\.$/,
  )
  expect(existsSync(join(dataDir, 'pg/18/postmaster.pid'))).toBe(false)
})

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
