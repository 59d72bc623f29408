import { CustomEmoji } from '@hamlet/contract/emoji'
import { Type } from 'typebox'
import { servePicture, type PictureSource } from '#features/media'
import { ACTIVITY_JSON } from '#federation'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { renderEmoji } from '../emoji-tag.ts'
import { presentListedEmoji } from '../present.ts'
import { findEmoji, listLocalEmojis } from '../store.ts'

/** The same for everybody (mastodon-api 1.15, custom_emojis). */
const CACHED = 'public, max-age=180'

const listRoute = route({
  method: 'GET',
  path: '/api/v1/custom_emojis',
  summary: 'List the custom emoji that people here are offered',
  access: anyone,
  response: Type.Array(CustomEmoji),
  handle: async ({ ctx, answer }) => {
    answer.header('Cache-Control', CACHED)
    const rows = await listLocalEmojis(ctx)
    return rows.filter((row) => row.visible_in_picker && !row.disabled).map((row) => presentListedEmoji(ctx, row))
  },
})

const EMOJI_CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  { toot: 'http://joinmastodon.org/ns#', Emoji: 'toot:Emoji' },
] as const

const documentRoute = route({
  method: 'GET',
  path: '/emojis/:id',
  summary: 'Show a custom emoji as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String() }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params, answer }) => {
    const row = isId(params.id) ? await findEmoji(ctx, params.id) : undefined
    if (!row?.is_local || row.disabled) throw notFound()
    answer.header('Cache-Control', CACHED)
    return { '@context': EMOJI_CONTEXT, ...renderEmoji(ctx, row) }
  },
})

const pictureRoute = route({
  method: 'GET',
  path: '/media/remote/emoji/:id/:signature/:variant',
  summary: 'Show an emoji of another server, fetched when somebody looks and kept for a while',
  access: anyone,
  file: true,
  params: Type.Object({
    id: Type.String(),
    signature: Type.String(),
    variant: Type.Union([Type.Literal('original'), Type.Literal('small')]),
  }),
  response: Type.String(),
  handle: async ({ ctx, params, answer }) => servePicture(ctx, await findSource(ctx, params.id), { ...params, answer }),
})

/** Undefined for emoji of ours, whose files lie here, and for those that the team took away. */
async function findSource(ctx: Context, id: string): Promise<PictureSource | undefined> {
  const row = isId(id) ? await findEmoji(ctx, id) : undefined
  if (!row?.remote_url || row.disabled) return undefined
  return { kind: 'emoji', subjectId: row.id, url: row.remote_url, accountId: null, accountHost: row.host }
}

export const routes = [listRoute, documentRoute, pictureRoute]
