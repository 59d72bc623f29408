import { CredentialAccount } from '@hamlet/contract/account'
import { QuotePolicy, Visibility } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { updateAccount } from '#features/accounts'
import { dropFiles, keepPicture } from '#features/media'
import { presentCredentialAccount } from '#features/profiles'
import { findUser, updateDefaults } from '#features/users'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, user, type UploadedFile, type UserViewer } from '#platform/http'

const yes = Type.Optional(Type.Boolean())
const text = Type.Optional(Type.String({ maxLength: 20_000 }))
const OneField = Type.Object({ name: Type.String(), value: Type.String() })

/** The account behind a token with what only its person is told. */
export async function presentOwnAccount(ctx: Context, viewer: UserViewer): Promise<CredentialAccount> {
  const person = await findUser(ctx, viewer.userId)
  if (!person) throw notFound()
  return presentCredentialAccount(ctx, viewer.accountId, {
    source: {
      privacy: person.default_privacy,
      sensitive: person.default_sensitive,
      language: person.default_language,
      quote_policy: person.default_quote_policy,
    },
    role: {
      id: person.role_id,
      name: person.role_name,
      permissions: person.permissions,
      color: person.color,
      highlighted: person.highlighted,
    },
  })
}

/** mastodon-limits.md: avatars 400 × 400, headers 1500 × 500. */
const CUTS = { avatar: { width: 400, height: 400 }, header: { width: 1500, height: 500 } } as const

/** mastodon-limits.md: 8 MB for pictures of a profile. */
const MOST_BYTES = 8 * 1024 * 1024

async function cut(ctx: Context, file: UploadedFile | undefined, kind: 'avatar' | 'header') {
  const frame = { kind: `${kind}s`, ...CUTS[kind], maxBytes: MOST_BYTES }
  return file && file.bytes > 0 ? keepPicture(ctx, file.path, frame) : undefined
}

/** Forms number their fields, JSON lists them (mastodon-api 1.2). */
function readFields(
  given: { name: string; value: string }[] | Record<string, { name: string; value: string }> | undefined,
) {
  return given && (Array.isArray(given) ? given : Object.values(given))
}

const updateRoute = route({
  method: 'PATCH',
  path: '/api/v1/accounts/update_credentials',
  summary: 'Change how you appear, and your defaults for posts',
  access: user('write:accounts'),
  body: Type.Object({
    display_name: text,
    note: text,
    locked: yes,
    bot: yes,
    discoverable: yes,
    indexable: yes,
    hide_collections: yes,
    avatar_description: text,
    header_description: text,
    fields_attributes: Type.Optional(Type.Union([Type.Array(OneField), Type.Record(Type.String(), OneField)])),
    source: Type.Optional(
      Type.Object({
        privacy: Type.Optional(Visibility),
        sensitive: yes,
        language: Type.Optional(Type.String({ maxLength: 20 })),
        quote_policy: Type.Optional(QuotePolicy),
      }),
    ),
  }),
  upload: { maxBytes: MOST_BYTES, fields: ['avatar', 'header'] },
  response: CredentialAccount,
  handle: async ({ ctx, viewer, body, files }) => {
    const [avatarKey, headerKey] = [await cut(ctx, files.avatar, 'avatar'), await cut(ctx, files.header, 'header')]
    await transact(ctx, async (tx) => {
      const replaced = await updateAccount(tx, viewer.accountId, {
        displayName: body.display_name,
        note: body.note,
        locked: body.locked,
        bot: body.bot,
        discoverable: body.discoverable,
        indexable: body.indexable,
        hideCollections: body.hide_collections,
        fields: readFields(body.fields_attributes),
        avatarDescription: body.avatar_description,
        headerDescription: body.header_description,
        avatarKey,
        headerKey,
      })
      await dropFiles(tx, replaced)
      if (body.source) await updateDefaults(tx, viewer.userId, body.source)
    })
    return presentOwnAccount(ctx, viewer)
  },
})

function removeRoute(kind: 'avatar' | 'header') {
  return route({
    method: 'DELETE',
    path: `/api/v1/profile/${kind}`,
    summary: kind === 'avatar' ? 'Take your picture away' : 'Take your cover away',
    access: user('write:accounts'),
    response: CredentialAccount,
    handle: async ({ ctx, viewer }) => {
      await transact(ctx, async (tx) => {
        const change = kind === 'avatar' ? { avatarKey: null } : { headerKey: null }
        const replaced = await updateAccount(tx, viewer.accountId, change)
        await dropFiles(tx, replaced)
      })
      return presentOwnAccount(ctx, viewer)
    },
  })
}

const showRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/verify_credentials',
  summary: 'Show the account behind a token, with its defaults',
  access: user('profile|read:accounts'),
  response: CredentialAccount,
  handle: ({ ctx, viewer }) => presentOwnAccount(ctx, viewer),
})

export const profileRoutes = [showRoute, updateRoute, removeRoute('avatar'), removeRoute('header')]
