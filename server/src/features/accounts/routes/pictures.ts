import { Type } from 'typebox'
import { findRemoteMedia, openPicture, type PictureKind, type PictureSource } from '#features/media'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route, type ServedFile } from '#platform/http'
import { findAccount } from '../store.ts'

/** One grey pixel, for what cannot be shown: where it is drawn all the same, it is a quiet area. */
const PLACEHOLDER = Buffer.from('R0lGODlhAQABAIAAAExpcYqKiiH5BAUAAAAALAAAAAABAAEAAAICTAEAOw==', 'base64')
/** A server that is back should not be grey for longer than that. */
const LONGEST_GREY_S = 300

/**
 * This room is the lowest that knows people and files: whose picture it is decides whether it is shown. 404 for
 * addresses that we did not make and for what is gone or shut out; 502 when its server did not give it, 503 while it is
 * on its way, both with a placeholder and `Retry-After`.
 */
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
  handle: async ({ ctx, params, answer }): Promise<ServedFile> => {
    const source = await findSource(ctx, params.kind, params.id)
    if (!source) throw notFound()
    const picture = await openPicture(ctx, source, params)
    if (picture.state === 'kept') return picture
    answer.status(picture.isOrdered ? 503 : 502)
    answer.header('Retry-After', String(picture.retryS))
    return { extension: 'gif', content: PLACEHOLDER, maxAgeS: Math.min(picture.retryS, LONGEST_GREY_S) }
  },
})

/** Undefined for whoever lives here, is suspended, or has no such picture. */
async function findSource(ctx: Context, kind: PictureKind, id: string): Promise<PictureSource | undefined> {
  if (!isId(id)) return undefined
  const file = kind === 'attachment' ? await findRemoteMedia(ctx, id) : undefined
  const account = await findAccount(ctx, file?.accountId ?? id)
  if (!account || account.is_local || account.suspended_at) return undefined
  const url = kind === 'attachment' ? file?.url : account[`${kind}_remote_url`]
  return url ? { kind, subjectId: id, url, accountId: account.id, accountHost: account.host } : undefined
}
