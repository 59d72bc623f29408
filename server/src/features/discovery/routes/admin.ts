import { AdminTrendsLink, AdminTrendsStatus, LinkPublisher } from '@hamlet/contract/discovery'
import { AdminTag } from '@hamlet/contract/search'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { decideTag, presentAdminTags } from '#features/tags'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, type Answer, type Route } from '#platform/http'
import { presentAdminLinks, presentAdminStatuses, presentPublisher } from '../present.ts'
import {
  findLinkReview,
  findStatusReview,
  listLinkReviews,
  listPublishers,
  listStatusReviews,
  listTagReviews,
  type Wanted,
} from '../review-lists.ts'
import { decideAuthor, decideLink, decidePublisher, decideStatus, type Verdict } from '../reviews.ts'
import { linkWindow, Page, readWindow } from '../windows.ts'

const PATH = '/api/v1/admin/trends'
const PUBLISHERS = `${PATH}/links/publishers`
const OneId = Type.Object({ id: Type.String() })
const mayRead = team('admin:read', 'manage_taxonomies')
const mayWrite = team('admin:write', 'manage_taxonomies')
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100
const States = Type.Union([Type.Literal('pending_review'), Type.Literal('approved'), Type.Literal('rejected')])
const status = Type.Optional(States)
const Query = Type.Object({ ...Page, status })

type Asked = { ctx: Context; answer: Answer; target: string; query: Partial<Wanted> }
type Bounds = { usual: number; most: number }

/** One page of what is talked about, with the ways to the others. */
async function givePage<T>(call: Asked, { usual, most }: Bounds, list: (page: Wanted) => Promise<T[]>): Promise<T[]> {
  const window = readWindow(call.query, usual, most)
  const rows = await list({ ...window, status: call.query.status })
  linkWindow(call, window, rows.length)
  return rows
}

const tagsRoute = route({
  method: 'GET',
  path: `${PATH}/tags`,
  summary: 'List hashtags that are talked about, those that the team has not looked at first',
  access: mayRead,
  query: Query,
  response: Type.Array(AdminTag),
  handle: async (call) => {
    const names = await givePage(call, { usual: 10, most: 20 }, (page) => listTagReviews(call.ctx, page))
    return presentAdminTags(call.ctx, names)
  },
})

const statusesRoute = route({
  method: 'GET',
  path: `${PATH}/statuses`,
  summary: 'List posts that are talked about, those that the team has not looked at first',
  access: mayRead,
  query: Query,
  response: Type.Array(Type.Unsafe<AdminTrendsStatus>(Type.Ref('AdminTrendsStatus'))),
  handle: async (call) => {
    const rows = await givePage(call, { usual: 20, most: 40 }, (page) => listStatusReviews(call.ctx, page))
    return presentAdminStatuses(call.ctx, rows)
  },
})

const linksRoute = route({
  method: 'GET',
  path: `${PATH}/links`,
  summary: 'List links that are talked about, those that the team has not looked at first',
  access: mayRead,
  query: Query,
  response: Type.Array(Type.Unsafe<AdminTrendsLink>(Type.Ref('AdminTrendsLink'))),
  handle: async (call) => {
    const rows = await givePage(call, { usual: 10, most: 20 }, (page) => listLinkReviews(call.ctx, page))
    return presentAdminLinks(call.ctx, rows)
  },
})

const publishersRoute = route({
  method: 'GET',
  path: PUBLISHERS,
  summary: 'List publishers of links with what the team decided of them',
  access: mayRead,
  query: Type.Object({
    status,
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(LinkPublisher),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listPublishers(ctx, query.status, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return rows.map(presentPublisher)
  },
})

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

type Decide = { what: string; summary: string; verdict: Verdict }
const verb = ({ what, summary, verdict }: Decide) =>
  ({ method: 'POST', path: `${PATH}/${what}/:id/${verdict}`, summary, access: mayWrite, params: OneId }) as const

const tagRoute = (verdict: Verdict, summary: string): Route =>
  route({
    ...verb({ what: 'tags', summary, verdict }),
    response: AdminTag,
    handle: async ({ ctx, viewer, params }) => {
      const wish = { trendable: verdict === 'approve' }
      const name = await transact(ctx, (tx) => decideTag(tx, viewer.accountId, requireId(params.id), wish))
      const [tag] = await presentAdminTags(ctx, [name])
      if (!tag) throw notFound()
      return tag
    },
  })

const statusRoute = (verdict: Verdict, summary: string): Route =>
  route({
    ...verb({ what: 'statuses', summary, verdict }),
    response: Type.Unsafe<AdminTrendsStatus>(Type.Ref('AdminTrendsStatus')),
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      await transact(ctx, (tx) => decideStatus(tx, viewer.accountId, id, verdict))
      const review = await findStatusReview(ctx, id)
      const [post] = review ? await presentAdminStatuses(ctx, [{ id, ...review }]) : []
      if (!post) throw notFound()
      return post
    },
  })

const linkRoute = (verdict: Verdict, summary: string): Route =>
  route({
    ...verb({ what: 'links', summary, verdict }),
    response: Type.Unsafe<AdminTrendsLink>(Type.Ref('AdminTrendsLink')),
    handle: async ({ ctx, viewer, params }) => {
      const cardId = await transact(ctx, (tx) => decideLink(tx, viewer.accountId, requireId(params.id), verdict))
      const row = await findLinkReview(ctx, cardId)
      const [link] = row ? await presentAdminLinks(ctx, [row]) : []
      if (!link) throw notFound()
      return link
    },
  })

const publisherRoute = (verdict: Verdict, summary: string): Route =>
  route({
    ...verb({ what: 'links/publishers', summary, verdict }),
    response: LinkPublisher,
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      return presentPublisher(await transact(ctx, (tx) => decidePublisher(tx, viewer.accountId, id, verdict)))
    },
  })

/** Mastodon decides about authors on its pages alone. */
const authorRoute = (verdict: Verdict, summary: string): Route =>
  route({
    method: 'POST',
    path: `/api/web/admin/trends/authors/:id/${verdict}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      await transact(ctx, (tx) => decideAuthor(tx, viewer.accountId, id, verdict))
      return {}
    },
  })

export const adminRoutes = [
  tagsRoute,
  statusesRoute,
  linksRoute,
  publishersRoute,
  tagRoute('approve', 'Let a hashtag be talked about'),
  tagRoute('reject', 'Keep a hashtag out of what is talked about'),
  statusRoute('approve', 'Let a post be talked about'),
  statusRoute('reject', 'Keep a post out of what is talked about'),
  linkRoute('approve', 'Let a link be talked about'),
  linkRoute('reject', 'Keep a link out of what is talked about'),
  publisherRoute('approve', 'Let links of a publisher be talked about'),
  publisherRoute('reject', 'Keep links of a publisher out of what is talked about'),
  authorRoute('approve', 'Let posts of somebody be talked about'),
  authorRoute('reject', 'Keep posts of somebody out of what is talked about'),
]
