import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { ApiError, explain, OFFLINE, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { seeOutbox } from '../../outbox/acts-waiting.ts'
import { asked, outboxMark, waitingPosts } from '../composer-state.ts'
import { toKeep, toPost } from './convert.ts'
import { forgetDraft, saveState, saveWriting, takeUp } from './drafts.ts'
import { hold, published } from './holding.ts'
import { canDo, fault, writing, type Outgoing, type Writing } from './model.ts'
import { holdSeconds } from './preferences.ts'
import { local } from './store.ts'
import { putWords, takeWaiting } from './uploads.ts'

export const outbox = signal<Outgoing[]>([])
/** The one that is on its way this moment. */
export const sending = signal<string | undefined>(undefined)

const FIRST_PAUSE_MS = 3_000
const LONGEST_PAUSE_MS = 60_000
let pauseMs = FIRST_PAUSE_MS
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

/** Gives a writing to be sent: from here on it is safe in this browser until the server has it. */
export async function sendOut(now: Writing): Promise<void> {
  const holdFor = canDo('hold_for') ? holdSeconds() : 0
  const described = takeWaiting(now.parts.flatMap((part) => part.uploads))
  const outgoing: Outgoing = { key: now.key, writing: toKeep(now), described, holdFor, at: Date.now() }
  await local.keepOutgoing(outgoing)
  setOutbox([...outbox.value, outgoing])
  await flush()
}

let started: Promise<void> | undefined

/** Finds what an earlier page left, and sends it; once for a page. */
export function startOutbox(): Promise<void> {
  started ??= findLeft()
  return started
}

async function findLeft(): Promise<void> {
  addEventListener('online', () => void flush())
  setOutbox((await local.listOutbox()).toSorted((a, b) => a.at - b.at))
  await flush()
}

function setOutbox(items: Outgoing[]): void {
  outbox.value = items
  waitingPosts.value = items.length
  if (items.length > 0) localStorage.setItem(outboxMark(), '1')
  else localStorage.removeItem(outboxMark())
}

/** Sends in order; at the first that does not get through, all wait. */
export function flush(): Promise<void> {
  running ??= sendAll().finally(() => {
    running = undefined
  })
  return running
}

async function sendAll(): Promise<void> {
  clearTimeout(timer)
  while (outbox.value[0]) {
    const [first] = outbox.value
    sending.value = first.key
    try {
      const statuses = await deliver(first)
      await done(first)
      show(first, statuses)
      pauseMs = FIRST_PAUSE_MS
    } catch (error) {
      if (isPassing(error)) return tryLater()
      await giveBack(first, error)
    } finally {
      sending.value = undefined
    }
  }
}

/** Takes one back that has not left yet: undefined when it is on its way or gone. */
async function takeOut(key: string): Promise<Outgoing | undefined> {
  const outgoing = outbox.value.find((one) => one.key === key)
  if (!outgoing || sending.value === key) return undefined
  setOutbox(outbox.value.filter((one) => one !== outgoing))
  await local.dropOutgoing(key)
  return outgoing
}

/** It is not sent, and stays among the drafts; false when it is on its way already. */
export async function cancelOutgoing(key: string): Promise<boolean> {
  const outgoing = await takeOut(key)
  if (outgoing) await saveWriting(outgoing.writing)
  return outgoing !== undefined
}

/** Back to where it was written. */
export async function editOutgoing(key: string): Promise<void> {
  const outgoing = await takeOut(key)
  if (outgoing) await takeUp({ ...outgoing.writing, key: crypto.randomUUID() })
}

/** Lets one out before the one that stands above it. */
export async function sendSooner(key: string): Promise<void> {
  const at = outbox.value.findIndex((one) => one.key === key)
  const [above, own] = [outbox.value[at - 1], outbox.value[at]]
  if (!above || !own || sending.value === above.key) return
  const [first, second] = [
    { ...own, at: above.at },
    { ...above, at: own.at },
  ]
  setOutbox(outbox.value.with(at - 1, first).with(at, second))
  await Promise.all([first, second].map((one) => local.keepOutgoing(one)))
}

/** Nobody was there, or too busy: the same may work later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.status === OFFLINE || error.status === 401 || error.status === 429 || error.status >= 500
}

function tryLater(): void {
  timer = setTimeout(() => void flush(), pauseMs)
  if (pauseMs === FIRST_PAUSE_MS)
    toast(
      t('composer.waits', 'The server cannot be reached. Your post waits here and goes out by itself.'),
      seeOutbox(),
    )
  pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
}

async function deliver({ key, writing: now, described, holdFor }: Outgoing): Promise<Status[]> {
  await Promise.all(described.map(tellWords))
  const headers = { 'idempotency-key': key }
  const held = holdFor > 0 ? { hold_for: holdFor } : {}
  const posts = now.parts.map((part) => toPost(now, part))
  if (posts.length > 1)
    return request<Status[]>('POST', '/api/hamlet/v1/statuses/thread', { body: { posts, ...held }, headers })
  return [await request<Status>('POST', '/api/v1/statuses', { body: { ...posts[0], ...held }, headers })]
}

/**
 * A picture that is in a post already is no longer to be found by itself: then an earlier try got through unheard, and what
 * the server says to the same key settles it.
 */
async function tellWords(words: Outgoing['described'][number]): Promise<void> {
  await putWords(words).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  })
}

async function done(outgoing: Outgoing): Promise<void> {
  setOutbox(outbox.value.filter((one) => one.key !== outgoing.key))
  await local.dropOutgoing(outgoing.key)
  await forgetDraft(outgoing.writing)
}

function show({ writing: now }: Outgoing, statuses: Status[]): void {
  if (statuses[0]?.hamlet?.held_until) hold(now, statuses)
  else void published(statuses)
}

/** What the server refuses goes back to where it can be mended, never to an empty box. */
async function giveBack(outgoing: Outgoing, error: unknown): Promise<void> {
  setOutbox(outbox.value.filter((one) => one !== outgoing))
  await local.dropOutgoing(outgoing.key)
  if (writing.value || asked.value) {
    toast(t('composer.refused', 'A post was not taken: {why} It is in your drafts.', { why: explain(error) }))
    return
  }
  writing.value = { ...outgoing.writing, key: crypto.randomUUID() }
  saveState.value = 'saved'
  fault.value = explain(error)
}
