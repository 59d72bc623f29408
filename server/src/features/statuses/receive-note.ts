import { findAccountByUri, requireInstanceSigner, resolveActor, type AccountRow } from '#features/accounts'
import { findShutHosts } from '#features/domains'
import { storeEmojis } from '#features/emojis'
import { setRemoteMedia } from '#features/media'
import { setRemotePoll, takeCounts } from '#features/polls'
import { filterUsable, noteTags } from '#features/tags'
import { authorOf, fetchDocument, readAudience, readNote, type RemoteNote } from '#federation'
import { hostOf, type Host } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { emit } from '#platform/events'
import { keepHits } from './gate/judge.ts'
import { findUnseen, holdNote, isUnseen, judgeNote, showNote, writtenTags } from './gate/remote.ts'
import { readQuotePolicies, retakeQuote } from './quote/take-quote.ts'
import { readReplyPolicy } from './replies/rules.ts'
import { findConversation, findStatus, findStatusByUri, isTombstone, type StatusRow } from './store.ts'
import { isBareAnswer } from './votes.ts'
import { threadOf } from './write/create-status.ts'
import { findKept, keepVersions, statusEdited } from './write/edit-status.ts'

const MOST_FETCHED_MENTIONS = 5

/** Who is named in a note and lives here or is known; a few strangers are looked up first, outside any transaction. */
export async function prepareNote(ctx: Context, note: RemoteNote): Promise<void> {
  const author = authorOf(note.attributedTo)
  if (author) await resolveActor(ctx, author)
  let fetched = 0
  for (const uri of note.mentions) {
    if (fetched >= MOST_FETCHED_MENTIONS || (await findAccountByUri(ctx, uri))) continue
    fetched += 1
    await resolveActor(ctx, uri).catch(refusalOnly)
  }
}

