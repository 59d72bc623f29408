import type { Account } from '@hamlet/contract/account'
import type { MediaAttachment } from '@hamlet/contract/media'
import type { Poll } from '@hamlet/contract/poll'
import type { Status } from '@hamlet/contract/status'
import { authorIdsOf, findCardsOf, presentCard, type CardRow } from '#features/cards'
import { presentEmojisIn } from '#features/emojis'
import { findMatcher, presentFiltered } from '#features/filters'
import { findMarks, findMutedThreads, type Marks } from '#features/interactions'
import { presentMediaOf } from '#features/media'
import { findApplicationNames } from '#features/oauth'
import { presentPolls } from '#features/polls'
import { presentAccounts } from '#features/profiles'
import { findStances, type Stance } from '#features/relationships'
import { onlyVisible } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { standingOf } from '../quote/standing.ts'
import { findThreadRules, threadIdOf, type ThreadRule } from '../replies/rules.ts'
import { findQuotesOf, type QuoteWithTarget } from '../quote/store.ts'
import { presentContent, presentQuotes, presentShallowQuotes, type PresentedQuote } from './present-quotes.ts'
import { findBoosted, findExtras, findStatusesById, type Extras, type StatusRow } from '../store.ts'

type Parts = {
  extras: Extras
  accounts: Map<Id, Account>
  apps: Map<Id, { name: string; website: string | null }>
  marks: Marks
  mutedThreads: Set<Id>
  media: Map<Id, MediaAttachment[]>
  polls: Map<Id, Poll>
  boosted: Set<Id>
  originals: Map<Id, Status>
  cards: Map<Id, CardRow>
  emojis: Map<Id, Status['emojis']>
  quotes: Map<Id, QuoteWithTarget>
  shownQuotes: Map<Id, PresentedQuote>
  stances: Map<Id, Stance>
  rules: Map<Id, ThreadRule>
}

/**
 * The only way a status becomes JSON: ids → visible ones → rows → answer, in a fixed number of queries
 * that does not depend on the page's length; what it boosts costs one such round more, and so does what is quoted, one
 * level deep. `viewerId` is null for anonymous readers.
 */
export async function presentStatuses(ctx: Context, viewerId: Id | null, ids: readonly Id[]): Promise<Status[]> {
  return presentLevel(ctx, viewerId, ids, 'page')
}

/** Posts on a page show what they quote; posts that are quoted themselves only say what they quote. */
type Level = 'page' | 'quoted'

async function presentLevel(ctx: Context, viewerId: Id | null, ids: readonly Id[], level: Level): Promise<Status[]> {
  return presentRows(ctx, viewerId, await findStatusesById(ctx, await onlyVisible(ctx, viewerId, ids)), level)
}

/** Rows as JSON; the caller has seen to it that the viewer may see them. */
export async function presentRows(
  ctx: Context,
  viewerId: Id | null,
  rows: readonly StatusRow[],
  level: Level,
): Promise<Status[]> {
  if (rows.length === 0) return []
  const own = rows.map((row) => row.id)
  const extras = await findExtras(ctx, own)
  const cards = await findCardsOf(ctx, own)
  const subjects = rows.map((row) => row.reblog_of_id ?? row.id)
  const boosted = rows.map((row) => row.reblog_of_id).filter((id) => id !== null)
  const originals = boosted.length > 0 ? await presentLevel(ctx, viewerId, boosted, level) : []
  const quotes = await findQuoteParts(ctx, viewerId, rows, level)
  const mentioned = [...extras.mentions.values()].flat()
  const people = [...rows.map((row) => row.account_id), ...mentioned, ...authorIdsOf(cards.values())]
  const accounts = await presentAccounts(ctx, people)
  const polls = await presentPolls(ctx, viewerId, own)
  const parts: Parts = {
    marks: await findMarks(ctx, viewerId, subjects),
    mutedThreads: await findMutedThreads(
      ctx,
      viewerId,
      rows.map((row) => row.conversation_id).filter((id) => id !== null),
    ),
    boosted: await findBoosted(ctx, viewerId, subjects),
    originals: new Map(originals.map((status) => [status.id, status])),
    extras,
    ...quotes,
    media: await presentMediaOf(ctx, own),
    polls,
    accounts,
    cards,
    rules: await findThreadRules(ctx, viewerId, rows.filter((row) => row.thread_policy !== 'everyone').map(threadIdOf)),
    emojis: await findEmojis(ctx, rows, { accounts, polls }),
    apps: await findApplicationNames(
      ctx,
      rows.map((row) => row.application_id).filter((id) => id !== null),
    ),
  }
  const shown = rows.map((row) => presentRow(ctx, viewerId, row, parts)).filter((status) => status !== undefined)
  if (viewerId === null) return shown
  const matcher = await findMatcher(ctx, viewerId)
  return shown.map((status) => ({ ...status, filtered: presentFiltered(matcher, viewerId, status) }))
}

/** What the rows quote, as far as this level shows it, and how the viewer stands to everybody in it. */
async function findQuoteParts(ctx: Context, viewerId: Id | null, rows: readonly StatusRow[], level: Level) {
  const quotes = await findQuotesOf(
    ctx,
    rows.map((row) => row.id),
  )
  const quoted = [...quotes.values()].map((quote) => quote.quoted_account_id).filter((id) => id !== null)
  const stances = await findStances(ctx, viewerId, [...rows.map((row) => row.account_id), ...quoted])
  const reading = { viewerId, stances }
  const shownQuotes: Map<Id, PresentedQuote> =
    level === 'page'
      ? await presentQuotes(quotes, reading, (ids) => presentLevel(ctx, viewerId, ids, 'quoted'))
      : await presentShallowQuotes(ctx, quotes, reading)
  return { quotes, shownQuotes, stances }
}

