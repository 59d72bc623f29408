import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { listImports } from './imports/store.ts'

/** Rows of files go with their imports. */
export async function eraseArchives(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('imports').where('account_id', '=', accountId).execute()
}

export async function takeOutArchives(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const imports = await listImports(ctx, accountId)
  return {
    imports: imports.map(({ kind, mode, file_name, created_at, done, failed }) => ({
      kind,
      mode,
      file_name,
      created_at,
      done,
      failed,
    })),
  }
}
