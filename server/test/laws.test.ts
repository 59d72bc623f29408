import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPlainWords } from '../../scripts/plain-words.ts'
import { findViolations, readHouse } from './architecture.ts'

const root = join(import.meta.dirname, '../..')
const ranks = { low: 1, high: 2, west: 1, east: 2, visibility: 2 }
let tree = ''

const clean: Record<string, string> = {
  'server/src/lib/pure.ts': 'export const pure = 1\n',
  'server/src/platform/http/index.ts':
    "import { pure } from '#lib/pure'\nimport { fastify } from 'fastify'\n\nexport const server = [pure, fastify]\n",
  'server/src/platform/config/index.ts': 'export const home = process.env.HOME\n',
  'server/src/features/low/index.ts': "export { lowStore } from './store.ts'\n",
  'server/src/features/low/store.ts':
    "export const lowStore = (db: { insertInto(table: string): unknown }) => db.insertInto('low_rows')\n",
  'server/src/features/high/index.ts': "import { lowStore } from '#features/low'\n\nexport const high = lowStore\n",
  'server/src/features/west/index.ts': 'export const west = 1\n',
  'server/src/features/east/index.ts': "import { west } from '#features/west'\n\nexport const east = west\n",
  'server/src/app/rooms.ts': "import { high } from '#features/high'\n\nexport const rooms = [high]\n",
  'server/migrations/1.sql':
    "create table low_rows (\n  id bigint\n);\ncomment on table low_rows is 'room: low · grows · pruned by nobody';\ncreate table high_rows (\n  id bigint\n);\ncomment on table high_rows is 'room: high · grows · pruned by nobody';\n",
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'hamlet-laws-'))
  for (const file of [
    '.oxlintrc.json',
    'package.json',
    'server/package.json',
    'server/tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.json',
  ]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    cpSync(join(root, file), join(tree, file))
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  for (const [file, text] of Object.entries(clean)) plant(file, text)
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}

type Diagnostic = { code: string; filename: string }

/** Looks at the whole tree once: a run of the linter with types takes seconds, however many files there are. */
function lint(): { code: number | null; found: Map<string, string[]> } {
  const args = ['--deny-warnings', '--type-aware', '--format=json', 'server']
  const result = spawnSync(join(root, 'node_modules/.bin/oxlint'), args, {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  })
  const { diagnostics } = JSON.parse(result.stdout) as { diagnostics: Diagnostic[] }
  const found = new Map<string, string[]>()
  for (const { code, filename } of diagnostics) {
    const rule = /\((.+)\)$/.exec(code)?.[1] ?? code
    found.set(filename, [...(found.get(filename) ?? []), rule])
  }
  return { code: result.status, found }
}

/** Plants files, looks, and restores what was there. */
function withPlanted<T>(files: readonly (readonly [file: string, text: string])[], look: () => T): T {
  for (const [file, text] of files) plant(file, text)
  try {
    return look()
  } finally {
    for (const [file] of files) {
      if (clean[file] === undefined) rmSync(join(tree, file))
      else plant(file, clean[file])
    }
  }
}

const violations = () => findViolations(readHouse(join(tree, 'server'), ranks), join(tree, 'server/migrations'))

test('the clean tree passes', () => {
  expect(lint()).toEqual({ code: 0, found: new Map() })
  expect(violations()).toEqual([])
})

describe('the messages refuse', () => {
  const plants: [name: string, source: string][] = [
    ['words between tags', '<p>Nobody knows</p>'],
    ['words that come with a condition', "<p>{isOpen ? 'Nobody knows' : t('a.b', 'Open')}</p>"],
    ['words around a value', '<p>{`${count} open`}</p>'],
    ['words for screen readers', '<nav aria-label="This server" />'],
    ['a tooltip', "<button title={isOpen && 'Close'} />"],
    ['words in an empty field', '<input placeholder="Search" />'],
    ['words for a picture', '<img alt="The harbour" />'],
    ['words that a component shows', '<Field label="Password" />'],
  ]
  const wrap = (source: string) => `export const Planted = () => (\n  ${source}\n)\n`

  test.each(plants)('%s', (_, source) => {
    expect(findPlainWords('planted.tsx', wrap(source))).toEqual([expect.stringMatching(/^planted\.tsx:2: \w/)])
  })

  test('and nothing else: messages, names, commands, classes, numbers', () => {
    const source = `<p class="meta" lang="en" title={t('a.b', 'Words')}>
      {t('a.c', 'More words')} · {count} <code>npx hamlet</code> <b>Hamlet</b> <img alt="" />
    </p>`
    expect(findPlainWords('clean.tsx', wrap(source))).toEqual([])
  })
})

