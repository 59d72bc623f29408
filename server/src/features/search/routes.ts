import { Account } from '@hamlet/contract/account'
import { Search } from '@hamlet/contract/search'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { presentStatuses } from '#features/statuses'
import { presentTags } from '#features/tags'
import { isId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { findStatusIds, type PostPage } from './find-posts.ts'
import { findAccountIds, findExact, findTagNames } from './find.ts'

const flag = Type.Optional(Type.Boolean())
const id = Type.Optional(Type.String())
const MOST = 40
const USUAL = 20
const LONGEST = 2048

async function presentFound(ctx: Context, ids: readonly Id[]): Promise<Account[]> {
  const accounts = await presentAccounts(ctx, ids)
  return ids.map((id) => accounts.get(id)).filter((account) => account !== undefined)
}

type Bounds = { account_id?: string; max_id?: string; min_id?: string }

/** Narrows posts to an author and between two ids; what is no id narrows nothing. */
function readBounds({ account_id: author, max_id: max, min_id: min }: Bounds): Omit<PostPage, 'limit' | 'offset'> {
  return {
    ...(author && isId(author) ? { authorId: author } : {}),
    ...(max && isId(max) ? { maxId: max } : {}),
    ...(min && isId(min) ? { minId: min } : {}),
  }
}

const searchRoute = route({
  method: 'GET',
  path: '/api/v2/search',
  summary: 'Search people, hashtags, and posts by their words or their address',
  access: reader('read:search'),
  query: Type.Object({
    q: Type.String({ maxLength: LONGEST }),
    type: Type.Optional(Type.String()),
    resolve: flag,
    following: flag,
    limit: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
    account_id: id,
    max_id: id,
    min_id: id,
  }),
  response: Search,
  handle: async ({ ctx, viewer, query }) => {
    const viewerId = viewer?.accountId ?? null
    // Strangers may neither leaf through the results nor make the server ask elsewhere (mastodon-api 1.15).
    if (!viewerId && (query.offset ?? 0) > 0)
      throw new Refusal('unauthorized', 'Search queries pagination is not supported without authentication')
    if (!viewerId && query.resolve)
      throw new Refusal(
        'unauthorized',
        'Search queries that resolve remote resources are not supported without authentication',
      )
    const page = {
      limit: Math.min(Math.max(query.limit ?? USUAL, 1), MOST),
      offset: Math.min(Math.max(query.offset ?? 0, 0), 10_000),
    }
    const wants = (type: string) => query.type === undefined || query.type === '' || query.type === type
    const exact = await findExact(ctx, query.q, viewerId !== null && query.resolve === true)
    const isExact = exact.accountId !== undefined || exact.statusId !== undefined
    const people = { ...page, isFollowing: query.following === true }
    const accountIds = exact.accountId
      ? [exact.accountId]
      : wants('accounts') && !isExact
        ? await findAccountIds(ctx, viewerId, query.q, people)
        : []
    const tags = wants('hashtags') && !isExact ? await findTagNames(ctx, query.q, page) : []
    // Strangers find posts by their address alone: words are for members (mastodon-api 1.13).
    const wantsPosts = wants('statuses') && viewerId !== null && !isExact
    const found = wantsPosts ? await findStatusIds(ctx, viewerId, query.q, { ...page, ...readBounds(query) }) : []
    const statusIds = exact.statusId && wants('statuses') ? [exact.statusId] : found
    return {
      accounts: wants('accounts') ? await presentFound(ctx, accountIds) : [],
      statuses: statusIds.length > 0 ? await presentStatuses(ctx, viewerId, statusIds) : [],
      hashtags: await presentTags(ctx, viewerId, tags),
      collections: [],
    }
  },
})

const accountSearchRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/search',
  summary: 'Search people by handle or the beginning of their name',
  access: user('read:accounts'),
  query: Type.Object({
    q: Type.String({ maxLength: LONGEST }),
    resolve: flag,
    following: flag,
    limit: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
  }),
  response: Type.Array(Type.Ref('Account')),
  handle: async ({ ctx, viewer, query }) => {
    const exact = query.resolve ? await findExact(ctx, query.q, true) : {}
    if (exact.accountId) return presentFound(ctx, [exact.accountId])
    const ids = await findAccountIds(ctx, viewer.accountId, query.q, {
      limit: Math.min(Math.max(query.limit ?? MOST, 1), 80),
      offset: Math.min(Math.max(query.offset ?? 0, 0), 10_000),
      isFollowing: query.following === true,
    })
    return presentFound(ctx, ids)
  },
})

export const routes = [searchRoute, accountSearchRoute]
