import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Problem } from './read-file.ts'
import type { ImportKind } from './kinds.ts'

export type Preview = {
  /** Lines that say something. */
  rows: number
  /** Of them, what the person has already. */
  known: number
  /** What the person has, and the file has not: it goes when the file is to replace it. */
  others: number
  /** Some of what would go, to be shown. */
  some_others: string[]
  some_rows: string[]
  problem_count: number
  problems: { line: number; text: string; problem: Problem }[]
  looks_like: ImportKind | null
}

export type ImportFacts = {
  id: Id
  account_id: Id
  kind: ImportKind
  mode: 'merge' | 'overwrite'
  state: 'draft' | 'running' | 'finished'
  file_name: string
  preview: Preview
  removed: number
  removed_at: string | null
  created_at: string
  confirmed_at: string | null
  finished_at: string | null
  done: number
  failed: number
}

const select = sql`
  select i.id::text as id, i.account_id::text as account_id, i.kind, i.mode, i.state, i.file_name, i.preview, i.removed, i.removed_at,
    i.created_at, i.confirmed_at, i.finished_at,
    (select count(*)::int from import_rows r where r.import_id = i.id and r.outcome = 'done') as done,
    (select count(*)::int from import_rows r where r.import_id = i.id and r.outcome = 'failed') as failed
  from imports i`

/** A person's imports of the last week, the newest first. One query. */
export async function listImports(ctx: Context, accountId: Id): Promise<ImportFacts[]> {
  const found = await sql<ImportFacts>`${select} where i.account_id = ${accountId} and i.state <> 'draft'
    order by i.id desc limit 50`.execute(ctx.db)
  return found.rows
}

/** A person's own import; somebody else's is not there. */
export async function requireImport(ctx: Context, accountId: Id, id: string): Promise<ImportFacts> {
  if (!isId(id)) throw notFound()
  const found = await sql<ImportFacts>`${select} where i.id = ${id} and i.account_id = ${accountId}`.execute(ctx.db)
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

/** The same by its id alone, for the job. */
export async function findImport(ctx: Context, id: Id): Promise<ImportFacts | undefined> {
  return (await sql<ImportFacts>`${select} where i.id = ${id}`.execute(ctx.db)).rows[0]
}