describe('the linter refuses', () => {
  const long = `export function long(): number {\n  let sum = 0\n${'  sum += 1\n'.repeat(61)}  return sum\n}\n`
  const plants: [string, string, string, string][] = [
    [
      'lib importing platform',
      'server/src/lib/importing-platform.ts',
      "export { server } from '#platform/http'\n",
      'no-restricted-imports',
    ],
    [
      'lib doing I/O',
      'server/src/lib/doing-io.ts',
      "import { readFileSync } from 'node:fs'\n\nexport const read = readFileSync\n",
      'no-restricted-imports',
    ],
    [
      'platform importing a room',
      'server/src/platform/http/importing-room.ts',
      "export { high } from '#features/high'\n",
      'no-restricted-imports',
    ],
    [
      'federation importing a room',
      'server/src/federation/importing-room.ts',
      "export { high } from '#features/high'\n",
      'no-restricted-imports',
    ],
    [
      'a room importing app',
      'server/src/features/low/importing-app.ts',
      "export { rooms } from '#app/rooms'\n",
      'no-restricted-imports',
    ],
    [
      "a room's inside",
      'server/src/features/high/importing-inside.ts',
      "export { lowStore } from '#features/low/store'\n",
      'no-restricted-imports',
    ],
    [
      'client JSON in a store',
      'server/src/features/low/client-json.ts',
      "export type { Status } from '@hamlet/contract/status'\n",
      'no-restricted-imports',
    ],
    [
      'fastify outside its floor',
      'server/src/features/low/importing-fastify.ts',
      "export { fastify } from 'fastify'\n",
      'no-restricted-imports',
    ],
    [
      'undici outside its floor',
      'server/src/platform/http/importing-undici.ts',
      "export { request } from 'undici'\n",
      'no-restricted-imports',
    ],
    [
      'pg outside its floor',
      'server/src/features/low/importing-pg.ts',
      "export { Client } from 'pg'\n",
      'no-restricted-imports',
    ],
    [
      'process.env outside config',
      'server/src/features/low/process-env.ts',
      'export const home = process.env.HOME\n',
      'no-process-env',
    ],
    [
      'env by import',
      'server/src/features/low/env-by-import.ts',
      "import { env } from 'node:process'\n\nexport const home = env.HOME\n",
      'no-restricted-imports',
    ],
    [
      'a cycle through doors',
      'server/src/features/low/store.ts',
      `import { high } from '#features/high'\n\nexport const lowStore = () => high\n`,
      'no-cycle',
    ],
    [
      'a type-only cycle',
      'server/src/features/west/index.ts',
      "import type { east } from '#features/east'\n\nexport const west = (x: typeof east) => x\n",
      'no-cycle',
    ],
    ['a default export', 'server/src/lib/default-export.ts', 'export default 1\n', 'no-default-export'],
    [
      'five parameters',
      'server/src/lib/five-parameters.ts',
      'export const five = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e]\n',
      'max-params',
    ],
    ['a function of 60 lines', 'server/src/lib/long-function.ts', long, 'max-lines-per-function'],
    [
      'a file of 400 lines',
      'server/src/lib/long-file.ts',
      Array.from({ length: 401 }, (_, index) => `export const c${index} = 1\n`).join(''),
      'max-lines',
    ],
    [
      'a floating promise',
      'server/src/lib/floating-promise.ts',
      'const later = async () => 1\n\nexport const start = () => {\n  later()\n}\n',
      'no-floating-promises',
    ],
  ]
  let result: ReturnType<typeof lint>
  beforeAll(() => {
    const planted = plants.map(([, file, text]) => [file, text] as const)
    expect(new Set(planted.map(([file]) => file)).size).toBe(plants.length)
    result = withPlanted(planted, lint)
  })
  test.each(plants)('%s', (_name, file, _text, rule) => {
    expect(result.code).not.toBe(0)
    expect(result.found.get(file)).toEqual([rule])
  })
})

describe('the architecture test refuses', () => {
  const plants: [string, string, string, string][] = [
    [
      '../ across rooms',
      'server/src/features/high/inner/bad.ts',
      "export { lowStore } from '../../low/store.ts'\n",
      'door',
    ],
    [
      'a dynamic import of an inside',
      'server/src/features/high/bad.ts',
      "export const later = () => import('../low/store.ts')\n",
      'door',
    ],
    ['a higher room', 'server/src/features/low/bad.ts', "export { high } from '#features/high'\n", 'rank'],
    ['a room without rank', 'server/src/features/nameless/index.ts', 'export const nameless = 1\n', 'rank'],
    [
      "another room's table by Kysely",
      'server/src/features/high/bad.ts',
      "export const f = (db: any) => db.updateTable('low_rows')\n",
      'ownership',
    ],
    [
      "another room's table by SQL",
      'server/src/features/high/bad.ts',
      'export const f = (sql: any) => sql`delete from low_rows`\n',
      'ownership',
    ],
    [
      "a higher room's table",
      'server/src/features/low/bad.ts',
      "export const f = (db: any) => db.selectFrom('high_rows')\n",
      'reads',
    ],
    [
      'now() in a room',
      'server/src/features/low/bad.ts',
      'export const f = (sql: any) => sql`select now()`\n',
      'clock',
    ],
    ['a table without an owner', 'server/migrations/2.sql', 'create table orphans (\n  id bigint\n);\n', 'comment'],
    [
      'a cascade across rooms',
      'server/migrations/2.sql',
      "create table more (\n  id bigint references low_rows (id) on delete cascade\n);\ncomment on table more is 'room: high · grows · pruned by nobody';\n",
      'cascade',
    ],
  ]
  test.each(plants)('%s', (_name, file, text, law) => {
    expect(withPlanted([[file, text]], violations).map((one) => one.law)).toContain(law)
  })
})
