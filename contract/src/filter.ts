import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const FilterContext = Type.Union([
  Type.Literal('home'),
  Type.Literal('notifications'),
  Type.Literal('public'),
  Type.Literal('thread'),
  Type.Literal('account'),
])
export type FilterContext = Static<typeof FilterContext>

export const FilterAction = Type.Union([Type.Literal('warn'), Type.Literal('hide'), Type.Literal('blur')])
export type FilterAction = Static<typeof FilterAction>

export const FilterKeyword = Type.Object(
  { id: Type.String(), keyword: Type.String(), whole_word: Type.Boolean() },
  { $id: 'FilterKeyword' },
)
export type FilterKeyword = Static<typeof FilterKeyword>
export const FilterStatus = Type.Object({ id: Type.String(), status_id: Type.String() }, { $id: 'FilterStatus' })
export type FilterStatus = Static<typeof FilterStatus>

/** Words and posts that a person does not want to read (mastodon-api Part 2, Filter). */
export const Filter = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    context: Type.Array(FilterContext),
    expires_at: nullable(Type.String()),
    filter_action: FilterAction,
    keywords: Type.Optional(Type.Array(Type.Unsafe<Static<typeof FilterKeyword>>(Type.Ref('FilterKeyword')))),
    statuses: Type.Optional(Type.Array(Type.Unsafe<Static<typeof FilterStatus>>(Type.Ref('FilterStatus')))),
  },
  { $id: 'Filter' },
)
export type Filter = Static<typeof Filter>

/** One keyword as a filter of its own, as apps knew them before there were several in one (mastodon-api Part 2, V1 Filter). */
export const V1Filter = Type.Object(
  {
    id: Type.String(),
    phrase: Type.String(),
    context: Type.Array(FilterContext),
    whole_word: Type.Boolean(),
    expires_at: nullable(Type.String()),
    irreversible: Type.Boolean(),
  },
  { $id: 'V1Filter' },
)
export type V1Filter = Static<typeof V1Filter>

/** Which filter a post fits, and by what. */
export const FilterResult = Type.Object(
  {
    filter: Type.Unsafe<Filter>(Type.Ref('Filter')),
    keyword_matches: nullable(Type.Array(Type.String())),
    status_matches: nullable(Type.Array(Type.String())),
  },
  { $id: 'FilterResult' },
)
export type FilterResult = Static<typeof FilterResult>
