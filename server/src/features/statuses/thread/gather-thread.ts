import { findAccountByUri } from '#features/accounts'
import { findShutHosts } from '#features/domains'
import {
  authorOf,
  fetchDocument,
  readAudience,
  readNote,
  walkCollection,
  type RemoteNote,
  type Signer,
} from '#federation'
import { hostOf, sameOrigin } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { failureKind } from '#platform/net'
import { createRemoteStatus, prepareNote } from '../receive-note.ts'
import { findStatusByUri, type StatusRow } from '../store.ts'

/** federation.md b.7; the time is ours: a reader waits for the end. */
const MOST_POSTS = 1000
const MOST_PAGES = 500
const MOST_REPLIES = 500
const MOST_AT_ONCE = 4
const LONGEST_MS = 120_000
/** A server that failed this often is left alone for the rest of the errand. */
const MOST_FAILURES = 3

type Step = { found?: number; expected?: number; silentHost?: string }
type Tools = { signer: Signer; note: (step: Step) => Promise<void> }
type Errand = Tools & {
  conversationId: Id
  budget: { pages: number; posts: number }
  /** When it must be over, in milliseconds since 1970. */
  until: number
  seen: Set<string>
  failures: Map<string, number>
  /** Posts that came before what they answer, by the address of that. */
  waiting: Map<string, Fetched[]>
}
type Fetched = { note: RemoteNote; document: Awaited<ReturnType<typeof fetchDocument>> }

/**
 * Brings what other servers hold of a thread: first by its own collection (FEP-7888), which names all of it; where there
 * is none, from post to post by their replies. Lists are hints: each post is fetched from where it lives, is taken only
 * when everybody may read it, and only into this thread. `note` hears of every post that came and every server that was silent.
 */
export async function gatherThread(ctx: Context, root: StatusRow, tools: Tools): Promise<void> {
  const errand: Errand = {
    ...tools,
    conversationId: root.conversation_id ?? root.id,
    budget: { pages: MOST_PAGES, posts: MOST_POSTS },
    until: ctx.clock.now().getTime() + LONGEST_MS,
    seen: new Set([root.uri]),
    failures: new Map(),
    waiting: new Map(),
  }
  const first = await fetchPost(ctx, errand, root.uri)
  if (!first) return
  const direct = await listReplies(ctx, errand, first)
  if (direct.isKnown) await errand.note({ expected: direct.ids.length })
  const whole = await listContext(ctx, errand, first)
  await takeLevels(ctx, errand, [...new Set([...direct.ids, ...whole.ids])], { isDeeper: !whole.isWhole })
}

function isOver(ctx: Context, errand: Errand): boolean {
  return errand.budget.posts <= 0 || ctx.clock.now().getTime() > errand.until
}

/** Takes posts, and what answers them, a few at a time; what is named by several is fetched once. */
async function takeLevels(ctx: Context, errand: Errand, begin: string[], { isDeeper }: { isDeeper: boolean }) {
  let level = begin
  while (level.length > 0 && !isOver(ctx, errand)) {
    const fresh = level.filter((uri) => !errand.seen.has(uri) && errand.seen.add(uri))
    const below: string[] = []
    for (let at = 0; at < fresh.length && !isOver(ctx, errand); at += MOST_AT_ONCE) {
      const some = fresh.slice(at, at + MOST_AT_ONCE)
      const fetched = await Promise.all(some.map((uri) => fetchUnlessOurs(ctx, errand, uri, isDeeper)))
      for (const one of fetched) {
        if (!one) continue
        await take(ctx, errand, one)
        if (isDeeper) below.push(...(await listReplies(ctx, errand, one)).ids)
      }
    }
    level = below
  }
}

/** What is here already need not come again, unless its own replies must be asked for. */
async function fetchUnlessOurs(ctx: Context, errand: Errand, uri: string, isDeeper: boolean) {
  const known = await findStatusByUri(ctx, uri)
  if (known && (known.is_local || !isDeeper)) return undefined
  return fetchPost(ctx, errand, uri)
}