/** The emoji in each post, those of its poll among them; they are of its author's server. */
async function findEmojis(
  ctx: Context,
  rows: readonly StatusRow[],
  { accounts, polls }: Pick<Parts, 'accounts' | 'polls'>,
) {
  const texts = rows.map((row) => ({
    host: accounts.get(row.account_id)?.acct.split('@')[1] ?? ctx.config.domain,
    texts: [row.spoiler_text, row.content, ...(polls.get(row.id)?.options ?? []).map((option) => option.title)],
  }))
  const found = await presentEmojisIn(ctx, texts)
  return new Map(rows.map((row, index) => [row.id, found[index] ?? []]))
}

function presentRow(ctx: Context, viewerId: Id | null, row: StatusRow, parts: Parts): Status | undefined {
  const account = parts.accounts.get(row.account_id)
  const original = row.reblog_of_id === null ? undefined : parts.originals.get(row.reblog_of_id)
  // A boost of what the viewer may not see is nothing to see.
  if (!account || (row.reblog_of_id !== null && !original)) return undefined
  const quote = parts.shownQuotes.get(row.id)
  const app = row.application_id ? parts.apps.get(row.application_id) : undefined
  return {
    id: row.id,
    created_at: row.created_at,
    edited_at: row.edited_at,
    in_reply_to_id: row.in_reply_to_id,
    in_reply_to_account_id: row.in_reply_to_account_id,
    sensitive: row.sensitive || row.is_author_sensitized,
    spoiler_text: row.spoiler_text,
    visibility: row.visibility as Status['visibility'],
    language: row.language,
    uri: row.uri,
    url: row.url,
    replies_count: original?.replies_count ?? row.replies_count,
    reblogs_count: original?.reblogs_count ?? row.reblogs_count,
    favourites_count: original?.favourites_count ?? row.favourites_count,
    quotes_count: original?.quotes_count ?? row.quotes_count,
    content: original?.content ?? presentContent(row, parts.quotes.get(row.id), quote),
    reblog: original ?? null,
    ...(app ? { application: app } : {}),
    account,
    media_attachments: original?.media_attachments ?? parts.media.get(row.id) ?? [],
    mentions: presentMentions(row, parts),
    tags: (parts.extras.tags.get(row.id) ?? []).map((name) => presentTag(ctx, name)),
    emojis: original?.emojis ?? parts.emojis.get(row.id) ?? [],
    tagged_collections: [],
    quote: original?.quote ?? quote ?? null,
    card: original ? original.card : presentCardOf(ctx, viewerId, row, parts),
    poll: original?.poll ?? parts.polls.get(row.id) ?? null,
    quote_approval: original?.quote_approval ?? presentQuoteApproval(row, viewerId, parts.stances.get(row.account_id)),
    ...(viewerId === null ? {} : presentMarks(row, original, parts)),
    ...(viewerId === row.account_id && row.visibility !== 'direct' && !original ? { pinned: row.pinned } : {}),
    ...presentReply(row, viewerId, parts),
  }
}

/** Pictures, and what is quoted, take the place of what stands behind a link. */
function presentCardOf(ctx: Context, viewerId: Id | null, row: StatusRow, parts: Parts): Status['card'] {
  const card = parts.cards.get(row.id)
  const hasMore = parts.media.has(row.id) || parts.quotes.has(row.id)
  return card && !hasMore ? presentCard(ctx, viewerId, card, parts.accounts) : null
}

export function presentTag(ctx: Context, name: string): Status['tags'][number] {
  return { name, url: `${ctx.config.url}/tags/${encodeURIComponent(name)}` }
}

/** The rule of the thread, where there is one, and why the reply is kept out of it, for those who may know. */
function presentReply(row: StatusRow, viewerId: Id | null, parts: Parts): Pick<Status, 'hamlet'> {
  const rule = parts.rules.get(threadIdOf(row))
  const mayKnow = viewerId !== null && (row.account_id === viewerId || row.set_aside_by === viewerId)
  const hamlet = {
    ...(row.imported_from === null ? {} : { imported: { url: row.imported_from } }),
    ...(rule && !row.reblog_of_id ? { reply: { policy: rule.policy, right: rule.right } } : {}),
    ...(row.set_aside && mayKnow ? { set_aside: row.set_aside } : {}),
    ...(row.label === null ? {} : { label: row.label }),
  }
  return Object.keys(hamlet).length > 0 ? { hamlet } : {}
}

/** What this viewer did with it; a boost shows what was done with the original. */
function presentMarks(row: StatusRow, original: Status | undefined, parts: Parts) {
  const subject = row.reblog_of_id ?? row.id
  return {
    favourited: parts.marks.favourited.has(subject),
    reblogged: parts.boosted.has(subject),
    muted: original?.muted ?? (row.conversation_id !== null && parts.mutedThreads.has(row.conversation_id)),
    bookmarked: parts.marks.bookmarked.has(subject),
  }
}

function presentMentions(row: StatusRow, parts: Parts): Status['mentions'] {
  const people = (parts.extras.mentions.get(row.id) ?? []).map((id) => parts.accounts.get(id))
  return people
    .filter((person) => person !== undefined)
    .map(({ id, username, url, acct }) => ({ id, username, url, acct }))
}

/** Who may quote, and whether this viewer may (mastodon-api Part 2, quote_approval). */
function presentQuoteApproval(
  row: StatusRow,
  viewerId: Id | null,
  stance: Stance | undefined,
): Status['quote_approval'] {
  const named = (policy: string) => (policy === 'nobody' ? [] : [policy])
  return {
    automatic: named(row.quote_policy),
    manual: named(row.quote_policy_manual),
    current_user: standingOf(row, viewerId, stance),
  }
}
