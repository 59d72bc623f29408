import { attachMedia } from '#features/media'
import { askPoll, type NewPoll } from '#features/polls'
import { findUserOfAccount } from '#features/users'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { fitVisibility, requireQuotable, type Quotable } from '../quote/quote-status.ts'
import { fitPolicy, type QuotePolicy } from '../quote/set-policy.ts'
import { requireReply, threadIdOf } from '../replies/rules.ts'
import { setAside } from '../replies/set-aside.ts'
import { applyOutcome, judge, keepHits, requireTaken, waitForModerator, type Held } from '../gate/judge.ts'
import { draftOf } from '../gate/read-facts.ts'
import { findStatus, type ReplyPolicy, type StatusRow } from '../store.ts'
import { findMentioned, insertParts, readText, renderText, requireExpected, requireUsableTags } from './compose.ts'
import { goLive, type Written } from './go-live.ts'

export { countReply, statusCreated } from './go-live.ts'

export type NewStatus = {
  text: string
  spoilerText?: string
  visibility?: Visibility
  sensitive?: boolean
  language?: string
  inReplyToId?: Id
  quotedId?: Id
  quotePolicy?: QuotePolicy
  /** Of a post that begins a thread; a reply goes by the rule of the thread that it is in. */
  replyPolicy?: ReplyPolicy
  applicationId?: Id
  /** The accounts that the text may name; whoever else it names is refused. Absent: anybody. */
  allowedMentions?: readonly string[]
  /** Uploads of the author that no post holds, in their order. */
  mediaIds?: readonly string[]
  poll?: NewPoll
}

/**
 * Writes a post of a local account and counts it, in the caller's transaction.
 * Refuses overlong text, empty text without pictures and quote, replies to what the author cannot see, quotes of what they
 * may not quote, and mentions of people who were not expected.
 */
export async function createStatus(tx: Tx, authorId: Id, input: NewStatus): Promise<Id> {
  const [id] = await createStatuses(tx, authorId, [input])
  return id as Id
}

/** Writes a thread, or one post: each answers the one before it, and all are there or none. Gives their ids in order. */
export async function createStatuses(tx: Tx, authorId: Id, inputs: readonly NewStatus[]): Promise<Id[]> {
  const written = await writeStatuses(tx, authorId, inputs, { state: 'live' })
  if (!written.some(({ held }) => held)) for (const { status, quoted } of written) await goLive(tx, status, quoted)
  return written.map(({ status }) => status.id)
}

type WrittenWithQuote = { status: Written; quoted: Quotable | undefined; held: Held | undefined }
/** Whether it is seen at once, or held back by its author until a time. */
type Way = { state: 'live' | 'held'; until?: Date }

/** Writes the rows of a thread, or of one post, with everything in them but what follows once they can be seen. */
export async function writeStatuses(
  tx: Tx,
  authorId: Id,
  inputs: readonly NewStatus[],
  way: Way,
): Promise<WrittenWithQuote[]> {
  const now = tx.clock.now().getTime()
  const [first] = inputs
  let parent = first?.inReplyToId === undefined ? undefined : await requireParent(tx, authorId, first.inReplyToId)
  const written: WrittenWithQuote[] = []
  for (const [index, input] of inputs.entries()) {
    // A millisecond apart, so that their ids and times have their order.
    const at = new Date(now - (inputs.length - 1 - index))
    const made = await writeStatus(tx, authorId, input, { ...way, parent, at })
    written.push(made)
    if (index < inputs.length - 1) parent = await findStatus(tx, made.status.id)
  }
  await holdTogether(tx, authorId, written, way)
  return written
}

/** A thread waits for a moderator as a whole: nothing of it answers what nobody can see. */
async function holdTogether(tx: Tx, authorId: Id, written: readonly WrittenWithQuote[], way: Way): Promise<void> {
  const cause = written.find(({ held }) => held)?.held
  if (!cause) return
  for (const { status, quoted } of written)
    await waitForModerator(tx, {
      statusId: status.id,
      accountId: authorId,
      host: null,
      visibility: status.visibility,
      ...cause,
      quotedStatusId: quoted?.row.id ?? null,
      ...(way.until ? { waitsFrom: way.until } : {}),
    })
}

type Place = Way & { parent: StatusRow | undefined; at: Date }

