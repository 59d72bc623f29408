import { ContentRule, RuleHit } from '@hamlet/contract/content-rule'
import { RuleWording, ruleLimits } from '@hamlet/contract/rule-grammar'
import { Type } from 'typebox'
import {
  changeRule,
  createRule,
  deleteRule,
  findContentRule,
  listContentRules,
  listHits,
  openGate,
  orderRules,
  setFirstPosts,
  switchRule,
  type RuleRow,
} from '#features/gates'
import { team } from '#features/roles'
import { undoHits } from '#features/statuses'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, type Route } from '#platform/http'
import { presentContentRules, presentHits } from '../present/rules.ts'

const PATH = '/api/hamlet/v1/admin/rules'
/** Mastodon knows no rules over what people write; who may say what trends may say what is taken. */
const mayRead = team('admin:read:reports', 'manage_taxonomies')
const mayWrite = team('admin:write:reports', 'manage_taxonomies')
const OneId = Type.Object({ id: Type.String() })
const USUAL = 40

async function presentOne(ctx: Context, viewerId: Id, row: RuleRow | undefined): Promise<ContentRule> {
  const [rule] = row ? await presentContentRules(ctx, viewerId, [row]) : []
  if (!rule) throw notFound()
  return rule
}

const requireId = (id: string): Id => {
  if (!isId(id)) throw notFound()
  return id
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List the rules over what people write, in the order in which they judge',
  access: mayRead,
  response: Type.Array(ContentRule),
  handle: async ({ ctx, viewer }) => presentContentRules(ctx, viewer.accountId, await listContentRules(ctx)),
})

const showRoute = route({
  method: 'GET',
  path: `${PATH}/:id`,
  summary: 'Show one rule over what people write',
  access: mayRead,
  params: OneId,
  response: ContentRule,
  handle: async ({ ctx, viewer, params }) =>
    presentOne(ctx, viewer.accountId, await findContentRule(ctx, requireId(params.id))),
})

const createRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Write a rule, switched off',
  access: mayWrite,
  body: RuleWording,
  response: ContentRule,
  handle: async ({ ctx, viewer, body }) =>
    presentOne(ctx, viewer.accountId, await transact(ctx, (tx) => createRule(tx, viewer.accountId, body))),
})

const changeRoute = route({
  method: 'PUT',
  path: `${PATH}/:id`,
  summary: 'Word a rule anew',
  access: mayWrite,
  params: OneId,
  body: RuleWording,
  response: ContentRule,
  handle: async ({ ctx, viewer, params, body }) => {
    const id = requireId(params.id)
    return presentOne(ctx, viewer.accountId, await transact(ctx, (tx) => changeRule(tx, viewer.accountId, id, body)))
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: `${PATH}/:id`,
  summary: 'Take a rule away with its log; what it did stays done',
  access: mayWrite,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => deleteRule(tx, viewer.accountId, requireId(params.id)))
    return {}
  },
})

function switchRoute(verb: 'enable' | 'disable', summary: string): Route {
  return route({
    method: 'POST',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    body: Type.Object({}),
    response: ContentRule,
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      const row = await transact(ctx, (tx) => switchRule(tx, viewer.accountId, id, verb === 'enable'))
      return presentOne(ctx, viewer.accountId, row)
    },
  })
}

const orderRoute = route({
  method: 'POST',
  path: `${PATH}/order`,
  summary: 'Put the rules in an order',
  access: mayWrite,
  body: Type.Object({ ids: Type.Array(Type.String(), { maxItems: ruleLimits.rules }) }),
  response: Type.Array(ContentRule),
  handle: async ({ ctx, viewer, body }) => {
    await transact(ctx, (tx) => orderRules(tx, viewer.accountId, body.ids.filter(isId)))
    return presentContentRules(ctx, viewer.accountId, await listContentRules(ctx))
  },
})

const hitsRoute = route({
  method: 'GET',
  path: `${PATH}/:id/hits`,
  summary: 'List what a rule did in the last 30 days',
  access: mayRead,
  params: OneId,
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(RuleHit),
  handle: async ({ ctx, params, query, answer, target }) => {
    const rule = await findContentRule(ctx, requireId(params.id))
    if (!rule) throw notFound()
    const page = readPage(query, USUAL)
    const rows = await listHits(ctx, rule.id, page)
    linkPages(
      answer,
      ctx.config.url,
      target,
      rowCursors(
        rows.map((row) => row.id),
        page.limit,
      ),
    )
    return presentHits(ctx, rows)
  },
})

const Undone = Type.Object({ undone: Type.Integer(), has_more: Type.Boolean() })

const undoOneRoute = route({
  method: 'POST',
  path: `${PATH}/:id/hits/:hit_id/undo`,
  summary: 'Take back what a rule did to one post',
  access: mayWrite,
  params: Type.Object({ id: Type.String(), hit_id: Type.String() }),
  body: Type.Object({}),
  response: Undone,
  handle: async ({ ctx, viewer, params }) => {
    const [ruleId, hitId] = [requireId(params.id), requireId(params.hit_id)]
    const { undone, hasMore } = await transact(ctx, (tx) => undoHits(tx, viewer.accountId, ruleId, hitId))
    return { undone, has_more: hasMore }
  },
})

const undoRoute = route({
  method: 'POST',
  path: `${PATH}/:id/undo`,
  summary: 'Take back what a rule did in the last 30 days, 200 posts at once',
  access: mayWrite,
  params: OneId,
  body: Type.Object({}),
  response: Undone,
  handle: async ({ ctx, viewer, params }) => {
    const ruleId = requireId(params.id)
    const { undone, hasMore } = await transact(ctx, (tx) => undoHits(tx, viewer.accountId, ruleId))
    return { undone, has_more: hasMore }
  },
})

const FIRST = '/api/hamlet/v1/admin/first_posts'
const FirstPosts = Type.Object({
  posts: Type.Integer({ minimum: 0, maximum: 100 }),
  days: Type.Integer({ minimum: 0, maximum: 365 }),
})

const firstPostsRoute = route({
  method: 'GET',
  path: FIRST,
  summary: 'Show how long the posts of new accounts wait for a moderator',
  access: mayRead,
  response: FirstPosts,
  handle: async ({ ctx }) => {
    const { holdPosts, holdDays } = await openGate(ctx)
    return { posts: holdPosts, days: holdDays }
  },
})

const setFirstPostsRoute = route({
  method: 'PUT',
  path: FIRST,
  summary: 'Let the first posts of new accounts wait for a moderator; 0 and 0 is off',
  access: mayWrite,
  body: FirstPosts,
  response: FirstPosts,
  handle: async ({ ctx, viewer, body }) => {
    await transact(ctx, (tx) => setFirstPosts(tx, viewer.accountId, body))
    return body
  },
})

export const contentRuleRoutes = [
  listRoute,
  orderRoute,
  showRoute,
  createRoute,
  changeRoute,
  deleteRoute,
  switchRoute('enable', 'Switch a rule on, from the next post on'),
  switchRoute('disable', 'Switch a rule off, from the next post on'),
  hitsRoute,
  undoOneRoute,
  undoRoute,
  firstPostsRoute,
  setFirstPostsRoute,
]
