import { Type } from 'typebox'
import { servePicture, type PictureSource } from '#features/media'
import { isId } from '#lib/id'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'

export const pictureRoute = route({
  method: 'GET',
  path: '/media/remote/card/:id/:signature/original',
  summary: 'Show the picture of a link preview, fetched when somebody looks and kept for a while',
  access: anyone,
  file: true,
  params: Type.Object({ id: Type.String(), signature: Type.String() }),
  response: Type.String(),
  handle: async ({ ctx, params: { id, signature }, answer }) =>
    servePicture(ctx, await findSource(ctx, id), { signature, variant: 'original', answer }),
})

async function findSource(ctx: Context, id: string): Promise<PictureSource | undefined> {
  if (!isId(id)) return undefined
  const row = await ctx.db
    .selectFrom('link_cards')
    .select(['image_url', 'host'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.image_url) return undefined
  return { kind: 'card', subjectId: id, url: row.image_url, accountId: null, accountHost: row.host }
}
