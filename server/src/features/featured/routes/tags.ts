import { FeaturedTag } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { requireAccount } from '#features/accounts'
import { featureTag, presentTags, readTag, unfeatureTagById } from '#features/tags'
import { ACTIVITY_JSON } from '#federation'
import { isId } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { anyone, reader, route, user } from '#platform/http'
import { presentFeaturedTags, suggestTags, taggedUrl } from '../present.ts'

const path = '/api/v1/featured_tags'
const ById = Type.Object({ id: Type.String() })
const MOST_SUGGESTED = 10

const ownRoute = route({
  method: 'GET',
  path,
  summary: 'List the hashtags on your profile',
  access: user('read:accounts'),
  response: Type.Array(FeaturedTag),
  handle: async ({ ctx, viewer }) => presentFeaturedTags(ctx, await requireAccount(ctx, viewer.accountId)),
})

const suggestionsRoute = route({
  method: 'GET',
  path: `${path}/suggestions`,
  summary: 'Propose hashtags for your profile: those of your latest posts',
  access: user('read:accounts'),
  response: Type.Array(Type.Ref('Tag')),
  handle: async ({ ctx, viewer }) =>
    presentTags(ctx, viewer.accountId, await suggestTags(ctx, viewer.accountId, MOST_SUGGESTED)),
})

const featureRoute = route({
  method: 'POST',
  path,
  summary: 'Put a hashtag on your profile',
  access: user('write:accounts'),
  body: Type.Object({ name: Type.String({ maxLength: 200 }) }),
  response: FeaturedTag,
  handle: async ({ ctx, viewer, body }) => {
    const tag = readTag(body.name.trim().replace(/^#/, ''))
    if (!tag) throw invalid('Validation failed: Name is not a hashtag')
    const isNew = await transact(ctx, (tx) => featureTag(tx, viewer.accountId, tag))
    if (!isNew) throw invalid('Validation failed: Name has already been taken')
    const url = taggedUrl(await requireAccount(ctx, viewer.accountId), tag.name)
    const shown = await presentFeaturedTags(ctx, await requireAccount(ctx, viewer.accountId))
    const made = shown.find((one) => one.url === url)
    if (!made) throw notFound()
    return made
  },
})

const unfeatureRoute = route({
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Take a hashtag off your profile',
  access: user('write:accounts'),
  params: ById,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => unfeatureTagById(tx, viewer.accountId, params.id))
    return {}
  },
})

const shownRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/:id/featured_tags',
  summary: 'List the hashtags on a profile',
  access: reader('read:accounts'),
  params: ById,
  response: Type.Array(FeaturedTag),
  handle: async ({ ctx, viewer, params }) => {
    const account = await requireAccount(ctx, params.id)
    const isHidden = !account.show_featured && viewer?.accountId !== account.id
    return account.suspended_at || isHidden ? [] : presentFeaturedTags(ctx, account)
  },
})

const documentRoute = route({
  method: 'GET',
  path: '/ap/users/:id/collections/tags',
  summary: 'List the hashtags on a profile as other servers read them',
  access: anyone,
  params: ById,
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params, answer }) => {
    const account = await requireAccount(ctx, params.id)
    if (!account.is_local || account.suspended_at || account.is_demo) throw notFound()
    const tags = await presentFeaturedTags(ctx, account)
    answer.header('Cache-Control', 'public, max-age=180')
    return {
      '@context': ['https://www.w3.org/ns/activitystreams', { Hashtag: 'as:Hashtag' }],
      id: `${account.uri}/collections/tags`,
      type: 'Collection',
      totalItems: tags.length,
      items: tags.map((tag) => ({ type: 'Hashtag', name: `#${tag.name}`, href: tag.url })),
    }
  },
})

export const tagRoutes = [ownRoute, suggestionsRoute, featureRoute, unfeatureRoute, shownRoute, documentRoute]
