import { listInboxes } from '#features/accounts'
import { listVoters } from '#features/polls'
import { deliver, listInboxesOf } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findNoteParts, NOTE_CONTEXT, renderNote } from './note.ts'
import { keyOf } from './outbox.ts'
import { listRecipients } from './recipients.ts'

/**
 * New counts of a poll go to whoever has the post and to whoever voted. They are no edit: `updated` stays as it is
 * (federation.md b.4).
 */
export const deliverCounts = defineJob<{ statusId: Id }>({
  name: 'statuses.deliver-counts',
  orderingKey: keyOf,
  run: (ctx, { statusId }) =>
    transact(ctx, async (tx) => {
      const parts = await findNoteParts(tx, statusId)
      if (!parts?.author.is_local) return
      const note = await renderNote(tx, parts)
      const voters = await listVoters(tx, statusId, 'elsewhere')
      await deliver(tx, {
        accountId: parts.author.id,
        subjectId: statusId,
        inboxes: [
          ...(await listRecipients(tx, parts)),
          ...(await listInboxesOf(tx, statusId)),
          ...(await listInboxes(tx, voters)),
        ],
        activity: {
          '@context': NOTE_CONTEXT,
          id: `${note.id}#updates/${tx.clock.now().getTime()}`,
          type: 'Update',
          actor: parts.author.uri,
          to: note.to,
          cc: note.cc,
          object: note,
        },
      })
    }),
})
