import { findAccount, findInbox } from '#features/accounts'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { NOTE_CONTEXT } from '../note.ts'
import { findStatus } from '../store.ts'
import { threadIdOf } from './rules.ts'

/** Where the leave for a reply stands as a document of its own. */
export const approvalAddress = (authorUri: string, replyId: Id) => `${authorUri}/reply_approvals/${replyId}`

/** Tells the server of a reply whether it stands in the thread (federation.md b.6: who sets a rule answers by it). */
export const deliverReplyAnswer = defineJob<{ statusId: Id; verdict: 'Accept' | 'Reject' }>({
  name: 'statuses.deliver-reply-answer',
  orderingKey: ({ statusId }) => `reply-answer:${statusId}`,
  run: (ctx, { statusId, verdict }) =>
    transact(ctx, async (tx) => {
      const reply = await findStatus(tx, statusId)
      const root = reply && (await findStatus(tx, threadIdOf(reply)))
      if (!reply || reply.is_local || !root?.is_local) return
      const [author, guest] = [await findAccount(tx, root.account_id), await findAccount(tx, reply.account_id)]
      const inbox = await findInbox(tx, reply.account_id)
      if (!author || !guest || !inbox) return
      await deliver(tx, {
        accountId: author.id,
        inboxes: [inbox],
        activity: {
          '@context': NOTE_CONTEXT,
          id: `${author.uri}#${verb(verdict)}/replies/${reply.id}-${tx.clock.now().getTime()}`,
          type: verdict,
          actor: author.uri,
          to: [guest.uri],
          object: reply.uri,
          ...(verdict === 'Accept' ? { result: approvalAddress(author.uri, reply.id) } : {}),
        },
      })
    }),
})

const verb = (verdict: 'Accept' | 'Reject') => (verdict === 'Accept' ? 'accepts' : 'rejects')
