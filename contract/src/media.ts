import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const Size = Type.Object({ width: Type.Integer(), height: Type.Integer(), size: Type.String(), aspect: Type.Number() })

export const MediaAttachment = Type.Object(
  {
    id: Type.String(),
    type: Type.Union([
      Type.Literal('image'),
      Type.Literal('gifv'),
      Type.Literal('video'),
      Type.Literal('audio'),
      Type.Literal('unknown'),
    ]),
    url: nullable(Type.String()),
    preview_url: nullable(Type.String()),
    remote_url: nullable(Type.String()),
    preview_remote_url: Type.Null(),
    text_url: Type.Null(),
    meta: Type.Object({
      focus: Type.Optional(Type.Object({ x: Type.Number(), y: Type.Number() })),
      original: Type.Optional(Size),
      small: Type.Optional(Size),
    }),
    description: nullable(Type.String()),
    blurhash: nullable(Type.String()),
  },
  { $id: 'MediaAttachment' },
)
export type MediaAttachment = Static<typeof MediaAttachment>
