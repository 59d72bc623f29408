import { AudiencePreview } from '@hamlet/contract/audience'
import { Visibility } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { route, user } from '#platform/http'
import { findAudience } from '../audience.ts'
import { presentAudience } from '../present/present-audience.ts'

export const audienceRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/audience',
  summary: 'Say whom a post would reach, before it is written',
  access: user('write:statuses'),
  body: Type.Object({
    visibility: Visibility,
    text: Type.Optional(Type.String({ maxLength: 20_000 })),
    in_reply_to_id: Type.Optional(Type.String()),
    quoted_status_id: Type.Optional(Type.String()),
  }),
  response: AudiencePreview,
  handle: async ({ ctx, viewer, body }) => {
    for (const named of [body.in_reply_to_id, body.quoted_status_id]) if (named && !isId(named)) throw notFound()
    const { visibility, text = '', in_reply_to_id, quoted_status_id } = body
    const question = {
      visibility,
      text,
      inReplyToId: in_reply_to_id || undefined,
      quotedId: quoted_status_id || undefined,
    }
    return presentAudience(await findAudience(ctx, viewer.accountId, question))
  },
})
