import { MediaAttachment } from '@hamlet/contract/media'
import { Type } from 'typebox'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, user } from '#platform/http'
import { describeMedia, removeOwnMedia } from './edit-media.ts'
import { mediaLimits } from './limits.ts'
import { presentMedia } from './present.ts'
import { recallDescription } from './recall-description.ts'
import { findOwnMedia } from './store.ts'
import { uploadMedia } from './upload-media.ts'

const OneId = Type.Object({ id: Type.String() })
const Details = Type.Object({ description: Type.Optional(Type.String()), focus: Type.Optional(Type.String()) })
const access = user('write:media')

async function presentOwn(ctx: Context, accountId: Id, id: string): Promise<MediaAttachment> {
  const row = await findOwnMedia(ctx, accountId, id)
  if (!row || row.status_id !== null) throw notFound()
  return presentMedia(ctx, row)
}

/** Both versions answer when the picture is drawn: it takes a second at most, so nobody need ask again. */
function uploadRoute(version: 'v1' | 'v2') {
  return route({
    method: 'POST',
    path: `/api/${version}/media`,
    summary: 'Upload a picture for a post',
    access,
    body: Details,
    upload: { maxBytes: mediaLimits.imageBytes, fields: ['file'] },
    response: MediaAttachment,
    limit: { family: 'media', max: 30, windowMs: 30 * 60_000 },
    handle: async ({ ctx, viewer, body, files }) => {
      if (!files.file) throw new Refusal('badRequest', 'The parameter file is missing')
      const id = await uploadMedia(ctx, viewer.accountId, files.file.path, body)
      const shown = await presentOwn(ctx, viewer.accountId, id)
      const recalled = await recallDescription(ctx, viewer.accountId, id)
      return recalled === undefined ? shown : { ...shown, hamlet: { recalled_description: recalled } }
    },
  })
}

const showRoute = route({
  method: 'GET',
  path: '/api/v1/media/:id',
  summary: 'Show an upload of yours that no post holds yet',
  access,
  params: OneId,
  response: MediaAttachment,
  handle: ({ ctx, viewer, params }) => presentOwn(ctx, viewer.accountId, params.id),
})

/** Thumbnails belong to videos and sounds, of which there are none yet: a file sent along is read past. */
function editRoute(method: 'PUT' | 'PATCH') {
  return route({
    method,
    path: '/api/v1/media/:id',
    summary: 'Describe an upload, or say where to look',
    access,
    params: OneId,
    body: Details,
    response: MediaAttachment,
    handle: async ({ ctx, viewer, params, body }) => {
      await transact(ctx, (tx) => describeMedia(tx, viewer.accountId, params.id, body))
      return presentOwn(ctx, viewer.accountId, params.id)
    },
  })
}

const deleteRoute = route({
  method: 'DELETE',
  path: '/api/v1/media/:id',
  summary: 'Delete an upload that no post holds',
  access,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => removeOwnMedia(tx, viewer.accountId, params.id))
    return {}
  },
})

export const routes = [
  uploadRoute('v2'),
  uploadRoute('v1'),
  showRoute,
  editRoute('PUT'),
  editRoute('PATCH'),
  deleteRoute,
]
