import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { Status } from './status.ts'

export const Tag = Type.Object(
  {
    /** Empty for a hashtag that nobody has used or followed yet. */
    id: Type.String(),
    /** As it was first written; the name that it is found by stands at the end of `url`. */
    name: Type.String(),
    url: Type.String(),
    history: Type.Array(Type.Object({ day: Type.String(), uses: Type.String(), accounts: Type.String() })),
    following: Type.Optional(Type.Boolean()),
    featuring: Type.Optional(Type.Boolean()),
  },
  { $id: 'Tag' },
)
export type Tag = Static<typeof Tag>

/** A hashtag as the team sees it (mastodon-api Part 2, Admin::Tag). */
export const AdminTag = Type.Object(
  {
    ...Tag.properties,
    /** Whether it may be talked about: what the team decided, or the setting where it did not yet. */
    trendable: Type.Boolean(),
    /** Whether posts may hold it. */
    usable: Type.Boolean(),
    requires_review: Type.Boolean(),
    /** Whether searches find it. */
    listable: Type.Boolean(),
  },
  { $id: 'AdminTag' },
)
export type AdminTag = Static<typeof AdminTag>

export const Search = Type.Object(
  {
    accounts: Type.Array(Type.Unsafe<Account>(Type.Ref('Account'))),
    statuses: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
    hashtags: Type.Array(Type.Ref('Tag')),
    collections: Type.Array(Type.Unknown()),
  },
  { $id: 'Search' },
)
