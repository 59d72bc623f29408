import { Type, type Static } from 'typebox'

const s = Type.String()
const orNull = Type.Union([s, Type.Null()])
const Text = Type.Object({ text: s, updated_at: orNull })

/** Ours alone: a version of the terms of service. */
export const TeamTerms = Type.Object(
  {
    id: s,
    text: s,
    changes: s,
    /** The day from which on it counts; null while it is a draft. */
    effective_on: orNull,
    published_at: orNull,
    /** When every member had been told. */
    told_at: orNull,
    updated_at: s,
  },
  { $id: 'TeamTerms' },
)
export type TeamTerms = Static<typeof TeamTerms>

/** Ours alone: what the team says at length. */
export const TeamTexts = Type.Object(
  {
    extended_description: Text,
    privacy_policy: Text,
    /** Published, the last to count first. */
    terms: Type.Array(Type.Unsafe<TeamTerms>(Type.Ref('TeamTerms'))),
    draft: Type.Union([Type.Unsafe<TeamTerms>(Type.Ref('TeamTerms')), Type.Null()]),
    /** How many people would be told of new terms. */
    members: Type.Integer(),
  },
  { $id: 'TeamTexts' },
)
export type TeamTexts = Static<typeof TeamTexts>
