import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { requireAccount } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { listOwnKeys } from './has.ts'
import { importKinds, keyOfRow, type ImportKind, type ImportRow } from './kinds.ts'
import { guessKindOf, readImportFile, type ReadFile } from './read-file.ts'
import { runImport } from './run-import.ts'
import type { Preview } from './store.ts'

/** A preview holds for so long; after that the person may have changed what it was about (mastodon-features 8). */
const CONFIRM_MS = 10 * 60_000
const SHOWN = 20
const MOST_OPEN = 5

type Brought = { path: string; filename: string; kind: string | undefined }

/**
 * Reads a file, and says what would become of it; nothing is changed yet. Refuses what is no such file, one in which no
 * line says anything, and a sixth at a time.
 */
export async function startImport(ctx: Context, accountId: Id, { path, filename, kind }: Brought): Promise<Id> {
  const content = await readFile(path)
  if (content.byteLength === 0) throw invalid('The file is empty')
  const known = kind === undefined || kind === '' ? guessKindOf(content, filename) : requireKind(kind)
  const { username } = await requireAccount(ctx, accountId)
  const { domain } = ctx.config
  const file = readImportFile(content, known, { acct: `${username}@${domain}`, domain })
  if (file.rows.length === 0) throw invalid('No line of the file says anything that can be brought here')
  const preview = await foresee(ctx, accountId, known, file)
  return transact(ctx, (tx) => keepDraft(tx, accountId, { kind: known, fileName: readName(filename), preview, file }))
}

function requireKind(text: string): ImportKind {
  const kind = importKinds.find((one) => one === text)
  if (!kind) throw invalid(`Validation failed: Kind must be one of ${importKinds.join(', ')}`)
  return kind
}

const readName = (text: string) =>
  text
    // oxlint-disable-next-line no-control-regex -- the name comes from outside, and is shown
    .replaceAll(/[\u0000-\u001f\u007f/\\]/g, '')
    .trim()
    .slice(0, 120) || 'file'

async function foresee(ctx: Context, accountId: Id, kind: ImportKind, file: ReadFile): Promise<Preview> {
  const wanted = new Set(file.rows.map(keyOfRow))
  let [known, others] = [0, 0]
  const some: string[] = []
  for await (const key of listOwnKeys(ctx, accountId, kind)) {
    if (wanted.has(key)) known += 1
    else {
      others += 1
      if (some.length < SHOWN) some.push(key.replace('\n', ', '))
    }
  }
  return {
    rows: file.rows.length,
    known,
    others,
    some_others: some,
    some_rows: file.rows.slice(0, SHOWN).map((row) => keyOfRow(row).replace('\n', ', ').slice(0, 200)),
    problem_count: file.problems.length,
    problems: file.problems.slice(0, SHOWN),
    looks_like: file.looksLike !== undefined && file.looksLike !== kind ? file.looksLike : null,
  }
}

type Draft = { kind: ImportKind; fileName: string; preview: Preview; file: { rows: readonly ImportRow[] } }

async function keepDraft(tx: Tx, accountId: Id, { kind, fileName, preview, file }: Draft): Promise<Id> {
  // A person looks at one preview at a time.
  const before = new Date(tx.clock.now().getTime() - 60_000).toISOString()
  await sql`delete from imports where account_id = ${accountId} and state = 'draft' and created_at < ${before}`.execute(
    tx.db,
  )
  const open = await tx.db
    .selectFrom('imports')
    .select('id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'running')
    .execute()
  if (open.length >= MOST_OPEN) throw invalid('Wait until one of your other files is done')
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('imports')
    .values({
      id,
      account_id: accountId,
      kind,
      file_name: fileName,
      preview: JSON.stringify(preview),
      created_at: now.toISOString(),
    })
    .execute()
  for (let start = 0; start < file.rows.length; start += CHUNK)
    // oxlint-disable-next-line no-await-in-loop -- one connection writes one chunk after another
    await insertRows(tx, id, file.rows.slice(start, start + CHUNK), start)
  return id
}

const CHUNK = 1_000

async function insertRows(tx: Tx, importId: Id, rows: readonly ImportRow[], start: number): Promise<void> {
  await tx.db
    .insertInto('import_rows')
    .values(rows.map((row, index) => ({ import_id: importId, position: start + index, data: JSON.stringify(row) })))
    .execute()
}

/** Begins what was previewed. Pressed twice it begins once; refused (410) when the preview is too old. */
export async function confirmImport(tx: Tx, accountId: Id, id: Id, mode: 'merge' | 'overwrite'): Promise<void> {
  const now = tx.clock.now()
  const row = await tx.db
    .selectFrom('imports')
    .select(['state', 'created_at'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.state !== 'draft') return
  if (now.getTime() - Date.parse(row.created_at) > CONFIRM_MS)
    throw new Refusal('gone', 'This preview is too old. Choose the file again.')
  await tx.db
    .updateTable('imports')
    .set({ state: 'running', mode, confirmed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
  await enqueue(tx, runImport, { importId: id, accountId })
}

/** Lets a preview go, or stops what is running: what was done stays done. */
export async function dropImport(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('imports')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw notFound()
}
