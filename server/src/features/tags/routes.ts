import { Tag } from '@hamlet/contract/search'
import { findEntities, normaliseTagName } from '@hamlet/contract/text'
import { Type } from 'typebox'
import { requireAccount } from '#features/accounts'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { emptyList, linkPages, reader, route, rowCursors, user, type RateLimit } from '#platform/http'
import { followTag, listFollowedTags, unfollowTag } from './follow-tag.ts'
import type { WrittenTag } from './note-tags.ts'
import { presentTags } from './present.ts'

const ByName = Type.Object({ name: Type.String({ maxLength: 200 }) })
/** mastodon-api 1.4, 1.5: follows of people and of hashtags share a family of 400 in a day. */
const followLimit: RateLimit = { family: 'follows', max: 400, windowMs: 24 * 3_600_000 }
const USUAL = 100

/** A hashtag as an address names it; 404 for what no post can hold as one. */
function readTag(given: string): WrittenTag {
  const [entity, ...others] = findEntities(`#${given}`)
  const isWhole = entity?.kind === 'hashtag' && others.length === 0 && entity.name === given
  const name = isWhole ? normaliseTagName(given) : ''
  if (name === '') throw notFound()
  return { name, written: given }
}

async function presentTag(ctx: Context, viewerId: Id | null, name: string): Promise<Tag> {
  const [tag] = await presentTags(ctx, viewerId, [name])
  if (!tag) throw notFound()
  return tag
}

function pressRoute(verb: string, summary: string, act: (tx: Tx, accountId: Id, tag: WrittenTag) => Promise<void>) {
  return route({
    method: 'POST',
    path: `/api/v1/tags/:name/${verb}`,
    summary,
    access: user('follow|write:follows'),
    params: ByName,
    response: Tag,
    limit: followLimit,
    handle: async ({ ctx, viewer, params }) => {
      const tag = readTag(params.name)
      await transact(ctx, (tx) => act(tx, viewer.accountId, tag))
      return presentTag(ctx, viewer.accountId, tag.name)
    },
  })
}

const followedRoute = route({
  method: 'GET',
  path: '/api/v1/followed_tags',
  summary: 'List the hashtags that you follow',
  access: user('follow|read:follows'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(Tag),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const followed = await listFollowedTags(ctx, viewer.accountId, page)
    linkPages(answer, ctx.config.url, target, rowCursors(followed.rowIds, page.limit))
    return presentTags(ctx, viewer.accountId, followed.names)
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v1/tags/:name',
  summary: 'Show a hashtag, how much it is used, and whether you follow it',
  access: reader('read:statuses|read:follows|write:follows'),
  params: ByName,
  response: Tag,
  handle: ({ ctx, viewer, params }) => presentTag(ctx, viewer?.accountId ?? null, readTag(params.name).name),
})

export const routes = [
  followedRoute,
  showRoute,
  pressRoute('follow', 'Follow a hashtag', followTag),
  pressRoute('unfollow', 'Stop following a hashtag', unfollowTag),
  emptyList('/api/v1/featured_tags', 'List the hashtags on your profile', user('read:accounts')),
  emptyList('/api/v1/featured_tags/suggestions', 'Propose hashtags for your profile', user('read:accounts')),
  emptyList(
    '/api/v1/accounts/:id/featured_tags',
    'List the hashtags on a profile',
    reader('read:accounts'),
    requireAccount,
  ),
]
