import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { PreviewCard } from './card.ts'

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
