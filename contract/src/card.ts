import { Type, type Static } from 'typebox'
import { Account } from './account.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** What stands behind a link (mastodon-api Part 2, PreviewCard). */
export const PreviewCard = Type.Object(
  {
    url: Type.String(),
    title: Type.String(),
    description: Type.String(),
    language: nullable(Type.String()),
    type: Type.Union([Type.Literal('link'), Type.Literal('photo'), Type.Literal('video'), Type.Literal('rich')]),
    author_name: Type.String(),
    author_url: Type.String(),
    provider_name: Type.String(),
    provider_url: Type.String(),
    html: Type.String(),
    width: Type.Integer(),
    height: Type.Integer(),
    image: nullable(Type.String()),
    image_description: Type.String(),
    embed_url: Type.String(),
    blurhash: nullable(Type.String()),
    published_at: nullable(Type.String()),
    authors: Type.Array(
      Type.Object({
        name: Type.String(),
        url: Type.String(),
        account: nullable(Type.Unsafe<Account>(Type.Ref('Account'))),
      }),
    ),
    missing_attribution: Type.Optional(Type.Boolean()),
  },
  { $id: 'PreviewCard' },
)
export type PreviewCard = Static<typeof PreviewCard>
