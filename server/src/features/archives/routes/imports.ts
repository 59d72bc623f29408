import { Import } from '@hamlet/contract/archives'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { writeCsv } from '#platform/csv'
import { transact, type Context } from '#platform/context'
import { route, user } from '#platform/http'
import { cellsOfRow, tables, type ImportKind, type ImportRow } from '../imports/kinds.ts'
import { MAX_BYTES } from '../imports/read-file.ts'
import { confirmImport, dropImport, startImport } from '../imports/start-import.ts'
import { listImports, requireImport } from '../imports/store.ts'
import { presentImport } from '../present.ts'

const OneId = Type.Object({ id: Type.String() })
const HOUR_MS = 3_600_000
const PATH = '/api/hamlet/v1/imports'

const writes = [
  route({
    method: 'POST',
    path: PATH,
    summary: 'Bring a file of people, lists, bookmarks or filters, and see what would become of it',
    access: user('write'),
    body: Type.Object({ kind: Type.Optional(Type.String()) }),
    upload: { maxBytes: MAX_BYTES, fields: ['data'] },
    response: Import,
    limit: { family: 'imports', max: 30, windowMs: HOUR_MS },
    handle: async ({ ctx, viewer, body, files }) => {
      if (!files.data) throw new Refusal('badRequest', 'The parameter data is missing')
      const { path, filename } = files.data
      const id = await startImport(ctx, viewer.accountId, { path, filename, kind: body.kind })
      return presentImport(await requireImport(ctx, viewer.accountId, id))
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/confirm`,
    summary: 'Bring what a previewed file holds; of two presses one counts',
    access: user('write'),
    params: OneId,
    body: Type.Object({ mode: Type.Optional(Type.Union([Type.Literal('merge'), Type.Literal('overwrite')])) }),
    response: Import,
    handle: async ({ ctx, viewer, params, body }) => {
      const { accountId } = viewer
      const { id } = await requireImport(ctx, accountId, params.id)
      await transact(ctx, (tx) => confirmImport(tx, accountId, id, body.mode ?? 'merge'))
      return presentImport(await requireImport(ctx, accountId, id))
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Let a file go, or stop bringing what it holds',
    access: user('write'),
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      const { id } = await requireImport(ctx, viewer.accountId, params.id)
      await transact(ctx, (tx) => dropImport(tx, viewer.accountId, id))
      return {}
    },
  }),
]

const reads = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'List the files that you brought in the last week',
    access: user('read'),
    response: Type.Array(Import),
    handle: async ({ ctx, viewer }) => (await listImports(ctx, viewer.accountId)).map(presentImport),
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'Show how far a file is',
    access: user('read'),
    params: OneId,
    response: Import,
    handle: async ({ ctx, viewer, params }) => presentImport(await requireImport(ctx, viewer.accountId, params.id)),
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id/failures.csv`,
    summary: 'Download the lines of a file that could not be brought, with the reasons',
    access: user('read'),
    params: OneId,
    response: Type.String(),
    produces: 'text/csv',
    handle: async ({ ctx, viewer, params, answer }) => {
      const { id, kind } = await requireImport(ctx, viewer.accountId, params.id)
      answer.header('Content-Disposition', 'attachment; filename="failures.csv"')
      return writeCsv(await listFailures(ctx, id, kind))
    },
  }),
]

/** A file of its own kind again, with one column more: what is mended in it can be brought anew. */
async function listFailures(ctx: Context, importId: Id, kind: ImportKind): Promise<string[][]> {
  const found = await sql<{ data: ImportRow; reason: string | null }>`
    select data, reason from import_rows where import_id = ${importId} and outcome = 'failed' order by position`.execute(
    ctx.db,
  )
  const columns = kind === 'custom_filters' ? ['Title'] : tables[kind].columns
  const rows = found.rows.map(({ data, reason }) => {
    const cells = cellsOfRow(data)
    return [...columns.map((_name, index) => cells[index] ?? ''), reason ?? '']
  })
  return [[...columns, 'Reason'], ...rows]
}

export const importRoutes = [...reads, ...writes]
