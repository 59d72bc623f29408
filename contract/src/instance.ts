import { Type, type Static } from 'typebox'
import type { Account } from './account.ts'

const s = Type.String()
const i = Type.Integer()
const b = Type.Boolean()
const orNull = <T extends typeof s | typeof i>(schema: T) => Type.Union([schema, Type.Null()])
const account = Type.Union([Type.Unsafe<Account>(Type.Ref('Account')), Type.Null()])
const access = Type.Object({ local: s, remote: s })

export const Rule = Type.Object(
  { id: s, text: s, hint: s, translations: Type.Record(s, Type.Object({ text: s, hint: s })) },
  { $id: 'Rule' },
)
export type Rule = Static<typeof Rule>

const Statuses = Type.Object({ max_characters: i, max_media_attachments: i, characters_reserved_per_url: i })
const MediaAttachments = Type.Object({
  description_limit: i,
  image_matrix_limit: i,
  image_size_limit: i,
  supported_mime_types: Type.Array(s),
  video_frame_rate_limit: i,
  video_matrix_limit: i,
  video_size_limit: i,
})
const Polls = Type.Object({ max_options: i, max_characters_per_option: i, min_expiration: i, max_expiration: i })

export const Instance = Type.Object(
  {
    domain: s,
    title: s,
    version: s,
    source_url: s,
    description: s,
    usage: Type.Object({ users: Type.Object({ active_month: i }) }),
    thumbnail: Type.Object({
      url: s,
      description: s,
      blurhash: Type.Optional(s),
      versions: Type.Optional(Type.Object({ '@1x': s, '@2x': s })),
    }),
    icon: Type.Array(Type.Object({ src: s, size: s })),
    languages: Type.Array(s),
    configuration: Type.Object({
      urls: Type.Object({
        streaming: s,
        status: orNull(s),
        about: orNull(s),
        privacy_policy: orNull(s),
        terms_of_service: orNull(s),
      }),
      vapid: Type.Object({ public_key: s }),
      accounts: Type.Record(s, i),
      statuses: Statuses,
      media_attachments: MediaAttachments,
      polls: Polls,
      translation: Type.Object({ enabled: b }),
      timelines_access: Type.Object({ live_feeds: access, hashtag_feeds: access, trending_link_feeds: access }),
      limited_federation: b,
      /** Ours: names of what is answered beside Mastodon's API (extensions.ts). */
      hamlet: Type.Object({ extensions: Type.Array(s) }),
    }),
    registrations: Type.Object({
      enabled: b,
      approval_required: b,
      reason_required: b,
      message: orNull(s),
      min_age: orNull(i),
      url: orNull(s),
    }),
    api_versions: Type.Object({ mastodon: i }),
    wrapstodon: orNull(i),
    contact: Type.Object({ email: s, account }),
    rules: Type.Array(Type.Unsafe<Rule>(Type.Ref('Rule'))),
  },
  { $id: 'Instance' },
)
export type Instance = Static<typeof Instance>

export const V1Instance = Type.Object(
  {
    uri: s,
    title: s,
    short_description: s,
    description: s,
    email: s,
    version: s,
    urls: Type.Object({ streaming_api: s }),
    stats: Type.Object({ user_count: i, status_count: i, domain_count: i }),
    thumbnail: s,
    languages: Type.Array(s),
    registrations: b,
    approval_required: b,
    invites_enabled: b,
    configuration: Type.Object({
      vapid: Type.Object({ public_key: s }),
      accounts: Type.Object({ max_featured_tags: i }),
      statuses: Statuses,
      media_attachments: MediaAttachments,
      polls: Polls,
    }),
    contact_account: account,
    rules: Type.Array(Type.Unsafe<Rule>(Type.Ref('Rule'))),
  },
  { $id: 'V1Instance' },
)
export type V1Instance = Static<typeof V1Instance>
