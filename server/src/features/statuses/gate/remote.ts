import { countStatus, findAccountByUri, type AccountRow } from '#features/accounts'
import { forgetHitsOf, recordHits, type Before } from '#features/gates'
import { noteTags, type WrittenTag } from '#features/tags'
import type { RemoteNote, RemoteQuote } from '#federation'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { emit } from '#platform/events'
import { findLinks } from '../find-links.ts'
import { dropGroup } from '../held/drop-held.ts'
import { joinWaitingQuotes, takeQuote } from '../quote/take-quote.ts'
import { judgeRemoteReply } from '../replies/set-aside.ts'
import { findExtras, findStatus, type StatusRow } from '../store.ts'
import { countReply, statusCreated } from '../write/go-live.ts'
import { applyOutcome, judge, waitForModerator, type Held, type Judged } from './judge.ts'

type Ruled = Judged & {
  /** True for what a rule rejects: it is not taken in, and its server hears nothing of that. */
  isDropped: boolean
  fields: { spoiler_text: string; sensitive: boolean; visibility: string; label?: string }
  before: Before
}

/** What the rules make of a post from elsewhere, new or edited. */
export async function judgeNote(
  tx: Tx,
  note: RemoteNote,
  author: AccountRow,
  post: { id?: Id; visibility: string },
): Promise<Ruled> {
  const judged = await judge(tx, {
    authorId: author.id,
    statusId: post.id ?? null,
    uri: note.id,
    content: note.content,
    warning: note.warning,
    options: note.question?.options.map((option) => option.title) ?? [],
    mentionedIds: await findNamed(tx, note),
    mentions: new Set(note.mentions).size,
    media: {
      count: note.attachments.length,
      hashes: note.attachments.flatMap(({ blurhash }) => (blurhash ? [blurhash] : [])),
      descriptions: note.attachments.flatMap(({ description }) => (description ? [description] : [])),
    },
    language: note.language,
    visibility: post.visibility,
  })
  const isDropped = judged.outcome.isRejected
  // What is not taken in is told of no post: an edit that was turned down did nothing to the one that is there.
  if (isDropped && judged.facts) await recordHits(tx, judged.hits, { ...judged.facts, statusId: null }, {})
  const sensitive = note.isSensitive || note.warning !== ''
  const plain = { spoiler_text: note.warning, sensitive, visibility: post.visibility }
  return { ...judged, isDropped, ...applyOutcome(plain, judged.outcome) }
}

async function findNamed(tx: Tx, note: RemoteNote): Promise<Id[]> {
  const found: Id[] = []
  for (const uri of new Set(note.mentions)) {
    const person = await findAccountByUri(tx, uri)
    if (person?.is_local) found.push(person.id)
  }
  return found
}

/** A post from elsewhere that nobody sees: it waits for a moderator. */
export async function findUnseen(ctx: Context, uri: string): Promise<StatusRow | undefined> {
  const row = await ctx.db
    .selectFrom('statuses')
    .select('id')
    .where('uri', '=', uri)
    .where('state', '=', 'held')
    .where('is_local', '=', false)
    .executeTakeFirst()
  return row && findStatus(ctx, row.id)
}

export async function isUnseen(ctx: Context, uri: string): Promise<boolean> {
  return (await findUnseen(ctx, uri)) !== undefined
}

type Waiting = { id: Id; author: AccountRow; visibility: string; held: Held; wasLive?: boolean }

export async function holdNote(tx: Tx, waiting: Waiting, quote?: RemoteQuote): Promise<void> {
  const { id, author, visibility, held, wasLive = false } = waiting
  await waitForModerator(tx, {
    statusId: id,
    accountId: author.id,
    host: author.host,
    visibility,
    ...held,
    wasLive,
    ...(quote === undefined ? {} : { quote }),
  })
}

/** What stands in another server's document is how the hashtag is found, whatever its text says. */
export function writtenTags(tags: readonly string[]): WrittenTag[] {
  return tags.map((name) => ({ name, written: name }))
}

type Shown = { quote: RemoteQuote | undefined; depth: number; mentionsLocals: boolean }

/** What is true of a post from elsewhere from the moment that it can be seen here, and not before. */
export async function showNote(tx: Tx, id: Id, { quote, depth, mentionsLocals }: Shown): Promise<void> {
  const row = await findStatus(tx, id)
  if (!row) return
  const { account_id: authorId, visibility } = row
  const parent = row.in_reply_to_id === null ? undefined : await findStatus(tx, row.in_reply_to_id)
  if (parent && (await judgeRemoteReply(tx, { id, account_id: authorId }, parent))) await countReply(tx, parent.id)
  await takeQuote(tx, { id, account_id: authorId }, quote, depth)
  await joinWaitingQuotes(tx, row.uri)
  const [published, now] = [new Date(row.created_at), tx.clock.now()]
  const tags = (await findExtras(tx, [id])).tags.get(id) ?? []
  await noteTags(tx, writtenTags(tags), { authorId, visibility, usedAt: published < now ? published : now })
  await countStatus(tx, authorId, published)
  const hasLink = findLinks(tx, row.content).length > 0
  const isDirect = visibility === 'direct'
  await emit(tx, statusCreated, { statusId: id, authorId, isLocal: false, mentionsLocals, hasLink, isDirect })
}

/** Takes back a post that waits, as its server asks. False where there is none of this author. */
export async function dropUnseen(tx: Tx, uri: string, authorId: Id): Promise<boolean> {
  const row = await findUnseen(tx, uri)
  if (row?.account_id !== authorId) return false
  await forgetHitsOf(tx, [row.id])
  await dropGroup(tx, [row.id], 'delete')
  return true
}
