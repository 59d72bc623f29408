import { Account, FamiliarFollowers } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { findAccount, requireAccount } from '#features/accounts'
import {
  findFamiliarFollowers,
  listBlocked,
  listEndorsed,
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

const Endorsed = Type.Object({ ...Paging.properties })

const ownEndorsementsRoute = route({
  method: 'GET',
  path: '/api/v1/endorsements',
  summary: 'List people on your profile',
  access: user('read:accounts'),
  query: Endorsed,
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const who = { accountId: viewer.accountId, viewerId: viewer.accountId }
    const page = readPage(query, USUAL)
    // Nought stands for everybody (mastodon-api 1.5).
    const isWhole = query.limit === 0
    const found = await listEndorsed(ctx, who, isWhole ? 'all' : page)
    return answerList(ctx, found, isWhole ? found.rowIds.length + 1 : page.limit, { answer, target })
  },
})

const endorsementsRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/:id/endorsements',
  summary: 'List people on a profile',
  access: reader('read:accounts'),
  params: Type.Object({ id: Type.String() }),
  query: Endorsed,
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, params, query, answer, target }) => {
    const account = await requireAccount(ctx, params.id)
    const viewerId = viewer?.accountId ?? null
    if (account.suspended_at || (!account.show_featured && viewerId !== account.id)) return []
    const page = readPage(query, USUAL)
    const found = await listEndorsed(ctx, { accountId: account.id, viewerId }, page)
    return answerList(ctx, found, page.limit, { answer, target })
  },
})

const familiarRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/familiar_followers',
  summary: 'Of those whom you follow, list who follows accounts',
  access: user('read:follows'),
  query: Type.Object({ id: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })) }),
  response: Type.Array(FamiliarFollowers),
  handle: async ({ ctx, viewer, query }) => {
    const ids = [...new Set(query.id)].filter(isId)
    const found = await findFamiliarFollowers(ctx, viewer.accountId, ids)
    const accounts = await presentAccounts(ctx, [...found.values()].flat())
    return ids.map((id) => ({
      id,
      accounts: (found.get(id) ?? []).map((one) => accounts.get(one)).filter((account) => account !== undefined),
    }))
  },
})

export const listRoutes = [
  ownEndorsementsRoute,
  endorsementsRoute,
  familiarRoute,
  peopleRoute('followers', 'List who follows an account', listFollowers),
  peopleRoute('following', 'List whom an account follows', listFollowing),
  ownRoute('/api/v1/follow_requests', 'List who waits to follow you', 'follow|read:follows', listRequests),
  ownRoute('/api/v1/blocks', 'List whom you block', 'follow|read:blocks', listBlocked),
  mutesRoute,
]
