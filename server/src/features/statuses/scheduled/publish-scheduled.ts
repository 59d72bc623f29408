import { Refusal } from '#lib/refusal'
import type { NewPoll } from '#features/polls'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { saveNewDraft } from '../drafts/save-draft.ts'
import { noteRejection } from '../gate/judge.ts'
import { createStatus, type NewStatus } from '../write/create-status.ts'

type Due = { id: Id; at: string }

/**
 * Publishes a post at its hour. One that was moved has another job. What cannot be published any more, since what it
 * answers is gone for instance, becomes a draft: the words are not lost.
 */
export const publishScheduled = defineJob<Due>({
  name: 'statuses.publish-scheduled',
  run: async (ctx, due) => {
    try {
      await transact(ctx, async (tx) => {
        const taken = await take(tx, due)
        if (taken) await createStatus(tx, taken.accountId, taken.post)
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await noteRejection(ctx, error).catch(refusalOnly)
      await transact(ctx, async (tx) => {
        const taken = await take(tx, due)
        if (taken) await saveNewDraft(tx, taken.accountId, asDraft(taken.post))
      })
    }
  },
})

function refusalOnly(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

async function take(tx: Tx, { id, at }: Due): Promise<{ accountId: Id; post: NewStatus } | undefined> {
  const row = await tx.db
    .deleteFrom('scheduled_statuses')
    .where('id', '=', id)
    .where('scheduled_at', '=', at)
    .returning(['account_id', 'params'])
    .executeTakeFirst()
  return row && { accountId: row.account_id, post: row.params as unknown as NewStatus }
}

function asWish({ options = [], expiresIn = 0, multiple = false, hideTotals = false }: NewPoll) {
  return { options: [...options], expires_in: expiresIn, multiple, hide_totals: hideTotals }
}

function asDraft(post: NewStatus) {
  return {
    visibility: post.visibility,
    quote_approval_policy: post.quotePolicy,
    language: post.language,
    in_reply_to_id: post.inReplyToId,
    quoted_status_id: post.quotedId,
    parts: [
      {
        text: post.text,
        spoiler_text: post.spoilerText,
        sensitive: post.sensitive,
        media_ids: [...(post.mediaIds ?? [])],
        poll: post.poll && asWish(post.poll),
      },
    ],
  }
}
