import { findAccount, findAccountsById, findInbox, listInboxes } from '#features/accounts'
import { deliver, listInboxesOf } from '#federation'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findNoteParts, NOTE_CONTEXT, renderNote, renderAudienceOf } from '../note.ts'
import { listRecipients } from '../recipients.ts'
import { findStatus } from '../store.ts'
import type { QuoteFacts } from './events.ts'
import { QUOTE_CONTEXT, renderQuoteRequest } from './note.ts'
import { findQuote } from './store.ts'

const keyOf = ({ statusId }: QuoteFacts) => `post:${statusId}`

/** Asks the author of a post elsewhere, with the whole post that quotes it; in that person's own inbox. */
export const deliverQuoteRequest = defineJob<QuoteFacts>({
  name: 'statuses.deliver-quote-request',
  orderingKey: keyOf,
  run: (ctx, { quoteId, statusId, quotedStatusId, quotedAuthorId }) =>
    transact(ctx, async (tx) => {
      const [parts, quote] = [await findNoteParts(tx, statusId), await findQuote(tx, quoteId)]
      const [quoted, inbox] = [await findStatus(tx, quotedStatusId), await findInbox(tx, quotedAuthorId)]
      const author = await findAccount(tx, quotedAuthorId)
      if (!parts || !quoted || !inbox || !author || quote?.state !== 'pending' || !quote.request_uri) return
      const instrument = await renderNote(tx, parts)
      await deliver(tx, {
        accountId: parts.author.id,
        inboxes: [inbox],
        activity: {
          '@context': [...NOTE_CONTEXT, QUOTE_CONTEXT],
          ...renderQuoteRequest({
            id: quote.request_uri,
            actor: parts.author.uri,
            object: quoted.uri,
            instrument,
          }),
          to: [author.uri],
        },
      })
    }),
})

type AnswerFacts = {
  verb: 'Accept' | 'Reject'
  quotedStatusId: Id
  askerId: Id
  requestUri: string
  instrumentUri: string
  stamp?: string
}

/**
 * Answers a request. It is noted under the quoted post, so that edits and the deletion of that post reach whoever
 * quotes it.
 */
export const deliverQuoteAnswer = defineJob<AnswerFacts>({
  name: 'statuses.deliver-quote-answer',
  orderingKey: ({ requestUri }) => `quote-request:${requestUri}`,
  run: (ctx, { verb, quotedStatusId, askerId, requestUri, instrumentUri, stamp }) =>
    transact(ctx, async (tx) => {
      const quoted = await findStatus(tx, quotedStatusId)
      const people = await findAccountsById(tx, [askerId, quoted?.account_id ?? askerId])
      const [asker, author] = [people.get(askerId), people.get(quoted?.account_id ?? '')]
      const inbox = await findInbox(tx, askerId)
      if (!quoted || !asker || !author?.is_local || !inbox) return
      const object = { id: requestUri, actor: asker.uri, object: quoted.uri, instrument: instrumentUri }
      await deliver(tx, {
        accountId: author.id,
        ...(verb === 'Accept' ? { subjectId: quoted.id } : {}),
        inboxes: [inbox],
        activity: {
          '@context': [...NOTE_CONTEXT, QUOTE_CONTEXT],
          id: `${author.uri}#${verb.toLowerCase()}s/quotes/${quoted.id}-${tx.clock.now().getTime()}`,
          type: verb,
          actor: author.uri,
          to: [asker.uri],
          object: renderQuoteRequest(object),
          ...(stamp ? { result: stamp } : {}),
        },
      })
    }),
})

/** Tells that a stamp of ours is no more: the quoting author, and everyone whom either post reached (federation.md b.5). */
export const deliverStampDelete = defineJob<QuoteFacts>({
  name: 'statuses.deliver-stamp-delete',
  orderingKey: keyOf,
  run: (ctx, { quoteId, statusId, quotedStatusId, authorId }) =>
    transact(ctx, async (tx) => {
      const [parts, quote] = [await findNoteParts(tx, quotedStatusId), await findQuote(tx, quoteId)]
      if (!parts?.author.is_local || !quote?.authorization_uri) return
      const { to, cc } = renderAudienceOf(parts)
      await deliver(tx, {
        accountId: parts.author.id,
        inboxes: await listReached(tx, { statusId, quotedStatusId, authorId, parts }),
        activity: {
          '@context': [...NOTE_CONTEXT, QUOTE_CONTEXT],
          id: `${quote.authorization_uri}#delete`,
          type: 'Delete',
          actor: parts.author.uri,
          to,
          cc,
          object: { id: quote.authorization_uri, type: 'QuoteAuthorization' },
        },
      })
    }),
})

type Reach = Pick<QuoteFacts, 'statusId' | 'quotedStatusId' | 'authorId'> & {
  parts: Parameters<typeof listRecipients>[1]
}

async function listReached(tx: Tx, { statusId, quotedStatusId, authorId, parts }: Reach): Promise<string[]> {
  return [
    ...(await listRecipients(tx, parts)),
    ...(await listInboxes(tx, [authorId])),
    ...(await listInboxesOf(tx, quotedStatusId)),
    ...(await listInboxesOf(tx, statusId)),
  ]
}

export const quoteJobs = [deliverQuoteRequest, deliverQuoteAnswer, deliverStampDelete]
