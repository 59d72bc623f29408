import { findAccount, findInbox } from '#features/accounts'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findPoll } from './store.ts'

type Cast = { statusId: Id; voterId: Id; choices: number[]; castAtMs: number }

const CONTEXT = 'https://www.w3.org/ns/activitystreams'

/** Tells the author of a poll elsewhere, and nobody else, what somebody here chose: one note for each option. */
export const deliverVotes = defineJob<Cast>({
  name: 'polls.deliver-votes',
  orderingKey: ({ statusId, voterId }) => `vote:${statusId}:${voterId}`,
  run: (ctx, { statusId, voterId, choices, castAtMs }) =>
    transact(ctx, async (tx) => {
      const [poll, voter] = [await findPoll(tx, statusId), await findAccount(tx, voterId)]
      if (!poll?.uri || !voter?.is_local) return
      const [author, inbox] = [await findAccount(tx, poll.account_id), await findInbox(tx, poll.account_id)]
      if (!author || !inbox) return
      const shared = { attributedTo: voter.uri, inReplyTo: poll.uri, to: author.uri }
      for (const choice of choices) {
        const id = `${voter.uri}#votes/${statusId}/${choice}-${castAtMs}`
        const object = { id, type: 'Note', name: poll.options[choice], ...shared }
        const create = { id: `${id}/activity`, type: 'Create', actor: voter.uri, to: author.uri, object }
        // oxlint-disable-next-line no-await-in-loop -- options are few, and their order is kept
        await deliver(tx, { accountId: voterId, inboxes: [inbox], activity: { '@context': CONTEXT, ...create } })
      }
    }),
})
