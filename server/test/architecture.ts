import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One broken law: which, where, and what was found. */
export type Violation = { law: string; file: string; found: string }

export type House = {
  files: SourceFile[]
  tables: Map<string, TableFacts>
  ranks: Record<string, number>
}

type SourceFile = { path: string; room: string | undefined; text: string; imports: string[] }
type TableFacts = { owner: string; isPruned: boolean; migration: string }

/** The exceptions that the design names: visibility may read what lies above it. */
const MAY_READ_HIGHER: Record<string, string[]> = { visibility: ['statuses', 'mentions'] }
const OWNER = /comment on table (\w+) is '(room|platform|federation): ([\w-]+)([^']*)'/g
const WRITES =
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)|\b(?:insert into|delete from|(?<!for )update) (\w+)\b/g
const READS = /\b(?:selectFrom|innerJoin|leftJoin)\(\s*'(\w+)|\b(?:from|join) (\w+)\b/g

/** Reads a tree of the server: sources below `src`, migrations beside it. Tests are not part of the house. */
export function readHouse(serverFolder: string, ranks: Record<string, number>): House {
  const source = join(serverFolder, 'src')
  const paths = listFiles(source).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  const files = paths.map((path) => {
    const text = readFileSync(path, 'utf8')
    const name = relative(source, path)
    const parsed = parseSync(path, text).module
    const imports = [
      ...parsed.staticImports.map((one) => one.moduleRequest.value),
      ...parsed.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
      ...parsed.dynamicImports.map((one) => text.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1)),
    ]
    return { path: name, room: /^features\/([^/]+)\//.exec(name)?.[1], text, imports }
  })
  return { files, tables: readTables(join(serverFolder, 'migrations')), ranks }
}

/** Every violation of the laws that imports and SQL show. */
export function findViolations(house: House, migrationsFolder: string): Violation[] {
  return [
    ...house.files.flatMap((file) => [
      ...rankViolations(house, file),
      ...doorViolations(file),
      ...tableViolations(house, file),
      ...clockViolations(file),
    ]),
    ...migrationViolations(house, migrationsFolder),
  ]
}

/** Which room reads whose tables: printed, so that a review sees new ties. */
export function readMatrix(house: House): Map<string, Set<string>> {
  const matrix = new Map<string, Set<string>>()
  for (const file of house.files) {
    if (file.room === undefined) continue
    const owners = tablesIn(file.text, READS, house).map((table) => house.tables.get(table)?.owner as string)
    const others = owners.filter((owner) => owner !== file.room)
    if (others.length > 0) matrix.set(file.room, new Set([...(matrix.get(file.room) ?? []), ...others]))
  }
  return matrix
}

function rankViolations(house: House, file: SourceFile): Violation[] {
  if (file.room === undefined) return []
  const own = house.ranks[file.room]
  if (own === undefined) return [{ law: 'rank', file: file.path, found: `the room ${file.room} has no rank` }]
  const rooms = file.imports.map((name) => /^#features\/([^/]+)$/.exec(name)?.[1]).filter((room) => room !== undefined)
  const wrong = rooms.filter((room) => (house.ranks[room] ?? Number.POSITIVE_INFINITY) >= own)
  return wrong.map((room) => ({
    law: 'rank',
    file: file.path,
    found: `${file.room} (${own}) imports ${room} (${house.ranks[room]})`,
  }))
}

/** A path into another room goes around its door; the linter cannot tell it from a path inside one's own. */
function doorViolations(file: SourceFile): Violation[] {
  const paths = file.imports.filter((name) => name.startsWith('.')).map((name) => join(dirname(file.path), name))
  const foreign = paths.filter((path) => path.startsWith('features/') && path.split('/')[1] !== file.room)
  return foreign.map((path) => ({ law: 'door', file: file.path, found: `${path} is the inside of another room` }))
}

function tableViolations(house: House, file: SourceFile): Violation[] {
  if (file.room === undefined) return []
  const room = file.room
  const ownerOf = (table: string) => house.tables.get(table)?.owner as string
  const writes = tablesIn(file.text, WRITES, house)
    .filter((table) => ownerOf(table) !== room)
    .map((table) => ({
      law: 'ownership',
      file: file.path,
      found: `${room} writes ${table}, which ${ownerOf(table)} owns`,
    }))
  const reads = tablesIn(file.text, READS, house)
    .filter((table) => (house.ranks[ownerOf(table)] ?? -1) > (house.ranks[room] ?? 0))
    .filter((table) => !MAY_READ_HIGHER[room]?.includes(table))
    .map((table) => ({
      law: 'reads',
      file: file.path,
      found: `${room} reads ${table} of the higher room ${ownerOf(table)}`,
    }))
  return [...writes, ...reads]
}

/** Times of the domain come from the clock as parameters, so that tests and machines agree. */
function clockViolations(file: SourceFile): Violation[] {
  if (file.room === undefined || !/\b(now\(\)|current_timestamp)(?! *\.)/i.test(stripClockCalls(file.text))) return []
  return [{ law: 'clock', file: file.path, found: 'now() in the SQL of a room' }]
}

function stripClockCalls(text: string): string {
  return text.replaceAll(/\.now\(\)/g, '')
}

function tablesIn(text: string, pattern: RegExp, house: House): string[] {
  const names = [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2]) as string)
  return [...new Set(names)].filter((name) => house.tables.has(name))
}

function readTables(migrationsFolder: string): Map<string, TableFacts> {
  const tables = new Map<string, TableFacts>()
  for (const { name, text } of migrations(migrationsFolder)) {
    for (const [, table, kind, owner, rest] of text.matchAll(OWNER) as Iterable<
      [string, string, string, string, string]
    >) {
      tables.set(table, {
        owner: kind === 'room' ? owner : `${kind}/${owner}`,
        isPruned: /pruned|goes with|evicted|kept/.test(rest),
        migration: name,
      })
    }
  }
  return tables
}

function migrationViolations(house: House, folder: string): Violation[] {
  const found: Violation[] = []
  for (const { name, text } of migrations(folder)) {
    for (const [, table] of text.matchAll(/create table (?:if not exists )?(\w+)/g) as Iterable<[string, string]>) {
      const facts = house.tables.get(table)
      if (!facts?.isPruned)
        found.push({
          law: 'comment',
          file: name,
          found: `${table} does not say who owns it, how it grows and who prunes it`,
        })
      found.push(...cascadeViolations(house, name, text, table))
    }
  }
  return found
}

/** A cascade across rooms would let one room delete another's rows behind its back. */
function cascadeViolations(house: House, file: string, text: string, table: string): Violation[] {
  const body = new RegExp(`create table (?:if not exists )?${table} \\(([\\s\\S]*?)\\n\\);`).exec(text)?.[1] ?? ''
  const targets = [...body.matchAll(/references (\w+)[^,]*on delete cascade/g)].map((match) => match[1] as string)
  const foreign = targets.filter((target) => house.tables.get(target)?.owner !== house.tables.get(table)?.owner)
  return foreign.map((target) => ({
    law: 'cascade',
    file,
    found: `${table} is deleted with ${target} of another room`,
  }))
}

function migrations(folder: string): { name: string; text: string }[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
