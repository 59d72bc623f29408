import { Account } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import {
  listBlocked,
  listFollowers,
  listFollowing,
  listMuted,
  listRequests,
  type RelationPage,
} from '#features/relationships'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, reader, route, rowCursors, user, type Answer } from '#platform/http'
import { presentAccounts } from '../present.ts'

const Paging = Type.Object({
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
})
const USUAL = 40

type List = (ctx: Context, who: { accountId: Id; viewerId: Id | null }, page: PageRequest) => Promise<RelationPage>

/** Accounts of a page in its order; cursors are row ids that stand in the Link header only (mastodon-api, Page A). */
async function answerList(
  ctx: Context,
  page: RelationPage,
  limit: number,
  to: { answer: Answer; target: string },
): Promise<Account[]> {
  linkPages(to.answer, ctx.config.url, to.target, rowCursors(page.rowIds, limit))
  const accounts = await presentAccounts(ctx, page.accountIds)
  return page.accountIds.map((id) => accounts.get(id)).filter((account) => account !== undefined)
}

function peopleRoute(verb: 'followers' | 'following', summary: string, list: List) {
  return route({
    method: 'GET',
    path: `/api/v1/accounts/:id/${verb}`,
    summary,
    access: reader('read:accounts'),
    params: Type.Object({ id: Type.String() }),
    query: Paging,
    response: Type.Array(Account),
    handle: async ({ ctx, viewer, params, query, answer, target }) => {
      const account = isId(params.id) ? await findAccount(ctx, params.id) : undefined
      if (!account) throw notFound()
      const viewerId = viewer?.accountId ?? null
      if (account.suspended_at || (account.hide_collections && viewerId !== account.id)) return []
      const page = readPage(query, USUAL)
      return answerList(ctx, await list(ctx, { accountId: account.id, viewerId }, page), page.limit, { answer, target })
    },
  })
}

function ownRoute(
  path: string,
  summary: string,
  scope: string,
  list: (ctx: Context, id: Id, page: PageRequest) => Promise<RelationPage>,
) {
  return route({
    method: 'GET',
    path,
    summary,
    access: user(scope),
    query: Paging,
    response: Type.Array(Account),
    handle: async ({ ctx, viewer, query, answer, target }) => {
      const page = readPage(query, USUAL)
      return answerList(ctx, await list(ctx, viewer.accountId, page), page.limit, { answer, target })
    },
  })
}

const mutesRoute = route({
  method: 'GET',
  path: '/api/v1/mutes',
  summary: 'List whom you mute, and until when',
  access: user('follow|read:mutes'),
  query: Paging,
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const muted = await listMuted(ctx, viewer.accountId, page)
    const until = new Map(muted.accountIds.map((id, index) => [id, muted.expiresAt[index] ?? null]))
    const accounts = await answerList(ctx, muted, page.limit, { answer, target })
    return accounts.map((account) => ({ ...account, mute_expires_at: until.get(account.id) ?? null }))
  },
})

export const listRoutes = [
  peopleRoute('followers', 'List who follows an account', listFollowers),
  peopleRoute('following', 'List whom an account follows', listFollowing),
  ownRoute('/api/v1/follow_requests', 'List who waits to follow you', 'follow|read:follows', listRequests),
  ownRoute('/api/v1/blocks', 'List whom you block', 'follow|read:blocks', listBlocked),
  mutesRoute,
]
