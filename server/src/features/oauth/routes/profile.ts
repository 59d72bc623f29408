import { CredentialAccount } from '@hamlet/contract/account'
import { QuotePolicy } from '@hamlet/contract/status'
import { Type, type Static } from 'typebox'
import { readProfile, updateAccount, type AccountChange, type NewField } from '#features/accounts'
import { keepPicture } from '#features/media'
import { presentCredentialAccount } from '#features/profiles'
import { findUser, presentRole, requireOwnPage, updateDefaults } from '#features/users'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { away, leaver, route, user, type UploadedFile, type UserViewer } from '#platform/http'

const yes = Type.Optional(Type.Boolean())
const text = Type.Optional(Type.String({ maxLength: 20_000 }))
/** Nobody's every post is for the people it mentions. */
const DefaultVisibility = Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('private')])

/** The account behind a token with what only its person is told. */
export async function presentOwnAccount(ctx: Context, viewer: UserViewer): Promise<CredentialAccount> {
  const person = await findUser(ctx, viewer.userId)
  if (!person) throw notFound()
  const own = await presentCredentialAccount(ctx, viewer.accountId, {
    source: {
      privacy: person.default_privacy,
      sensitive: person.default_sensitive,
      language: person.default_language,
      quote_policy: person.default_quote_policy,
    },
    role: presentRole(person),
  })
  return viewer.closed === undefined ? own : { ...own, closed: viewer.closed }
}

/** mastodon-limits 2: avatars 400 × 400, headers 1500 × 500, 8 MB each. */
const MOST_BYTES = 8 * 1024 * 1024
const FRAMES = {
  avatar: { kind: 'avatar', width: 400, height: 400, maxBytes: MOST_BYTES },
  header: { kind: 'header', width: 1500, height: 500, maxBytes: MOST_BYTES },
} as const
type Kind = keyof typeof FRAMES

/** A file, or a data URI in its place, as some apps send it; a form with an empty file field means no change. */
async function keep(ctx: Context, kind: Kind, file: UploadedFile | undefined, text: string | undefined) {
  if (file && file.bytes > 0) return keepPicture(ctx, file.path, FRAMES[kind])
  if (!text) return undefined
  const base64 = /^data:[\w/+.-]*;base64,([\w+/=\s-]+)$/.exec(text)?.[1]
  if (base64 === undefined) throw invalid(`Validation failed: ${kind} is not a picture`)
  return keepPicture(ctx, Buffer.from(base64, 'base64'), FRAMES[kind])
}

/** Forms number their fields, JSON lists them or numbers them too (mastodon-api 1.2). */
function readFields(given: unknown): NewField[] | undefined {
  if (given === undefined) return undefined
  const list = typeof given === 'object' && given !== null ? Object.values(given) : []
  return list.map((one: unknown) => {
    const { name = '', value = '' } = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
    return { name: asText(name), value: asText(value) }
  })
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** What may be changed of a profile; what is absent keeps its value. */
export const ProfileBody = Type.Object({
  display_name: text,
  note: text,
  locked: yes,
  bot: yes,
  discoverable: yes,
  indexable: yes,
  hide_collections: yes,
  show_media: yes,
  show_media_replies: yes,
  show_featured: yes,
  avatar: Type.Optional(Type.String()),
  header: Type.Optional(Type.String()),
  avatar_description: text,
  header_description: text,
  fields_attributes: Type.Optional(Type.Unknown()),
  attribution_domains: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 500 })),
})
const Defaults = Type.Object({
  privacy: Type.Optional(DefaultVisibility),
  sensitive: yes,
  language: Type.Optional(Type.String({ maxLength: 20 })),
  quote_policy: Type.Optional(QuotePolicy),
})
export const profileUpload = { maxBytes: MOST_BYTES, fields: ['avatar', 'header'] }

type ProfileChange = {
  body: Static<typeof ProfileBody>
  files: Record<string, UploadedFile | undefined>
  defaults?: Static<typeof Defaults> | undefined
}

/** Changes a profile, and with `defaults` what its person's posts begin with, in one transaction. */
export async function changeProfile(
  ctx: Context,
  viewer: UserViewer,
  { body, files, defaults }: ProfileChange,
): Promise<void> {
  const change = readChange(body)
  // What is written is checked before pictures are drawn, which costs more.
  readProfile(change)
  const kept: string[] = []
  try {
    for (const kind of ['avatar', 'header'] as const) {
      const key = await keep(ctx, kind, files[kind], body[kind])
      if (key === undefined) continue
      kept.push(key)
      change[`${kind}Key`] = key
    }
    await transact(ctx, async (tx) => {
      await updateAccount(tx, viewer.accountId, change)
      if (defaults) await updateDefaults(tx, viewer.userId, defaults)
    })
  } catch (error) {
    // No row names them, so nobody would ever take them away.
    for (const key of kept) await ctx.blobs.delete(key)
    throw error
  }
}

function readChange(body: Static<typeof ProfileBody>): AccountChange {
  return {
    displayName: body.display_name,
    note: body.note,
    locked: body.locked,
    bot: body.bot,
    discoverable: body.discoverable,
    indexable: body.indexable,
    hideCollections: body.hide_collections,
    showMedia: body.show_media,
    showMediaReplies: body.show_media_replies,
    showFeatured: body.show_featured,
    fields: readFields(body.fields_attributes),
    avatarDescription: body.avatar_description,
    headerDescription: body.header_description,
    attributionDomains: body.attribution_domains,
  }
}

const updateRoute = route({
  method: 'PATCH',
  path: '/api/v1/accounts/update_credentials',
  summary: 'Change how you appear, and your defaults for posts',
  access: user('write:accounts'),
  body: Type.Object({ ...ProfileBody.properties, source: Type.Optional(Defaults) }),
  upload: profileUpload,
  response: CredentialAccount,
  handle: async ({ ctx, viewer, body, files }) => {
    await changeProfile(ctx, viewer, { body, files, defaults: body.source })
    return presentOwnAccount(ctx, viewer)
  },
})

function removeRoute(kind: Kind) {
  return route({
    method: 'DELETE',
    path: `/api/v1/profile/${kind}`,
    summary: kind === 'avatar' ? 'Take your picture away' : 'Take your cover away',
    access: user('write:accounts'),
    response: CredentialAccount,
    handle: async ({ ctx, viewer }) => {
      await transact(ctx, (tx) => updateAccount(tx, viewer.accountId, { [`${kind}Key`]: null }))
      return presentOwnAccount(ctx, viewer)
    },
  })
}

const showRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/verify_credentials',
  summary: 'Show the account behind a token, with its defaults',
  access: away('profile|read:accounts'),
  response: CredentialAccount,
  handle: ({ ctx, viewer }) => presentOwnAccount(ctx, viewer),
})

/** The API is closed to whoever is shut out or not in yet; our own pages must know who opens them. */
const accessRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/access',
  summary: 'Show your account on our own pages, also while it does not work, and why that is',
  access: leaver('read:accounts'),
  response: CredentialAccount,
  handle: ({ ctx, viewer }) => {
    requireOwnPage(viewer)
    return presentOwnAccount(ctx, viewer)
  },
})

export const profileRoutes = [showRoute, accessRoute, updateRoute, removeRoute('avatar'), removeRoute('header')]
