import { Type, type Static } from 'typebox'
import { CustomEmoji } from './emoji.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const Field = Type.Object({ name: Type.String(), value: Type.String(), verified_at: nullable(Type.String()) })

export const Account = Type.Object(
  {
    id: Type.String(),
    username: Type.String(),
    acct: Type.String(),
    display_name: Type.String(),
    locked: Type.Boolean(),
    bot: Type.Boolean(),
    group: Type.Boolean(),
    discoverable: nullable(Type.Boolean()),
    indexable: Type.Boolean(),
    created_at: Type.String(),
    note: Type.String(),
    url: Type.String(),
    uri: Type.String(),
    avatar: Type.String(),
    avatar_static: Type.String(),
    avatar_description: Type.String(),
    header: Type.String(),
    header_static: Type.String(),
    header_description: Type.String(),
    followers_count: Type.Integer(),
    following_count: Type.Integer(),
    statuses_count: Type.Integer(),
    last_status_at: nullable(Type.String()),
    hide_collections: nullable(Type.Boolean()),
    show_media: Type.Boolean(),
    show_media_replies: Type.Boolean(),
    show_featured: Type.Boolean(),
    emojis: Type.Array(Type.Unsafe<CustomEmoji>(Type.Ref('CustomEmoji'))),
    suspended: Type.Optional(Type.Literal(true)),
    limited: Type.Optional(Type.Literal(true)),
    memorial: Type.Optional(Type.Literal(true)),
    /** Where somebody went who moved; that one is shown without this. */
    moved: Type.Optional(Type.Unsafe<unknown>(Type.Ref('Account'))),
    noindex: Type.Optional(Type.Boolean()),
    roles: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String(), color: Type.String() }))),
    fields: Type.Array(Field),
    feature_approval: Type.Object({
      automatic: Type.Array(Type.String()),
      manual: Type.Array(Type.String()),
      current_user: Type.String(),
    }),
  },
  { $id: 'Account' },
)
export type Account = Omit<Static<typeof Account>, 'moved'> & { moved?: Account }

export const FamiliarFollowers = Type.Object(
  { id: Type.String(), accounts: Type.Array(Type.Unsafe<Account>(Type.Ref('Account'))) },
  { $id: 'FamiliarFollowers' },
)
export type FamiliarFollowers = Static<typeof FamiliarFollowers>

/** A hashtag that stands on a profile. */
export const FeaturedTag = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    url: Type.String(),
    statuses_count: Type.String(),
    last_status_at: nullable(Type.String()),
  },
  { $id: 'FeaturedTag' },
)
export type FeaturedTag = Static<typeof FeaturedTag>

/** How somebody's own profile is kept: texts as they were typed, and no picture where there is none. */
export const Profile = Type.Object(
  {
    id: Type.String(),
    display_name: Type.String(),
    note: Type.String(),
    fields: Type.Array(Field),
    formatted_note: Type.String(),
    formatted_fields: Type.Array(Field),
    avatar: nullable(Type.String()),
    avatar_static: nullable(Type.String()),
    avatar_description: Type.String(),
    header: nullable(Type.String()),
    header_static: nullable(Type.String()),
    header_description: Type.String(),
    locked: Type.Boolean(),
    bot: Type.Boolean(),
    hide_collections: nullable(Type.Boolean()),
    discoverable: nullable(Type.Boolean()),
    indexable: Type.Boolean(),
    show_media: Type.Boolean(),
    show_media_replies: Type.Boolean(),
    show_featured: Type.Boolean(),
    attribution_domains: Type.Array(Type.String()),
    featured_tags: Type.Array(Type.Unsafe<FeaturedTag>(Type.Ref('FeaturedTag'))),
  },
  { $id: 'Profile' },
)
export type Profile = Static<typeof Profile>

/** What a person may do on this server (mastodon-api Part 2, Role). */
export const Role = Type.Object({
  id: Type.String(),
  name: Type.String(),
  permissions: Type.String(),
  color: Type.String(),
  highlighted: Type.Boolean(),
  collection_limit: Type.Integer(),
})
export type Role = Static<typeof Role>

export const CredentialAccount = Type.Interface(
  [Account],
  {
    source: Type.Object({
      privacy: Type.String(),
      sensitive: Type.Boolean(),
      language: nullable(Type.String()),
      note: Type.String(),
      fields: Type.Array(Field),
      follow_requests_count: Type.Integer(),
      hide_collections: nullable(Type.Boolean()),
      discoverable: nullable(Type.Boolean()),
      indexable: Type.Boolean(),
      attribution_domains: Type.Array(Type.String()),
      quote_policy: Type.String(),
    }),
    role: Role,
    /** Ours alone, on our own pages: why the account does not work now; `suspended`, `frozen`, `unconfirmed` or `waiting`. */
    closed: Type.Optional(Type.String()),
  },
  { $id: 'CredentialAccount' },
)
export type CredentialAccount = Omit<Static<typeof CredentialAccount>, 'moved'> & { moved?: Account }
