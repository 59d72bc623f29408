import { EmojiAct, EmojiCategory, EmojiOutcome, EmojiPack, TeamEmoji } from '@hamlet/contract/emoji'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { linkPages, route } from '#platform/http'
import { addEmoji } from '../add-emoji.ts'
import { startPack } from '../packs/bring-pack.ts'
import { PACK_BYTES } from '../packs/read-pack.ts'
import { listPacks, requirePack } from '../packs/store.ts'
import { writePack } from '../packs/write-pack.ts'
import { presentForTeam, presentPack } from '../present.ts'
import { actOnEmojis, note } from '../team/acts.ts'
import { listCategories, listForTeam } from '../team/store.ts'

const PATH = '/api/web/admin/emojis'
/** Emoji have no scope of their own in Mastodon's list: the widest is needed. */
const mayRead = team('admin:read', 'manage_custom_emojis')
const mayWrite = team('admin:write', 'manage_custom_emojis')
const MOST_AT_ONCE = 200
/** Somewhat more than a picture may have, so that its own rule says what is wrong. */
const UPLOAD_BYTES = 1_048_576
const HOUR_MS = 3_600_000

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List emoji by name, of this server or of others',
  access: mayRead,
  query: Type.Object({
    origin: Type.Optional(Type.Union([Type.Literal('local'), Type.Literal('remote')])),
    host: text(255),
    q: text(128),
    category: text(100),
    state: Type.Optional(Type.Union([Type.Literal('unlisted'), Type.Literal('disabled')])),
    after: text(20),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_AT_ONCE })),
  }),
  response: Type.Array(TeamEmoji),
  handle: async ({ ctx, query, target, answer }) => {
    const { after, host, limit, ...filter } = query
    const wish = {
      ...filter,
      host: host?.trim().toLowerCase() || undefined,
      after: after !== undefined && isId(after) ? after : undefined,
      limit: limit ?? 60,
    }
    const rows = await listForTeam(ctx, wish)
    const last = rows.length === wish.limit ? rows.at(-1) : undefined
    linkPages(answer, ctx.config.url, target, last ? { next: { after: last.id } } : {})
    return rows.map((row) => presentForTeam(ctx, row))
  },
})

const categoriesRoute = route({
  method: 'GET',
  path: `${PATH}/categories`,
  summary: 'List the headings of our emoji, with how many stand under each',
  access: mayRead,
  response: Type.Array(EmojiCategory),
  handle: async ({ ctx }) => listCategories(ctx),
})

const addRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Add an emoji of our own from a picture',
  access: mayWrite,
  body: Type.Object({
    shortcode: Type.String({ maxLength: 200 }),
    category: text(200),
    unlisted: Type.Optional(Type.Boolean()),
    replaces: Type.Optional(Type.Boolean()),
  }),
  upload: { maxBytes: UPLOAD_BYTES, fields: ['image'] },
  response: TeamEmoji,
  handle: async ({ ctx, viewer, body, files }) => {
    if (!files.image) throw new Refusal('badRequest', 'The parameter image is missing')
    const { category, replaces } = body
    const wish = { shortcode: body.shortcode, path: files.image.path, category, replaces }
    const { id } = await addEmoji(ctx, { ...wish, isListed: body.unlisted !== true }, (tx, _id, shortcode) =>
      note(tx, viewer.accountId, 'add', { shortcode, is_local: true, host: '' }),
    )
    const [row] = await listForTeam(ctx, { limit: 1 }, [id])
    if (!row) throw new Refusal('gone', 'Somebody has deleted it meanwhile')
    return presentForTeam(ctx, row)
  },
})

const actsRoute = route({
  method: 'POST',
  path: `${PATH}/acts`,
  summary: 'Enable, disable, list, unlist, sort, copy or delete emoji',
  access: mayWrite,
  body: Type.Object({
    ids: Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: MOST_AT_ONCE }),
    act: EmojiAct,
    category: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
  }),
  response: Type.Array(EmojiOutcome),
  handle: async ({ ctx, viewer, body }) => {
    const ids = [...new Set(body.ids)].filter(isId)
    if (ids.length === 0) throw new Refusal('notFound', 'Record not found')
    return actOnEmojis(ctx, viewer.accountId, { ...body, ids })
  },
})

const exportRoute = route({
  method: 'GET',
  path: `${PATH}/pack.zip`,
  summary: 'Download our emoji as a pack that other servers read, all or a category',
  access: mayRead,
  query: Type.Object({ category: text(100) }),
  response: Type.String(),
  produces: 'application/zip',
  limit: { family: 'emoji-packs', max: 30, windowMs: HOUR_MS },
  handle: async ({ ctx, query, answer }) => {
    const pack = await writePack(ctx, query.category || undefined)
    answer.header('Content-Disposition', `attachment; filename="${ctx.config.domain.replace(':', '-')}-emoji.zip"`)
    return pack
  },
})

const packsRoute = route({
  method: 'GET',
  path: '/api/web/admin/emoji_packs',
  summary: 'List the packs of the last week, how far each is, and what could not be taken',
  access: mayRead,
  response: Type.Array(EmojiPack),
  handle: async ({ ctx }) => (await listPacks(ctx)).map(presentPack),
})

const bringRoute = route({
  method: 'POST',
  path: '/api/web/admin/emoji_packs',
  summary: 'Bring a pack of pictures (zip, tar.gz) that become emoji of ours',
  access: mayWrite,
  body: Type.Object({ category: text(200), replaces: Type.Optional(Type.Boolean()) }),
  upload: { maxBytes: PACK_BYTES, fields: ['data'] },
  response: EmojiPack,
  limit: { family: 'emoji-packs', max: 30, windowMs: HOUR_MS },
  handle: async ({ ctx, viewer, body, files }) => {
    if (!files.data) throw new Refusal('badRequest', 'The parameter data is missing')
    return presentPack(await requirePack(ctx, await startPack(ctx, viewer.accountId, { ...files.data, ...body })))
  },
})

export const teamRoutes = [listRoute, categoriesRoute, addRoute, actsRoute, exportRoute, packsRoute, bringRoute]
