import { listFilters } from '#features/filters'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { listRows } from '../exports.ts'
import { keyOfCells, tables, type ImportKind } from './kinds.ts'

/** What a person has of a kind, by the keys that rows of a file have. Read piece by piece. */
export async function* listOwnKeys(ctx: Context, accountId: Id, kind: ImportKind): AsyncGenerator<string> {
  if (kind === 'custom_filters') {
    for (const { title } of await listFilters(ctx, accountId)) yield title
    return
  }
  for await (const rows of listRows(ctx, accountId, tables[kind].list))
    for (const cells of rows) yield keyOfCells(kind, cells)
}
