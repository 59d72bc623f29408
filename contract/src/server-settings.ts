import { Type, type Static } from 'typebox'

const choice = <const T extends string>(...words: T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((word) => Type.Literal(word))))
const s = Type.String()
const turned = choice('on', 'off')
const audience = choice('disabled', 'users', 'all')
const feed = choice('public', 'authenticated', 'disabled')

/** Ours alone: what this server says of itself, and what of it others see. */
export const ServerSettings = Type.Object(
  {
    title: s,
    description: s,
    contact_email: s,
    contact_account: s,
    languages: s,
    status_url: s,
    trends: turned,
    profile_directory: turned,
    local_feed: feed,
    remote_feed: feed,
    local_topics: choice('public', 'authenticated'),
    remote_topics: feed,
    show_domain_blocks: audience,
    show_domain_blocks_rationale: audience,
    peers_api: turned,
    activity_api: turned,
    deletion_days: choice('7', '14', '30', '60', '90'),
  },
  { $id: 'ServerSettings' },
)
export type ServerSettings = Static<typeof ServerSettings>

/** The same as somebody sends it: what fits is judged by the settings themselves, in words. */
export const ServerSettingsWish = Type.Partial(
  Type.Object(Object.fromEntries(Object.keys(ServerSettings.properties).map((name) => [name, s]))),
)

const picture = Type.Union([Type.Object({ url: s, description: s }), Type.Null()])

/** Ours alone: the pictures that the team has put in place of those that come with the server. */
export const SitePictures = Type.Object({ thumbnail: picture, icon: picture }, { $id: 'SitePictures' })
export type SitePictures = Static<typeof SitePictures>
