import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const MediaSize = Type.Object({
  width: Type.Integer(),
  height: Type.Integer(),
  /** `1280x960`. */
  size: Type.String(),
  aspect: Type.Number(),
})
export type MediaSize = Static<typeof MediaSize>

export const MediaAttachment = Type.Object(
  {
    id: Type.String(),
    type: Type.Union([
      Type.Literal('unknown'),
      Type.Literal('image'),
      Type.Literal('gifv'),
      Type.Literal('video'),
      Type.Literal('audio'),
    ]),
    url: nullable(Type.String()),
    preview_url: nullable(Type.String()),
    remote_url: nullable(Type.String()),
    preview_remote_url: nullable(Type.String()),
    text_url: nullable(Type.String()),
    meta: Type.Object({
      original: Type.Optional(MediaSize),
      small: Type.Optional(MediaSize),
      /** Where to look, from the middle: -1 to 1 rightwards and upwards. */
      focus: Type.Object({ x: Type.Number(), y: Type.Number() }),
    }),
    description: nullable(Type.String()),
    blurhash: nullable(Type.String()),
    /** Ours alone, in the answer to an upload: what the same person wrote last of the same picture. */
    hamlet: Type.Optional(Type.Object({ recalled_description: Type.String() })),
  },
  { $id: 'MediaAttachment' },
)
export type MediaAttachment = Static<typeof MediaAttachment>
