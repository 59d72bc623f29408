import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'

export type PostImportFacts = {
  id: Id
  account_id: Id
  state: 'draft' | 'running' | 'finished' | 'undoing' | 'undone'
  file_name: string
  stored_name: string
  preview: {
    actor: string
    posts: number
    pictures: number
    known: number
    boosts: number
    private_mentions: number
    unreadable: number
    oldest: string
    newest: string
  }
  created_at: string
  finished_at: string | null
  done: number
}

const select = sql`
  select i.id::text as id, i.account_id::text as account_id, i.state, i.file_name, i.stored_name, i.preview, i.created_at, i.finished_at,
    (select count(*)::int from imported_posts p where p.import_id = i.id) as done
  from post_imports i`

export async function listPostImports(ctx: Context, accountId: Id): Promise<PostImportFacts[]> {
  const found = await sql<PostImportFacts>`${select} where i.account_id = ${accountId} and i.state <> 'draft'
    order by i.id desc limit 20`.execute(ctx.db)
  return found.rows
}

export async function findPostImport(ctx: Context, id: Id): Promise<PostImportFacts | undefined> {
  return (await sql<PostImportFacts>`${select} where i.id = ${id}`.execute(ctx.db)).rows[0]
}

/** A person's own; somebody else's is not there. */
export async function requirePostImport(ctx: Context, accountId: Id, id: string): Promise<PostImportFacts> {
  const row = isId(id) ? await findPostImport(ctx, id) : undefined
  if (row?.account_id !== accountId) throw notFound()
  return row
}
