import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Answer, ServedFile } from '#platform/http'
import type { PictureVariant } from './address.ts'
import { openPicture, type PictureSource } from './open-picture.ts'

/** One grey pixel, for what cannot be shown: where it is drawn all the same, it is a quiet area. */
const PLACEHOLDER = Buffer.from('R0lGODlhAQABAIAAAExpcYqKiiH5BAUAAAAALAAAAAABAAEAAAICTAEAOw==', 'base64')
/** A server that is back should not be grey for longer than that. */
const LONGEST_GREY_S = 300

type Asked = { signature: string; variant: PictureVariant; answer: Answer }

/**
 * Answers a request for a picture of another server. 404 for addresses that we did not make and for what is gone or
 * shut out; 502 when its server did not give it, 503 while it is on its way, both with a placeholder and `Retry-After`.
 */
export async function servePicture(
  ctx: Context,
  source: PictureSource | undefined,
  { signature, variant, answer }: Asked,
): Promise<ServedFile> {
  if (!source) throw notFound()
  const picture = await openPicture(ctx, source, { signature, variant })
  if (picture.state === 'kept') return picture
  answer.status(picture.isOrdered ? 503 : 502)
  answer.header('Retry-After', String(picture.retryS))
  return { extension: 'gif', content: PLACEHOLDER, maxAgeS: Math.min(picture.retryS, LONGEST_GREY_S) }
}
