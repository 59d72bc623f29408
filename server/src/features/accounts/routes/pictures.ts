import { Type } from 'typebox'
import { findRemoteMedia, servePicture, type PictureKind, type PictureSource } from '#features/media'
import { isId } from '#lib/id'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { findAccount } from '../store.ts'

/** This room is the lowest that knows people and files: whose picture it is decides whether it is shown. */
export const pictureRoute = route({
  method: 'GET',
  path: '/media/remote/:kind/:id/:signature/:variant',
  summary: 'Show a picture of another server, fetched when somebody looks and kept for a while',
  access: anyone,
  file: true,
  params: Type.Object({
    kind: Type.Union([Type.Literal('attachment'), Type.Literal('avatar'), Type.Literal('header')]),
    id: Type.String(),
    signature: Type.String(),
    variant: Type.Union([Type.Literal('original'), Type.Literal('small')]),
  }),
  response: Type.String(),
  handle: async ({ ctx, params, answer }) =>
    servePicture(ctx, await findSource(ctx, params.kind, params.id), { ...params, answer }),
})

/** Undefined for whoever lives here, is suspended, or has no such picture. */
async function findSource(
  ctx: Context,
  kind: Extract<PictureKind, 'attachment' | 'avatar' | 'header'>,
  id: string,
): Promise<PictureSource | undefined> {
  if (!isId(id)) return undefined
  const file = kind === 'attachment' ? await findRemoteMedia(ctx, id) : undefined
  const account = await findAccount(ctx, file?.accountId ?? id)
  if (!account || account.is_local || account.suspended_at) return undefined
  const url = kind === 'attachment' ? file?.url : account[`${kind}_remote_url`]
  return url ? { kind, subjectId: id, url, accountId: account.id, accountHost: account.host } : undefined
}
