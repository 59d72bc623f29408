import { AdminTag } from '@hamlet/contract/search'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { presentAdminTags } from '../present.ts'
import { decideTag, listAllTags, type TagWish } from '../review.ts'

const PATH = '/api/v1/admin/tags'
const OneId = Type.Object({ id: Type.String() })
const mayRead = team('admin:read', 'manage_taxonomies')
const mayWrite = team('admin:write', 'manage_taxonomies')
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100
const flag = Type.Optional(Type.Boolean())
const States = Type.Union([Type.Literal('pending_review'), Type.Literal('approved'), Type.Literal('rejected')])

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

async function presentOne(ctx: Context, name: string): Promise<AdminTag> {
  const [tag] = await presentAdminTags(ctx, [name])
  if (!tag) throw notFound()
  return tag
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List hashtags with what the team decided of them',
  access: mayRead,
  query: Type.Object({
    name: Type.Optional(Type.String({ maxLength: 200 })),
    status: Type.Optional(States),
    barred: flag,
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(AdminTag),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listAllTags(ctx, { begin: query.name, status: query.status, barred: query.barred }, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentAdminTags(
      ctx,
      rows.map((row) => row.name),
    )
  },
})

const showRoute = route({
  method: 'GET',
  path: `${PATH}/:id`,
  summary: 'Show a hashtag with what the team decided of it',
  access: mayRead,
  params: OneId,
  response: AdminTag,
  handle: async ({ ctx, params }) => {
    const row = await ctx.db.selectFrom('tags').select('name').where('id', '=', requireId(params.id)).executeTakeFirst()
    if (!row) throw notFound()
    return presentOne(ctx, row.name)
  },
})

const changeRoute = (method: 'PUT' | 'PATCH') =>
  route({
    method,
    path: `${PATH}/:id`,
    summary: 'Decide how a hashtag is written, and whether it is used, found and talked about',
    access: mayWrite,
    params: OneId,
    body: Type.Object({
      display_name: Type.Optional(Type.String({ maxLength: 200 })),
      listable: flag,
      trendable: flag,
      usable: flag,
    }),
    response: AdminTag,
    handle: async ({ ctx, viewer, params, body }) => {
      const id = requireId(params.id)
      const { display_name: displayName, listable, trendable, usable } = body
      const given = Object.entries({ displayName, listable, trendable, usable })
      const wish: TagWish = Object.fromEntries(given.filter(([, value]) => value !== undefined))
      return presentOne(ctx, await transact(ctx, (tx) => decideTag(tx, viewer.accountId, id, wish)))
    },
  })

export const adminTagRoutes = [listRoute, showRoute, changeRoute('PUT'), changeRoute('PATCH')]