async function fetchPost(ctx: Context, errand: Errand, uri: string): Promise<Fetched | undefined> {
  const host = hostOf(uri)
  if (!host || host === ctx.config.domain || host === new URL(ctx.config.url).host) return undefined
  if ((errand.failures.get(host) ?? 0) >= MOST_FAILURES || errand.budget.posts <= 0) return undefined
  if (await isShutOut(ctx, host)) return undefined
  errand.budget.posts -= 1
  try {
    const document = await fetchDocument(ctx, uri, errand.signer)
    return { note: readNote(document, ctx.clock.now()), document }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await noteFailure(errand, host, error)
    return undefined
  }
}

/** What a server that is shut out holds of a thread stays away, whoever names it. */
async function isShutOut(ctx: Context, host: string): Promise<boolean> {
  return (await findShutHosts(ctx, [host])).size > 0
}

/** No answer counts; an answer that says no does not. */
async function noteFailure(errand: Errand, host: string, error: Refusal): Promise<void> {
  const kind = failureKind(error)
  const isSilent =
    kind === 'network' || kind === 'timeout' || (kind === 'status' && Number(error.details.status) >= 500)
  if (!isSilent) return
  errand.failures.set(host, (errand.failures.get(host) ?? 0) + 1)
  await errand.note({ silentHost: host })
}

async function listReplies(ctx: Context, errand: Errand, { note, document }: Fetched) {
  const { replies } = document
  if (replies === undefined || replies === null) return { ids: [], isKnown: false }
  const { ids, isWhole, failure } = await walkCollection(ctx, replies, walkOf(errand, note.id, MOST_REPLIES))
  const host = hostOf(note.id)
  if (failure && host) await noteFailure(errand, host, failure)
  return { ids, isKnown: isWhole }
}

/** The collection of the thread, where its address is one on its own server and it can be read to its end. */
async function listContext(ctx: Context, errand: Errand, { note, document }: Fetched) {
  const { context } = document
  if (typeof context !== 'string' || !sameOrigin(context, note.id)) return { ids: [], isWhole: false }
  const { ids, isWhole } = await walkCollection(ctx, context, walkOf(errand, context, MOST_POSTS))
  return { ids, isWhole: isWhole && ids.length > 0 }
}

function walkOf(errand: Errand, origin: string, most: number) {
  return { origin, most, budget: errand.budget, signer: errand.signer }
}

/** Stores a post below what it answers; one whose parent has not come yet waits for it. */
async function take(ctx: Context, errand: Errand, fetched: Fetched): Promise<void> {
  const queue = [fetched]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { note } = next
    const parent = note.inReplyTo ? await findStatusByUri(ctx, note.inReplyTo) : undefined
    if (!parent) {
      if (note.inReplyTo) errand.waiting.set(note.inReplyTo, [...(errand.waiting.get(note.inReplyTo) ?? []), next])
      continue
    }
    if (parent.conversation_id !== errand.conversationId || !(await store(ctx, note))) continue
    await errand.note({ found: 1 })
    queue.push(...(errand.waiting.get(note.id) ?? []))
    errand.waiting.delete(note.id)
  }
}

/** True when the post is new here. */
async function store(ctx: Context, note: RemoteNote): Promise<boolean> {
  if (await findStatusByUri(ctx, note.id)) return false
  try {
    await prepareNote(ctx, note)
    const stored = await transact(ctx, async (tx) => {
      const author = await findAccountByUri(tx, authorOf(note.attributedTo) ?? '')
      const audience = author && readAudience(note.to, note.cc, author.followers_url)
      return author && (audience === 'public' || audience === 'unlisted')
        ? createRemoteStatus(tx, note, author)
        : undefined
    })
    return stored !== undefined
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
