import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { Id } from '#lib/id'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import { keepSecret } from '#platform/secrets'

/** `attachment`: a file of a post, named by its row of media; `emoji` and `card` by rows of these rooms; the others belong to an account. */
export type PictureKind = 'attachment' | 'avatar' | 'header' | 'emoji' | 'card'
/** `small` is there for attachments, and for emoji, of which it is the one that stands still. */
export type PictureVariant = 'original' | 'small'

/** A picture that another server has, and that a row here names. */
export type OriginPicture = { kind: PictureKind; subjectId: Id; url: string }

/** 132 bits, in base64url. */
const SIGNATURE_LETTERS = 22

/** Reading the file for each address would cost more than all the rest; a key stays with its process's configuration. */
const keys = new WeakMap<Config, KeyObject>()

function keyOf({ config }: Context): KeyObject {
  const known = keys.get(config)
  if (known) return known
  const secret = keepSecret(config.dataDir, 'picture-addresses', () => randomBytes(32).toString('base64url'))
  const key = createSecretKey(Buffer.from(secret, 'base64url'))
  keys.set(config, key)
  return key
}

/**
 * What nobody else can make: it holds for one address of the origin, so that another picture has another address here,
 * and nobody can have us fetch what no row of ours names.
 */
export function signPicture(ctx: Context, { kind, subjectId, url }: OriginPicture): string {
  const mac = createHmac('sha256', keyOf(ctx)).update(`${kind}\n${subjectId}\n${url}`)
  return mac.digest('base64url').slice(0, SIGNATURE_LETTERS)
}

export function isSignedBy(ctx: Context, picture: OriginPicture, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signPicture(ctx, picture))]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Where we show a picture of another server. */
export function pictureAddress(ctx: Context, picture: OriginPicture, variant: PictureVariant): string {
  const signature = signPicture(ctx, picture)
  return `${ctx.config.url}/media/remote/${picture.kind}/${picture.subjectId}/${signature}/${variant}`
}
