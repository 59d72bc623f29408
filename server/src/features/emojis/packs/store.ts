import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'

export const folderOf = (ctx: Context): string => join(ctx.config.dataDir, 'emoji-packs')
export const pathOf = (ctx: Context, name: string): string => join(folderOf(ctx), name)

export async function makeFolder(ctx: Context): Promise<void> {
  await mkdir(folderOf(ctx), { recursive: true, mode: 0o700 })
}

export async function dropPackFile(ctx: Context, name: string): Promise<void> {
  await rm(pathOf(ctx, name), { force: true })
}

/** Files of packs that have lain there for so long. */
export async function listPackFiles(ctx: Context, forMs: number): Promise<string[]> {
  const names = (await readdir(folderOf(ctx)).catch(() => [])).filter((name) => /^[0-9a-f]{48}$/.test(name))
  const ages = await Promise.all(names.map((name) => stat(pathOf(ctx, name)).catch(() => undefined)))
  return names.filter((_name, index) => Date.now() - (ages[index]?.mtimeMs ?? Date.now()) > forMs)
}

export type PackRow = Awaited<ReturnType<typeof listPacks>>[number]

const PROBLEMS = 100

/** The packs of the last days, the newest first, with what became of what is in them. One query. */
export async function listPacks(ctx: Context, id?: Id) {
  const { rows } = await sql<{
    id: Id
    file_name: string
    created_at: string
    finished_at: string | null
    total: number
    done: number
    added: number
    problems: { name: string; problem: string }[]
  }>`
    select p.id, p.file_name, p.created_at, p.finished_at, e.total, e.done, e.added, e.problems
    from (select * from emoji_packs where ${id ?? null}::bigint is null or id = ${id ?? null}::bigint
      order by id desc limit 20) p
    cross join lateral (
      select count(*)::int as total, count(*) filter (where outcome <> 'waiting')::int as done,
        count(*) filter (where outcome = 'added')::int as added,
        coalesce(json_agg(json_build_object('name', name, 'problem', problem) order by position)
          filter (where outcome = 'skipped' and failed <= ${PROBLEMS}), '[]') as problems
      from (select *, count(*) filter (where outcome = 'skipped') over (order by position) as failed
        from emoji_pack_entries where pack_id = p.id) one
    ) e order by p.id desc`.execute(ctx.db)
  return rows
}

export async function requirePack(ctx: Context, id: string): Promise<PackRow> {
  const row = isId(id) ? (await listPacks(ctx, id))[0] : undefined
  if (!row) throw notFound()
  return row
}
