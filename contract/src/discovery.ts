import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { PreviewCard } from './card.ts'
import { Status } from './status.ts'

/** A link that is talked about (mastodon-api Part 2): days of use, today first. */
export const TrendsLink = Type.Object(
  {
    ...PreviewCard.properties,
    history: Type.Array(Type.Object({ day: Type.String(), uses: Type.String(), accounts: Type.String() })),
  },
  { $id: 'TrendsLink' },
)
export type TrendsLink = Static<typeof TrendsLink>

export const SuggestionSource = Type.Union([Type.Literal('friends_of_friends'), Type.Literal('most_followed')])
export type SuggestionSource = Static<typeof SuggestionSource>

/** Somebody to follow, and why (mastodon-api Part 2). `source` is the older word for it. */
export const Suggestion = Type.Object(
  {
    source: Type.Union([Type.Literal('past_interactions'), Type.Literal('global')]),
    sources: Type.Array(SuggestionSource),
    account: Type.Unsafe<Account>(Type.Ref('Account')),
  },
  { $id: 'Suggestion' },
)
export type Suggestion = Static<typeof Suggestion>

/** A link that is talked about, as the team sees it (mastodon-api Part 2, Admin TrendsLink). */
export const AdminTrendsLink = Type.Object(
  {
    ...TrendsLink.properties,
    id: Type.Integer(),
    requires_review: Type.Boolean(),
    /** Ours alone: whether it is shown, by what was decided of it, its publisher, or the setting. */
    trendable: Type.Boolean(),
  },
  { $id: 'AdminTrendsLink' },
)
export type AdminTrendsLink = Static<typeof AdminTrendsLink>

/** A post that is talked about, as the team sees it (mastodon-api Part 2, Admin TrendsStatus). */
export const AdminTrendsStatus = Type.Object(
  { ...Status.properties, requires_review: Type.Boolean(), trendable: Type.Boolean() },
  { $id: 'AdminTrendsStatus' },
)
export type AdminTrendsStatus = Status & Pick<Static<typeof AdminTrendsStatus>, 'requires_review' | 'trendable'>

/** Who is behind links (mastodon-api Part 2, PreviewCardProvider). */
export const LinkPublisher = Type.Object(
  {
    id: Type.Integer(),
    domain: Type.String(),
    /** Null until the team decides. */
    trendable: Type.Union([Type.Boolean(), Type.Null()]),
    reviewed_at: Type.Union([Type.String(), Type.Null()]),
    requested_review_at: Type.Union([Type.String(), Type.Null()]),
    requires_review: Type.Boolean(),
  },
  { $id: 'LinkPublisher' },
)
export type LinkPublisher = Static<typeof LinkPublisher>
