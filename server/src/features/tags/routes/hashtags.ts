import { Tag } from '@hamlet/contract/search'
import { Type } from 'typebox'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, reader, route, rowCursors, user, type RateLimit } from '#platform/http'
import { featureTag, unfeatureTag } from '../feature-tag.ts'
import { followTag, listFollowedTags, unfollowTag } from '../follow-tag.ts'
import type { WrittenTag } from '../note-tags.ts'
import { readTag } from '../read-tag.ts'
import { presentTags } from '../present.ts'

const ByName = Type.Object({ name: Type.String({ maxLength: 200 }) })
/** mastodon-api 1.4, 1.5: follows of people and of hashtags share a family of 400 in a day. */
const followLimit: RateLimit = { family: 'follows', max: 400, windowMs: 24 * 3_600_000 }
const USUAL = 100

/** A hashtag as an address names it; 404 for what no post can hold as one. */
function requireTag(given: string): WrittenTag {
  const tag = readTag(given)
  if (!tag) throw notFound()
  return tag
}

async function presentTag(ctx: Context, viewerId: Id | null, name: string): Promise<Tag> {
  const [tag] = await presentTags(ctx, viewerId, [name])
  if (!tag) throw notFound()
  return tag
}

type Act = (tx: Tx, accountId: Id, tag: WrittenTag) => Promise<unknown>

function pressRoute(verb: string, summary: string, act: Act, { isFollow = true } = {}) {
  return route({
    method: 'POST',
    path: `/api/v1/tags/:name/${verb}`,
    summary,
    access: user(isFollow ? 'follow|write:follows' : 'write:accounts'),
    params: ByName,
    response: Tag,
    ...(isFollow ? { limit: followLimit } : {}),
    handle: async ({ ctx, viewer, params }) => {
      const tag = requireTag(params.name)
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
  handle: ({ ctx, viewer, params }) => presentTag(ctx, viewer?.accountId ?? null, requireTag(params.name).name),
})

export const routes = [
  followedRoute,
  showRoute,
  pressRoute('follow', 'Follow a hashtag', followTag),
  pressRoute('unfollow', 'Stop following a hashtag', unfollowTag),
  pressRoute('feature', 'Put a hashtag on your profile', featureTag, { isFollow: false }),
  pressRoute('unfeature', 'Take a hashtag off your profile', unfeatureTag, { isFollow: false }),
]
