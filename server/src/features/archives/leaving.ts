import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { listImports } from './imports/store.ts'
import { dropArchive } from './takeout/folder.ts'
import { listTakeouts } from './takeout/store.ts'

/** Rows of files go with their imports, archives with their rows. */
export async function eraseArchives(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('imports').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('imported_posts').where('account_id', '=', accountId).execute()
  const brought = await tx.db
    .deleteFrom('post_imports')
    .where('account_id', '=', accountId)
    .returning('stored_name')
    .execute()
  const gone = await tx.db.deleteFrom('takeouts').where('account_id', '=', accountId).returning('file_name').execute()
  tx.afterCommit(async () => {
    for (const { file_name: name } of gone) await dropArchive(tx, name)
    for (const { stored_name: name } of brought) await dropArchive(tx, name)
  })
}

export async function takeOutArchives(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const [imports, takeouts] = [await listImports(ctx, accountId), await listTakeouts(ctx, accountId)]
  return {
    imports: imports.map(({ kind, mode, file_name: name, created_at: at, done, failed }) => ({
      kind,
      mode,
      name,
      created_at: at,
      done,
      failed,
    })),
    takeouts: takeouts.map(({ created_at: at, bytes }) => ({ created_at: at, bytes })),
  }
}
