import { Type, type Static } from 'typebox'
import type { NewPoll } from '#features/polls'

/** `poll` of POST and PUT statuses (mastodon-api 1.6). */
export const PollBody = Type.Object({
  options: Type.Optional(Type.Array(Type.String({ maxLength: 10_000 }), { maxItems: 100 })),
  expires_in: Type.Optional(Type.Integer()),
  multiple: Type.Optional(Type.Boolean()),
  hide_totals: Type.Optional(Type.Boolean()),
})

/** Apps without a poll may still send an empty one, which is none. */
export function readPollBody(body: Static<typeof PollBody> | undefined): NewPoll | undefined {
  if (!body || Object.keys(body).length === 0) return undefined
  const { options, expires_in: expiresIn, multiple, hide_totals: hideTotals } = body
  return { options, expiresIn, multiple, hideTotals }
}
