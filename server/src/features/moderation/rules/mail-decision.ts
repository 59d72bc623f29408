import { findAccount } from '#features/accounts'
import { findHold } from '#features/gates'
import { sendLetter } from '#features/letters'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { defineJob } from '#platform/jobs'

type Decided = { holdId: Id; authorId: Id; isLocal: boolean; isApproved: boolean }

/** Tells the author of a post that waited what was decided. */
export const mailHoldDecision = defineJob<Decided>({
  name: 'moderation.mail-hold-decision',
  run: async (ctx, { holdId, authorId, isApproved }) => {
    const hold = await findHold(ctx, holdId)
    const person = hold && (await findUserOfAccount(ctx, authorId))
    const author = person && (await findAccount(ctx, authorId))
    if (!hold || !person || !author) return
    if (isApproved)
      return sendLetter(ctx, person, 'postApproved', {
        link: `${ctx.config.url}/@${author.username}/${hold.status_id}`,
      })
    await sendLetter(ctx, person, 'postRejected', { text: hold.excerpt, link: `${ctx.config.url}/waiting` })
  },
})
