import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import type { Status } from '@hamlet/contract/status'
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'

/**
 * Everything that was read, once each: lists hold ids, records never nest, and a change of one post or person redraws
 * what shows it alone. What comes from the API, from the stream and from a press goes through `keepStatus`.
 */
type Quoting = { state: NonNullable<Status['quote']>['state']; statusId: string | null; isShallow: boolean }
type StatusRecord = Omit<Status, 'account' | 'reblog' | 'quote'> & {
  accountId: string
  reblogId: string | null
  quoting: Quoting | null
}

/** `null` is what was deleted, or never read. */
const records = new Map<string, Signal<StatusRecord | null>>()
const shown = new Map<string, ReadonlySignal<Status | null>>()
const accounts = new Map<string, Signal<Account | undefined>>()
const relationships = new Map<string, Signal<Relationship | undefined>>()

function kept<T>(map: Map<string, Signal<T>>, id: string, none: T): Signal<T> {
  const known = map.get(id)
  if (known) return known
  const fresh = signal(none)
  map.set(id, fresh)
  return fresh
}

const recordOf = (id: string) => kept<StatusRecord | null>(records, id, null)

/** Takes a post in, with its author, what it boosts and what it quotes. An older edit does not replace a newer one. */
export function keepStatus(status: Status): ReadonlySignal<Status | null> {
  keepAccount(status.account)
  if (status.reblog) keepStatus(status.reblog)
  const record = recordOf(status.id)
  const known = record.peek()
  if (!known || (known.edited_at ?? '') <= (status.edited_at ?? '')) record.value = recordFrom(status, known)
  return statusOf(status.id)
}

function recordFrom(status: Status, known: StatusRecord | null): StatusRecord {
  const { account, reblog, quote, ...rest } = status
  // What is told to everybody has no marks of the reader, nor why it stands in their home; theirs stay.
  const { favourited, reblogged, bookmarked, muted, pinned, filtered } = known ?? {}
  const hamlet = keepExtras(status, known)
  const marks = Object.fromEntries(
    Object.entries({ favourited, reblogged, bookmarked, muted, pinned, filtered }).filter(
      ([, mark]) => mark !== undefined,
    ),
  )
  return {
    ...marks,
    ...rest,
    ...(hamlet ? { hamlet } : {}),
    accountId: account.id,
    reblogId: reblog?.id ?? null,
    quoting: keepQuote(quote),
  }
}

/** Some of what is ours comes in some answers alone, and stays; the rule of a thread comes in all that are for this reader. */
function keepExtras({ hamlet, favourited }: Status, known: StatusRecord | null): Status['hamlet'] {
  const before = known?.hamlet
  if (!before) return hamlet
  if (favourited === undefined) return { ...before, ...hamlet }
  const { reply: _, set_aside: __, held_until: ___, review: ____, ...stays } = before
  return { ...stays, ...hamlet }
}

function keepQuote(quote: Status['quote']): Quoting | null {
  if (!quote) return null
  if ('quoted_status_id' in quote) return { state: quote.state, statusId: quote.quoted_status_id, isShallow: true }
  // A quoted post comes with less than it has by itself: what is known whole is not replaced by it.
  if (quote.quoted_status && !recordOf(quote.quoted_status.id).peek()) keepStatus(quote.quoted_status)
  return { state: quote.state, statusId: quote.quoted_status?.id ?? null, isShallow: false }
}

/** A post as it is now, with its author, original and quote as they are now. */
export function statusOf(id: string): ReadonlySignal<Status | null> {
  const known = shown.get(id)
  if (known) return known
  const record = recordOf(id)
  const fresh = computed(() => (record.value ? compose(record.value, 0) : null))
  shown.set(id, fresh)
  return fresh
}

/** Deeper quotes than this are ids alone, as the API gives them. */
const DEEPEST_QUOTE = 1

function compose(record: StatusRecord, depth: number): Status | null {
  const { accountId, reblogId, quoting, ...rest } = record
  const account = kept<Account | undefined>(accounts, accountId, undefined).value
  const reblog = reblogId === null ? null : statusOf(reblogId).value
  if (!account || (reblogId !== null && !reblog)) return null
  return { ...rest, account, reblog, quote: composeQuote(quoting, depth) }
}

function composeQuote(quoting: Quoting | null, depth: number): Status['quote'] {
  if (!quoting) return null
  const { state, statusId, isShallow } = quoting
  if (isShallow || depth >= DEEPEST_QUOTE) return { state, quoted_status_id: statusId }
  const quoted = statusId === null ? null : recordOf(statusId).value
  return { state, quoted_status: quoted && compose(quoted, depth + 1) }
}

/** Changes a post in place, and so the post inside every boost of it. */
export function changeStatus(id: string, change: (status: Status) => Status): void {
  const now = statusOf(id).peek()
  const record = recordOf(id)
  if (now) record.value = recordFrom(change(now), null)
}

/** A deleted post; boosts of it go with it. */
export function dropStatus(id: string): void {
  recordOf(id).value = null
}

export function keepAccount(account: Account): Signal<Account | undefined> {
  const known = kept<Account | undefined>(accounts, account.id, undefined)
  known.value = account
  return known
}

/** A person as they are now; undefined when never read. */
export function accountOf(id: string): ReadonlySignal<Account | undefined> {
  return kept<Account | undefined>(accounts, id, undefined)
}

export function relationshipOf(id: string): Signal<Relationship | undefined> {
  return kept<Relationship | undefined>(relationships, id, undefined)
}

export function keepRelationships(found: readonly Relationship[]): void {
  for (const one of found) relationshipOf(one.id).value = one
}
