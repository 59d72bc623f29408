import { Profile } from '@hamlet/contract/account'
import { requireAccount } from '#features/accounts'
import { changeProfile, ProfileBody, profileUpload } from '#features/oauth'
import { presentAccount } from '#features/profiles'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { route, user } from '#platform/http'
import { presentFeaturedTags } from '../present.ts'

/** How somebody's own profile is kept (mastodon-api Part 2, Profile). */
async function presentProfile(ctx: Context, accountId: Id): Promise<Profile> {
  const row = await requireAccount(ctx, accountId)
  const shown = await presentAccount(ctx, accountId)
  const [hasAvatar, hasHeader] = [row.avatar_key !== null, row.header_key !== null]
  return {
    id: row.id,
    display_name: row.display_name,
    note: row.note,
    fields: row.fields as Profile['fields'],
    formatted_note: shown.note,
    formatted_fields: shown.fields,
    avatar: hasAvatar ? shown.avatar : null,
    avatar_static: hasAvatar ? shown.avatar_static : null,
    avatar_description: row.avatar_description,
    header: hasHeader ? shown.header : null,
    header_static: hasHeader ? shown.header_static : null,
    header_description: row.header_description,
    locked: row.locked,
    bot: row.bot,
    hide_collections: row.hide_collections,
    discoverable: row.discoverable,
    indexable: row.indexable,
    show_media: row.show_media,
    show_media_replies: row.show_media_replies,
    show_featured: row.show_featured,
    attribution_domains: row.attribution_domains,
    featured_tags: await presentFeaturedTags(ctx, row),
  }
}

const showRoute = route({
  method: 'GET',
  path: '/api/v1/profile',
  summary: 'Show your profile as you keep it',
  access: user('profile|read:accounts'),
  response: Profile,
  handle: ({ ctx, viewer }) => presentProfile(ctx, viewer.accountId),
})

/** Both verbs change what is named and leave the rest. */
const changeRoutes = (['PATCH', 'PUT'] as const).map((method) =>
  route({
    method,
    path: '/api/v1/profile',
    summary: 'Change how you appear',
    access: user('write:accounts'),
    body: ProfileBody,
    upload: profileUpload,
    response: Profile,
    handle: async ({ ctx, viewer, body, files }) => {
      await changeProfile(ctx, viewer, { body, files })
      return presentProfile(ctx, viewer.accountId)
    },
  }),
)

export const profileRoutes = [showRoute, ...changeRoutes]
