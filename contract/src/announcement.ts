import { Type, type Static } from 'typebox'
import { CustomEmoji } from './emoji.ts'

const moment = () => Type.Union([Type.String(), Type.Null()])

/** An emoji under an announcement, and how many chose it; addresses for a custom one (mastodon-api Part 2, Announcement). */
export const Reaction = Type.Object(
  {
    name: Type.String(),
    count: Type.Integer(),
    me: Type.Optional(Type.Boolean()),
    url: Type.Optional(Type.String()),
    static_url: Type.Optional(Type.String()),
  },
  { $id: 'Reaction' },
)
export type Reaction = Static<typeof Reaction>

const Mention = Type.Object({
  id: Type.String(),
  username: Type.String(),
  url: Type.String(),
  acct: Type.String(),
})

/** What the team tells everybody here (mastodon-api Part 2, Announcement). `read` is there for somebody alone. */
export const Announcement = Type.Object(
  {
    id: Type.String(),
    content: Type.String(),
    starts_at: moment(),
    ends_at: moment(),
    all_day: Type.Boolean(),
    published_at: Type.String(),
    updated_at: Type.String(),
    read: Type.Optional(Type.Boolean()),
    mentions: Type.Array(Mention),
    statuses: Type.Array(Type.Object({ id: Type.String(), url: Type.String() })),
    tags: Type.Array(Type.Object({ name: Type.String(), url: Type.String() })),
    emojis: Type.Array(Type.Unsafe<CustomEmoji>(Type.Ref('CustomEmoji'))),
    reactions: Type.Array(Type.Unsafe<Reaction>(Type.Ref('Reaction'))),
  },
  { $id: 'Announcement' },
)
export type Announcement = Static<typeof Announcement>

/** Ours alone: an announcement as the team writes it. Published, waiting for its hour, a draft, or over. */
export const TeamAnnouncement = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    starts_at: moment(),
    ends_at: moment(),
    all_day: Type.Boolean(),
    scheduled_at: moment(),
    published_at: moment(),
    updated_at: Type.String(),
    state: Type.Union([
      Type.Literal('published'),
      Type.Literal('scheduled'),
      Type.Literal('draft'),
      Type.Literal('over'),
    ]),
  },
  { $id: 'TeamAnnouncement' },
)
export type TeamAnnouncement = Static<typeof TeamAnnouncement>
