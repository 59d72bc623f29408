import { SitePictures } from '@hamlet/contract/server-settings'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { changePicture, dropPicture, isPictureName, mostBytes, readPictures, type SitePicture } from '../pictures.ts'

const PATH = '/api/web/admin/pictures'
const OneName = Type.Object({ name: Type.String() })
const mayWrite = team('admin:write', 'manage_settings')

async function present(ctx: Context): Promise<SitePictures> {
  const { thumbnail, icon } = await readPictures(ctx)
  const show = (one: SitePicture | undefined) =>
    one ? { url: ctx.blobs.url(one.small_key), description: one.description } : null
  return { thumbnail: show(thumbnail), icon: show(icon) }
}

/** Pictures that stand in place of ours. */
export const teamPictureRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show the pictures that stand in place of those that come with the server',
    access: team('admin:read', 'manage_settings'),
    response: SitePictures,
    handle: ({ ctx }) => present(ctx),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:name`,
    summary: 'Put a picture (thumbnail, icon) in place, or say what it shows',
    access: mayWrite,
    params: OneName,
    body: Type.Object({ description: Type.Optional(Type.String()) }),
    upload: { maxBytes: mostBytes, fields: ['file'] },
    response: SitePictures,
    handle: async ({ ctx, viewer, params: { name }, body, files }) => {
      if (!isPictureName(name)) throw notFound()
      const path = files.file && files.file.bytes > 0 ? files.file.path : undefined
      await changePicture(ctx, viewer.accountId, name, { path, description: body.description })
      return present(ctx)
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:name`,
    summary: 'Take a picture away: that which comes with the server stands there again',
    access: mayWrite,
    params: OneName,
    response: SitePictures,
    handle: async ({ ctx, viewer, params: { name } }) => {
      if (!isPictureName(name)) throw notFound()
      await transact(ctx, (tx) => dropPicture(tx, viewer.accountId, name))
      return present(ctx)
    },
  }),
]
