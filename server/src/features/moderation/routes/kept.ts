import { Type, type TSchema } from 'typebox'
import type { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, route, rowCursors, type Route } from '#platform/http'

/** What the lists of the team have in common: names, addresses, networks, servers that are kept out or let in. */
export const OneId = Type.Object({ id: Type.String() })
const Paging = Type.Object({
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
})

/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL: readonly [usual: number, most: number] = [100, 200]
/** mastodon-api.md 1.17, lists of servers: 100 at once, 500 at most. */
export const OF_SERVERS = [100, 500] as const

type Common = { path: string; summary: string; access: ReturnType<typeof team> }
type Row = { id: Id }

type Listed<R extends Row> = Common & {
  shape: TSchema
  limits?: readonly [usual: number, most: number]
  list: (ctx: Context, page: PageRequest) => Promise<readonly R[]>
  present: (ctx: Context, rows: readonly R[]) => unknown
}

/** A page of the list, the newest first. */
export function listOf<R extends Row>({ shape, list, present, limits = USUAL, ...common }: Listed<R>): Route {
  return route({
    ...common,
    method: 'GET',
    query: Paging,
    response: Type.Array(shape),
    handle: async ({ ctx, query, answer, target }) => {
      const page = readPage(query, ...limits)
      const rows = await list(ctx, page)
      const ids = rows.map((row) => row.id)
      linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
      return present(ctx, rows)
    },
  })
}

type Shown<R> = Common & {
  shape: TSchema
  find: (ctx: Context, id: Id) => Promise<R | undefined>
  present: (ctx: Context, row: R) => unknown
}

/** One row of it, by its id. */
export function oneOf<R>({ path, shape, find, present, ...common }: Shown<R>): Route {
  return route({
    ...common,
    method: 'GET',
    path: `${path}/:id`,
    params: OneId,
    response: shape,
    handle: async ({ ctx, params }) => {
      const row = isId(params.id) ? await find(ctx, params.id) : undefined
      if (!row) throw notFound()
      return present(ctx, row)
    },
  })
}

type Removed = Common & { remove: (tx: Tx, actor: { accountId: Id; ip: string }, id: Id) => Promise<unknown> }

/** Takes a row off the list; twice is one too many. */
export function removalOf({ path, remove, ...common }: Removed): Route {
  return route({
    ...common,
    method: 'DELETE',
    path: `${path}/:id`,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params, ip }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => remove(tx, { accountId: viewer.accountId, ip }, params.id))
      return {}
    },
  })
}