async function writeStatus(
  tx: Tx,
  authorId: Id,
  input: NewStatus,
  { state, parent, at }: Place,
): Promise<WrittenWithQuote> {
  const hasMore = (input.mediaIds ?? []).length > 0 || input.quotedId !== undefined
  const { text, spoiler } = readText(input.text, input.spoilerText ?? '', hasMore)
  await requireUsableTags(tx, text)
  const quoted = input.quotedId === undefined ? undefined : await requireQuotable(tx, authorId, input.quotedId)
  const defaults = await findUserOfAccount(tx, authorId)
  const wanted = input.visibility ?? (defaults?.default_privacy as Visibility | undefined) ?? 'public'
  const mentioned = await findMentioned(tx, text)
  requireExpected([...mentioned.values()], input.allowedMentions)
  const mentionedIds = [...mentioned.values()].map((person) => person.id)
  const visibility = quoted ? fitVisibility(wanted, quoted, { authorId, mentionedIds }) : wanted
  const policy = input.quotePolicy ?? (defaults?.default_quote_policy as QuotePolicy | undefined) ?? 'public'
  const content = renderText(tx, text, mentioned)
  const parentId = parent?.id ?? null
  const fields: Fields = {
    text,
    content,
    spoiler_text: spoiler,
    visibility,
    sensitive: (input.sensitive ?? defaults?.default_sensitive ?? false) || spoiler !== '',
    language: (input.language && readLanguage(input.language)) ?? defaults?.default_language ?? 'en',
    quote_policy: fitPolicy(visibility, policy),
    in_reply_to_id: parentId,
    in_reply_to_account_id: parent?.account_id ?? null,
    thread: parent && threadOf(parent),
    reply_policy: parent || visibility === 'direct' ? 'everyone' : (input.replyPolicy ?? 'everyone'),
    application_id: input.applicationId ?? null,
    state,
  }
  const place = parent && (await requireReply(tx, authorId, threadIdOf(parent)))
  const judged = await judge(tx, await draftOf(tx, authorId, input, { fields, mentioned: [...mentioned.values()] }))
  requireTaken(judged)
  const ruled = applyOutcome(fields, judged.outcome)
  const id = await insertStatus(tx, authorId, ruled.fields, at)
  await keepHits(tx, judged, id, ruled.before)
  if (parent && place === 'waits') await waitOutside(tx, id, parent)
  await attachMedia(tx, authorId, id, input.mediaIds ?? [])
  if (input.poll) await askPoll(tx, authorId, id, input.poll)
  await insertParts(tx, id, [...mentioned.values()], [])
  const mentionsLocals = [...mentioned.values()].some((person) => person.isLocal)
  const status = { id, authorId, text, content, visibility: ruled.fields.visibility, parentId, mentionsLocals }
  return { status, quoted, held: judged.held }
}

async function waitOutside(tx: Tx, statusId: Id, parent: StatusRow): Promise<void> {
  const threadId = threadIdOf(parent)
  const root = await findStatus(tx, threadId)
  if (root) await setAside(tx, { statusId, threadId, deciderId: root.account_id, standing: 'waiting' })
}

async function requireParent(tx: Tx, authorId: Id, id: Id) {
  const visible = await requireVisibleStatus(tx, authorId, id).catch(() => undefined)
  const parent = visible && (await findStatus(tx, visible))
  if (!parent) throw notFound('The post you are trying to reply to does not exist or is not visible to you')
  return parent
}

type Thread = Pick<StatusRow, 'conversation_id' | 'conversation_uri'>

/** Where a reply belongs: to the thread of what it answers, under the name that this has. */
export function threadOf(parent: StatusRow): Thread {
  return { conversation_id: parent.conversation_id ?? parent.id, conversation_uri: parent.conversation_uri }
}

type Fields = {
  text: string
  content: string
  spoiler_text: string
  visibility: Visibility
  sensitive: boolean
  language: string
  quote_policy: string
  reply_policy: ReplyPolicy
  in_reply_to_id: Id | null
  in_reply_to_account_id: Id | null
  /** What it goes on with; absent for a post that begins one. */
  thread: Thread | undefined
  application_id: Id | null
  state: 'live' | 'held'
  label?: string
}

const TRIES = 5

/** Ids hold 16 random bits a millisecond, so a clash is rare and simply tried again. */
async function insertStatus(tx: Tx, authorId: Id, { thread, ...fields }: Fields, at: Date): Promise<Id> {
  const account = await tx.db
    .selectFrom('accounts')
    .select(['username', 'uri'])
    .where('id', '=', authorId)
    .executeTakeFirst()
  if (!account) throw notFound()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const id = makeId(at.getTime())
    const addresses = { uri: `${account.uri}/statuses/${id}`, url: `${tx.config.url}/@${account.username}/${id}` }
    const place = thread ?? { conversation_id: id, conversation_uri: `${tx.config.url}/ap/contexts/${id}` }
    const row = {
      id,
      account_id: authorId,
      ...addresses,
      ...place,
      created_at: at.toISOString(),
      is_local: true,
      ...fields,
    }
    const inserted = await tx.db
      .insertInto('statuses')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted) return inserted.id
  }
  throw new Error('No free id was found for a status')
}
