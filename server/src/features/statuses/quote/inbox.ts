import { findAccount, findAccountByUri, resolveActor, type AccountRow } from '#features/accounts'
import { onlyVisible } from '#features/visibility'
import { idOf, isJson, readNote, trustsInstrument, type Activity, type RemoteNote } from '#federation'
import { sameOrigin } from '#lib/host'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { createRemoteStatus, prepareNote, resolveStatus } from '../receive-note.ts'
import { findStatusByUri, type StatusRow } from '../store.ts'
import { deliverQuoteAnswer } from './outbox.ts'
import { stampOf } from './quote-status.ts'
import { settleQuote } from './settle.ts'
import { findStanding } from './standing.ts'
import { findQuoteByRequest, findQuoteOf, holdStatuses, listQuotesByAuthorization, type QuoteRow } from './store.ts'

/** The post that came with a request, when it may be used as it is; otherwise it is fetched from its own address. */
function readInstrument(ctx: Context, activity: Activity): RemoteNote | undefined {
  const { instrument } = activity.raw
  if (!isJson(instrument) || instrument.type === undefined) return undefined
  const note = readNote(instrument, ctx.clock.now())
  return trustsInstrument(activity.actor, note) ? note : undefined
}

/** True for an open post of ours that the asker can see and whose author lets them quote it at once. */
async function mayQuote(ctx: Context, quoted: StatusRow, asker: AccountRow): Promise<boolean> {
  const isOpen = quoted.visibility === 'public' || quoted.visibility === 'unlisted'
  if (!isOpen || quoted.reblog_of_id || (await onlyVisible(ctx, asker.id, [quoted.id])).length === 0) return false
  return (await findStanding(ctx, asker.id, quoted)) === 'automatic'
}

async function findAsked(ctx: Context, activity: Activity): Promise<StatusRow> {
  const quoted = activity.objectId ? await findStatusByUri(ctx, activity.objectId) : undefined
  if (!quoted?.is_local) throw notFound()
  return quoted
}

/** The post that wants to quote is looked up before anything is decided, unless the answer is no anyway. */
export async function prepareQuoteRequest(ctx: Context, activity: Activity): Promise<void> {
  const asker = await resolveActor(ctx, activity.actor)
  const uri = activity.claim.instrument ?? ''
  if (!(await mayQuote(ctx, await findAsked(ctx, activity), asker)) || (await findStatusByUri(ctx, uri))) return
  const note = readInstrument(ctx, activity)
  await (note ? prepareNote(ctx, note) : resolveStatus(ctx, uri))
}

/** Somebody asks to quote a post of ours: whom its author lets do so gets a stamp, everybody else a no (FEP-044f). */
export async function handleQuoteRequest(tx: Tx, activity: Activity): Promise<void> {
  const asker = await findAccountByUri(tx, activity.actor)
  if (!asker || asker.is_local || asker.suspended_at) throw notFound()
  const quoted = await findAsked(tx, activity)
  const { id: requestUri } = activity
  const instrumentUri = activity.claim.instrument
  if (!requestUri || !instrumentUri || !sameOrigin(requestUri, activity.actor)) return
  const answer = { quotedStatusId: quoted.id, askerId: asker.id, requestUri, instrumentUri }
  await holdStatuses(tx, [quoted.id])
  const known = await findStatusByUri(tx, instrumentUri)
  if (!(await mayQuote(tx, quoted, asker))) {
    const quote = known?.account_id === asker.id ? await findQuoteOf(tx, known.id) : undefined
    if (quote?.quoted_status_id === quoted.id && quote.state === 'pending') await settleQuote(tx, quote, 'rejected')
    return enqueue(tx, deliverQuoteAnswer, { ...answer, verb: 'Reject' })
  }
  const note = known ? undefined : readInstrument(tx, activity)
  const quoting = known ?? (note && (await createRemoteStatus(tx, note, asker)))
  const quote = quoting?.account_id === asker.id ? await findQuoteOf(tx, quoting.id) : undefined
  if (quote?.quoted_status_id !== quoted.id) throw new Refusal('invalid', 'This post does not quote what it asks for')
  await answerRequest(tx, quote, answer)
}

type Asked = { quotedStatusId: string; askerId: string; requestUri: string; instrumentUri: string }

/** What its author has taken back stays so; asked again, the same stamp is given again. */
async function answerRequest(tx: Tx, quote: QuoteRow, answer: Asked): Promise<void> {
  const author = quote.quoted_account_id && (await findAccount(tx, quote.quoted_account_id))
  if (!author || quote.state === 'deleted') return
  if (quote.state === 'revoked') return enqueue(tx, deliverQuoteAnswer, { ...answer, verb: 'Reject' })
  const stamp = stampOf(author.uri, quote.id)
  await settleQuote(tx, quote, 'accepted', { authorization_uri: stamp, request_uri: answer.requestUri })
  await enqueue(tx, deliverQuoteAnswer, { ...answer, verb: 'Accept', stamp })
}

/** The request of ours that an answer names, by its address or by the two posts in it. */
async function findRequest(tx: Tx, activity: Activity): Promise<QuoteRow | undefined> {
  const byUri = activity.objectId ? await findQuoteByRequest(tx, activity.objectId) : undefined
  if (byUri || activity.claim.objectType !== 'QuoteRequest') return byUri
  const quoting = await findStatusByUri(tx, idOf(activity.object?.instrument) ?? '')
  return quoting?.is_local ? findQuoteOf(tx, quoting.id) : undefined
}

/**
 * Accept or Reject of a request to quote; false when the answer is about something else. Only the quoted author answers,
 * and an Accept counts with its stamp alone (federation-security.md 5.3).
 */
export async function handleQuoteAnswer(tx: Tx, activity: Activity): Promise<boolean> {
  const quote = await findRequest(tx, activity)
  if (!quote) return activity.claim.objectType === 'QuoteRequest'
  const [asker, author] = [await findAccount(tx, quote.account_id), await findQuotedAuthor(tx, quote)]
  if (!asker?.is_local || author?.uri !== activity.actor) return true
  const stamp = activity.claim.result
  if (activity.type === 'Reject') await settleQuote(tx, quote, quote.state === 'accepted' ? 'revoked' : 'rejected')
  else if (stamp && quote.state !== 'revoked') await settleQuote(tx, quote, 'accepted', { authorization_uri: stamp })
  return true
}

async function findQuotedAuthor(tx: Tx, { quoted_account_id }: QuoteRow): Promise<AccountRow | undefined> {
  return quoted_account_id === null ? undefined : findAccount(tx, quoted_account_id)
}

/** Delete of a stamp: its author takes the leave back. False when no quote here shows it. */
export async function handleStampDelete(tx: Tx, activity: Activity): Promise<boolean> {
  const shown = activity.objectId ? await listQuotesByAuthorization(tx, activity.objectId) : []
  for (const quote of shown) {
    const author = await findQuotedAuthor(tx, quote)
    if (author?.uri === activity.actor) await settleQuote(tx, quote, 'revoked')
  }
  return shown.length > 0
}
