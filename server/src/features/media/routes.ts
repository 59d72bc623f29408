import { MediaAttachment } from '@hamlet/contract/media'
import { Type } from 'typebox'
import { isId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, user } from '#platform/http'
import { dropFiles } from './attach.ts'
import { presentMedia } from './present.ts'
import { findMedia, type MediaRow } from './store.ts'
import { MOST_BYTES, readDescription, readFocus, uploadPicture } from './upload.ts'

const OneId = Type.Object({ id: Type.String() })
const Details = Type.Object({
  description: Type.Optional(Type.String({ maxLength: 20_000 })),
  focus: Type.Optional(Type.String()),
})

/** One's own upload that no post has yet; everybody else's is "not found". */
async function requireOwn(ctx: Context, accountId: Id, id: string): Promise<MediaRow> {
  const row = isId(id) ? await findMedia(ctx, id) : undefined
  if (!row || row.account_id !== accountId) throw notFound()
  return row
}

function uploadRoute(version: 'v1' | 'v2') {
  return route({
    method: 'POST',
    path: `/api/${version}/media`,
    summary: 'Upload a picture for a post to come',
    access: user('write:media'),
    body: Details,
    upload: { maxBytes: MOST_BYTES, fields: ['file', 'thumbnail'] },
    response: MediaAttachment,
    limit: { family: 'media', max: 30, windowMs: 30 * 60_000 },
    handle: async ({ ctx, viewer, body, files }) => {
      if (!files.file) throw invalid("Validation failed: File can't be blank")
      const id = await uploadPicture(ctx, viewer.accountId, files.file, {
        description: body.description ?? null,
        focus: body.focus,
      })
      return presentMedia(ctx, await requireOwn(ctx, viewer.accountId, id))
    },
  })
}

export const routes = [
  uploadRoute('v1'),
  uploadRoute('v2'),
  route({
    method: 'GET',
    path: '/api/v1/media/:id',
    summary: 'Show an upload of your own that no post has yet',
    access: user('write:media'),
    params: OneId,
    response: MediaAttachment,
    handle: async ({ ctx, viewer, params }) => {
      const row = await requireOwn(ctx, viewer.accountId, params.id)
      if (row.status_id) throw notFound()
      return presentMedia(ctx, row)
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/media/:id',
    summary: 'Describe an upload, or say where its crop should look',
    access: user('write:media'),
    params: OneId,
    body: Details,
    response: MediaAttachment,
    handle: async ({ ctx, viewer, params, body }) => {
      const row = await requireOwn(ctx, viewer.accountId, params.id)
      if (row.status_id) throw notFound()
      const change = {
        ...(body.description === undefined ? {} : { description: readDescription(body.description) }),
        ...readFocus(body.focus),
      }
      if (Object.keys(change).length > 0)
        await ctx.db.updateTable('media').set(change).where('id', '=', row.id).where('status_id', 'is', null).execute()
      return presentMedia(ctx, await requireOwn(ctx, viewer.accountId, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/media/:id',
    summary: 'Delete an upload that no post has',
    access: user('write:media'),
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      const row = await requireOwn(ctx, viewer.accountId, params.id)
      if (row.status_id) throw invalid('Media attachment is currently used by a status')
      await transact(ctx, async (tx) => {
        const gone = await tx.db
          .deleteFrom('media')
          .where('id', '=', row.id)
          .where('status_id', 'is', null)
          .returning(['file_key', 'preview_key'])
          .execute()
        await dropFiles(tx, gone)
      })
      return {}
    },
  }),
]
