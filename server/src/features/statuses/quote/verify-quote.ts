import { findAccount, requireInstanceSigner } from '#features/accounts'
import { fetchDocument, idOf, typeOf } from '#federation'
import { sameOrigin } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'
import { failureKind } from '#platform/net'
import { sql } from 'kysely'
import { resolveStatus } from '../receive-note.ts'
import { findStatus, type StatusRow } from '../store.ts'
import { settleQuote } from './settle.ts'
import { findQuote, holdStatuses, type QuoteRow } from './store.ts'

/**
 * Looks for what a post quotes and at the stamp that its author gave (federation.md b.5, flow C). A server that does not
 * answer now is asked again by the queue; one that says no has said so.
 */
export const verifyQuote = defineJob<{ quoteId: Id; depth: number }>({
  name: 'statuses.verify-quote',
  class: 'fetch',
  orderingKey: ({ quoteId }) => `quote:${quoteId}`,
  run: async (ctx, { quoteId, depth }) => {
    const quote = await findQuote(ctx, quoteId)
    if (!quote || (quote.state !== 'pending' && quote.state !== 'accepted')) return
    const quoting = await findStatus(ctx, quote.status_id)
    const quoted = await orUndefined(findQuoted(ctx, quote, depth))
    if (!quoting || !quoted) return setUnproven(ctx, quoteId)
    const known = await attachQuoted(ctx, quote, quoted)
    if (!known) return
    if (quoted.account_id === quoting.account_id) return transact(ctx, (tx) => settleQuote(tx, known, 'accepted'))
    // Whoever quotes a post of ours asks us; the answer is written down when it is given.
    if (quoted.is_local) return
    if (known.authorization_uri === null) return known.state === 'accepted' ? refuse(ctx, known) : undefined
    const isGood = await orUndefined(checkStamp(ctx, { quoting, quoted, stamp: known.authorization_uri }))
    return isGood ? confirm(ctx, known) : refuse(ctx, known)
  },
})

/** What a server said no to, and what it says wrongly, is as good as not there; trouble on the way is none of these. */
async function orUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (!(error instanceof Refusal) || isPassing(error)) throw error
    return undefined
  }
}

function isPassing(error: Refusal): boolean {
  const kind = failureKind(error)
  if (kind === 'status') return Number(error.details.status) >= 500 || error.details.status === 429
  return kind === 'network' || kind === 'timeout' || error.reason === 'tooMany'
}

async function findQuoted(ctx: Context, quote: QuoteRow, depth: number): Promise<StatusRow | undefined> {
  const known = quote.quoted_status_id === null ? undefined : await findStatus(ctx, quote.quoted_status_id)
  if (known || quote.quoted_uri === null) return known
  const found = await resolveStatus(ctx, quote.quoted_uri, depth)
  return found.reblog_of_id === null && found.id !== quote.status_id ? found : undefined
}

/** The row as it stands once it names the post that was found. */
async function attachQuoted(ctx: Context, quote: QuoteRow, quoted: StatusRow): Promise<QuoteRow | undefined> {
  return transact(ctx, async (tx) => {
    await holdStatuses(tx, [quoted.id])
    await tx.db
      .updateTable('quotes')
      .set({ quoted_status_id: quoted.id, quoted_account_id: quoted.account_id })
      .where('id', '=', quote.id)
      .where('quoted_status_id', 'is', null)
      .where('state', '=', 'pending')
      .execute()
    return findQuote(tx, quote.id)
  })
}

/** True for a stamp that lies where the quoted author lives and names exactly these two posts (federation-security.md 5.17). */
async function checkStamp(
  ctx: Context,
  { quoting, quoted, stamp }: { quoting: StatusRow; quoted: StatusRow; stamp: string },
): Promise<boolean> {
  const author = await findAccount(ctx, quoted.account_id)
  if (!author || !sameOrigin(stamp, author.uri)) return false
  const document = await fetchDocument(ctx, stamp, await requireInstanceSigner(ctx))
  return (
    typeOf(document, new Set(['QuoteAuthorization'])) === 'QuoteAuthorization' &&
    idOf(document.attributedTo) === author.uri &&
    idOf(document.interactingObject) === quoting.uri &&
    idOf(document.interactionTarget) === quoted.uri
  )
}

async function confirm(ctx: Context, quote: QuoteRow): Promise<void> {
  await transact(ctx, async (tx) => {
    await settleQuote(tx, quote, 'accepted')
    await tx.db
      .updateTable('quotes')
      .set({ checked_at: tx.clock.now().toISOString() })
      .where('id', '=', quote.id)
      .execute()
  })
}

async function refuse(ctx: Context, quote: QuoteRow): Promise<void> {
  await transact(ctx, (tx) => settleQuote(tx, quote, quote.state === 'accepted' ? 'revoked' : 'rejected'))
}

async function setUnproven(ctx: Context, quoteId: Id): Promise<void> {
  await ctx.db
    .updateTable('quotes')
    .set({ is_unproven: true })
    .where('id', '=', quoteId)
    .where('state', '=', 'pending')
    .execute()
}

/** mastodon-limits, Quotes: a stamp is looked at again each week, so that one taken back in silence is noticed. */
const FRESH_MS = 7 * 24 * 3_600_000
const AT_ONCE = 200

const recheckQuotes = defineJob<Record<string, never>>({
  name: 'statuses.recheck-quotes',
  class: 'slow',
  run: (ctx) =>
    transact(ctx, async (tx) => {
      const now = tx.clock.now()
      const before = new Date(now.getTime() - FRESH_MS).toISOString()
      // Noted as looked at now, so that a server which is away does not hold up the others.
      const due = await sql<{ id: Id }>`
        update quotes set checked_at = ${now.toISOString()} where id in (
          select q.id from quotes q join accounts a on a.id = q.quoted_account_id join domains d on d.id = a.domain_id
          where q.state = 'accepted' and q.authorization_uri is not null and q.checked_at < ${before} and not d.is_local
          order by q.checked_at limit ${AT_ONCE})
        returning id`.execute(tx.db)
      for (const { id } of due.rows) await enqueue(tx, verifyQuote, { quoteId: id, depth: 1 })
    }),
})

export const quoteSchedules: Schedule[] = [{ job: recheckQuotes, everySeconds: 3_600 }]
