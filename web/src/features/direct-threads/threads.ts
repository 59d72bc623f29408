import type { Account } from '@hamlet/contract/account'
import type { Conversation } from '@hamlet/contract/conversation'
import { request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { me } from '../../app/session.ts'
import { listed, t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/people.tsx'
import { loadUnreadThreads } from './badge.tsx'

function keepThread(thread: Conversation): void {
  for (const account of thread.accounts) keepAccount(account)
  if (thread.last_status) keepStatus(thread.last_status)
}

/** Kept while the app is open: coming back finds the list as it was. */
export const threads = makeFeed<Conversation>('/api/v1/conversations?limit=40', keepThread)

/** Ids are numbers too large for JavaScript: the longer is the greater. */
function isNewer(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}

/** Puts a thread as it is now where its last message belongs. */
export function takeThread(thread: Conversation): void {
  keepThread(thread)
  const at = thread.last_status?.id ?? '0'
  const others = threads.items.value.filter((one) => one.id !== thread.id)
  const older = others.findIndex((one) => isNewer(at, one.last_status?.id ?? '0'))
  threads.items.value = others.toSpliced(older === -1 ? others.length : older, 0, thread)
}

/** The thread of an id, from the list or from the server. */
export async function findThread(id: string): Promise<Conversation> {
  const known = threads.items.value.find((one) => one.id === id)
  if (known) return known
  const thread = await request<Conversation>('GET', `/api/hamlet/v1/conversations/${id}`)
  keepThread(thread)
  return thread
}

/** After a pause in which nothing was heard. */
export async function readNewestThreads(): Promise<void> {
  const newest = await request<Conversation[]>('GET', '/api/v1/conversations?limit=40').catch(() => [])
  for (const thread of newest) takeThread(thread)
}

export async function markThread(thread: Conversation, unread: boolean): Promise<void> {
  takeThread({ ...thread, unread })
  await request('POST', `/api/v1/conversations/${thread.id}/${unread ? 'unread' : 'read'}`).catch(() => {})
  await loadUnreadThreads()
}

const TRIES = 12
const PAUSE_MS = 250

/** A message is put into its thread a moment after it was sent. Undefined when that takes too long. */
export async function findThreadOf(statusId: string): Promise<Conversation | undefined> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each look follows on one that found nothing
    const newest = await request<Conversation[]>('GET', '/api/v1/conversations?limit=5')
    const found = newest.find((one) => one.last_status?.id === statusId)
    if (found) {
      takeThread(found)
      return found
    }
    // oxlint-disable-next-line no-await-in-loop -- a pause between two looks
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
  return undefined
}

/** Names in a row, each in its own direction, so that none turns the others around. */
export function namesOf(people: readonly Account[]): string {
  return listed(people.map((one) => `\u2068${nameOf(one)}\u2069`))
}

/** Everybody else in a thread; nobody in a note to oneself. */
export function othersIn(thread: Conversation): Account[] {
  return thread.accounts.filter((account) => account.id !== me.value.id)
}

export function titleOf(thread: Conversation): string {
  const others = othersIn(thread)
  return others.length > 0 ? namesOf(others) : t('direct-threads.toSelf', 'Notes to yourself')
}