function refusalOnly(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

/**
 * Stores a post from elsewhere, once; gives its row. A repeat finds the first; a post whose deletion came before it
 * stays deleted. The caller has seen to it that the note may be believed. `depth` counts the quotes that led here.
 */
export async function createRemoteStatus(
  tx: Tx,
  note: RemoteNote,
  author: AccountRow,
  depth = 0,
): Promise<StatusRow | undefined> {
  const known = await findStatusByUri(tx, note.id)
  if (isBareAnswer(note) || (!known && (await isUnseen(tx, note.id)))) return undefined
  if (known || author.is_local || author.suspended_at || (await isTombstone(tx, note.id))) return known
  const now = tx.clock.now()
  const published = note.published ?? now
  const parent = note.inReplyTo ? await findStatusByUri(tx, note.inReplyTo) : undefined
  const id = makeId(Math.min(published.getTime(), now.getTime()))
  const audience = readAudience(note.to, note.cc, author.followers_url)
  const judged = await judgeNote(tx, note, author, { visibility: audience })
  if (judged.isDropped) return undefined
  const { visibility } = judged.fields
  const inserted = await tx.db
    .insertInto('statuses')
    .values({
      id,
      account_id: author.id,
      uri: note.id,
      url: note.url,
      in_reply_to_id: parent?.id ?? null,
      in_reply_to_account_id: parent?.account_id ?? null,
      ...(await placeInThread(tx, id, note, parent)),
      text: '',
      content: note.content,
      ...judged.fields,
      language: note.language,
      ...readQuotePolicies(note, author),
      reply_policy: readReplyPolicy(note, author),
      created_at: published.toISOString(),
      edited_at: note.updated && note.updated > published ? note.updated.toISOString() : null,
      is_local: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return findStatusByUri(tx, note.id)
  const mentioned = await storeParts(tx, id, author.id, note)
  if (note.question) await setRemotePoll(tx, { statusId: id, authorId: author.id, uri: note.id }, note.question)
  await keepHits(tx, judged, id, judged.before)
  const mentionsLocals = mentioned.some((person) => person.is_local)
  if (judged.held) await holdNote(tx, { id, author, visibility, held: judged.held }, note.quote)
  else await showNote(tx, id, { quote: note.quote, depth, mentionsLocals })
  // After accounts, as when a profile brings them along.
  await storeEmojis(tx, author.host as Host, note.emojis)
  return judged.held ? undefined : findStatus(tx, id)
}

/** The thread of what it answers; where that is not known here, the one that goes by the name that the note gives. */
async function placeInThread(tx: Tx, id: Id, note: RemoteNote, parent: StatusRow | undefined) {
  const named = note.conversation ?? null
  const known = parent && threadOf(parent)
  if (known) return { ...known, conversation_uri: known.conversation_uri ?? named }
  return { conversation_id: (named && (await findConversation(tx, named))) ?? id, conversation_uri: named }
}

/** Mentions count when they are addressed too; whoever is addressed may read it, named or not (federation.md b.1). */
async function storeParts(tx: Tx, statusId: Id, authorId: Id, note: RemoteNote): Promise<AccountRow[]> {
  const addressed = new Set([...note.to, ...note.cc])
  const uris = [...new Set([...note.mentions, ...addressed])].slice(0, 200)
  const people: AccountRow[] = []
  for (const uri of uris) {
    const person = await findAccountByUri(tx, uri)
    if (person && (note.mentions.includes(uri) || person.is_local)) people.push(person)
  }
  const unique = [...new Map(people.map((person) => [person.id, person])).values()]
  if (unique.length > 0)
    await tx.db
      .insertInto('mentions')
      .values(unique.map((person) => ({ status_id: statusId, account_id: person.id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const tags = await filterUsable(tx, note.tags)
  if (tags.length > 0)
    await tx.db
      .insertInto('status_tags')
      .values(tags.map((name) => ({ status_id: statusId, name })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await setRemoteMedia(tx, authorId, statusId, note.attachments)
  return unique
}

/** Takes in an edit that is newer than what is stored; of anything else the counts of a poll alone (federation.md b.9). */
export async function editRemoteStatus(tx: Tx, note: RemoteNote, author: AccountRow): Promise<void> {
  const found = (await findStatusByUri(tx, note.id)) ?? (await findUnseen(tx, note.id))
  if (!found) return
  await tx.db.selectFrom('statuses').select('id').where('id', '=', found.id).forUpdate().execute()
  const before = await findStatus(tx, found.id)
  if (!before || before.account_id !== author.id || before.is_local) throw notFound()
  const last = Date.parse(before.edited_at ?? before.created_at)
  const at = note.updated?.getTime()
  if (at === undefined || at <= last) {
    const isSameVersion = at === last || (at === undefined && before.edited_at === null)
    if (isSameVersion) await updateConsent(tx, note, { before, author })
    return takeCounts(tx, before.id, note.question)
  }
  const judged = await judgeNote(tx, note, author, before)
  // What no rule lets in changes nothing: the words that were let in stand.
  if (judged.isDropped) return
  const after = {
    text: '',
    content: note.content,
    ...judged.fields,
    language: note.language,
    ...readQuotePolicies(note, author),
    reply_policy: readReplyPolicy(note, author),
  }
  await tx.db.deleteFrom('status_tags').where('status_id', '=', before.id).execute()
  const known = await tx.db.selectFrom('mentions').select('account_id').where('status_id', '=', before.id).execute()
  const mentioned = await storeParts(tx, before.id, author.id, note)
  const kept = await findKept(tx, before.id)
  await keepHits(tx, judged, before.id, judged.before)
  const mustWait = before.state === 'held' || judged.held !== undefined
  if (before.state !== 'held') await retakeQuote(tx, before, note.quote, { isEdit: true })
  await setRemotePoll(tx, { statusId: before.id, authorId: author.id, uri: before.uri }, note.question)
  if (!mustWait) await noteTags(tx, writtenTags(note.tags), { authorId: author.id, visibility: before.visibility })
  await keepVersions(tx, before, after, { ...kept, mediaIds: [] })
  await storeEmojis(tx, author.host as Host, note.emojis)
  if (judged.held && before.state === 'live')
    await holdNote(tx, { id: before.id, author, visibility: before.visibility, held: judged.held, wasLive: true })
  if (mustWait) return
  const knownIds = new Set(known.map((row) => row.account_id))
  const newlyMentioned = mentioned.map((person) => person.id).filter((id) => !knownIds.has(id))
  await emit(tx, statusEdited, { statusId: before.id, authorId: author.id, isLocal: false, newlyMentioned })
}

type Stored = { before: StatusRow; author: AccountRow }

/** An Update of the version that is stored changes who may quote it, and the leave for its own quote; no word of it. */
async function updateConsent(tx: Tx, note: RemoteNote, { before, author }: Stored): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({
      ...readQuotePolicies(note, author),
      reply_policy: readReplyPolicy(note, author),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', before.id)
    .execute()
  await retakeQuote(tx, before, note.quote, { isEdit: false })
}

/**
 * The post behind an address: known here, or fetched from its own server, with its author. Our own posts are looked up
 * and never fetched. `depth` counts the quotes that led here. Throws a Refusal when there is none that may be believed.
 */
export async function resolveStatus(ctx: Context, uri: string, depth = 0): Promise<StatusRow> {
  const known = await findStatusByUri(ctx, uri)
  if (known) return known
  const host = hostOf(uri)
  if (host === ctx.config.domain || host === new URL(ctx.config.url).host) throw notFound()
  if (host && (await findShutHosts(ctx, [host])).size > 0) throw notFound()
  const note = readNote(await fetchDocument(ctx, uri, await requireInstanceSigner(ctx)), ctx.clock.now())
  await prepareNote(ctx, note)
  const stored = await transact(ctx, async (tx) => {
    const author = await findAccountByUri(tx, authorOf(note.attributedTo) ?? '')
    if (!author) throw notFound()
    return createRemoteStatus(tx, note, author, depth)
  })
  if (!stored) throw notFound()
  return stored
}
