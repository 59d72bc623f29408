import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { EmojiRow } from '../store.ts'

export type EmojiFilter = {
  origin?: 'local' | 'remote' | undefined
  /** A server. */
  host?: string | undefined
  /** A part of the name. */
  q?: string | undefined
  /** A category; empty for those without. */
  category?: string | undefined
  state?: 'unlisted' | 'disabled' | undefined
  after?: Id | undefined
  limit: number
}
export type TeamRow = EmojiRow & { is_here: boolean }

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** Emoji by name, those of this server or of others, from one on. One query. */
export async function listForTeam({ db }: Pick<Context, 'db'>, filter: EmojiFilter, ids?: readonly Id[]) {
  const { origin, host, q, category, state, after, limit } = filter
  const { rows } = await sql<TeamRow>`
    select e.id, e.shortcode, e.uri, e.category, e.visible_in_picker, e.disabled, e.original_key, e.static_key, e.remote_url,
      e.updated_at, d.host, d.is_local, (not d.is_local and exists (
        select 1 from custom_emojis own join domains home on home.id = own.domain_id
        where home.is_local and own.shortcode = e.shortcode)) as is_here
    from custom_emojis e join domains d on d.id = e.domain_id
    where (${origin ?? null}::text is null or d.is_local = (${origin ?? null}::text = 'local'))
      and (${ids ? [...ids] : null}::bigint[] is null or e.id = any(${ids ? [...ids] : null}::bigint[]))
      and (${host ?? null}::text is null or d.host = ${host ?? null})
      and (${q ?? null}::text is null or e.shortcode ilike ${q === undefined ? null : `%${escapeLike(q)}%`})
      and (${category ?? null}::text is null or coalesce(e.category, '') = ${category ?? null})
      and (${state ?? null}::text is null or case ${state ?? null}::text when 'disabled' then e.disabled else not e.visible_in_picker end)
      and (${after ?? null}::bigint is null
        or (e.shortcode, e.id) > (select shortcode, id from custom_emojis where id = ${after ?? null}::bigint))
    order by e.shortcode, e.id limit ${limit}`.execute(db)
  return rows
}

/** The headings of our emoji, with how many stand under each; null is for those under none. One query. */
export async function listCategories({ db }: Pick<Context, 'db'>) {
  const { rows } = await sql<{ name: string | null; emojis: number }>`
    select category as name, count(*)::int as emojis from custom_emojis e join domains d on d.id = e.domain_id
    where d.is_local group by category order by category nulls last`.execute(db)
  return rows
}
