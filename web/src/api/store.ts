import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import type { Status } from '@hamlet/contract/status'
import { signal, type Signal } from '@preact/signals'

/**
 * Everything that was read, once each: lists hold ids, and a change of one post redraws the cards of that post alone.
 * `null` is what was deleted.
 */
const statuses = new Map<string, Signal<Status | null>>()
const accounts = new Map<string, Signal<Account>>()
const relationships = new Map<string, Signal<Relationship | undefined>>()

export function keepStatus(status: Status): Signal<Status | null> {
  keepAccount(status.account)
  if (status.reblog) keepStatus(status.reblog)
  const known = statuses.get(status.id)
  if (known) {
    known.value = status
    return known
  }
  const fresh = signal<Status | null>(status)
  statuses.set(status.id, fresh)
  return fresh
}

export function statusOf(id: string): Signal<Status | null> {
  const known = statuses.get(id)
  if (known) return known
  const none = signal<Status | null>(null)
  statuses.set(id, none)
  return none
}

/** Changes a post in place, and the post inside every boost of it. */
export function changeStatus(id: string, change: (status: Status) => Status): void {
  for (const one of statuses.values()) {
    const { value } = one
    if (value?.id === id) one.value = change(value)
    else if (value?.reblog?.id === id) one.value = { ...value, reblog: change(value.reblog) }
  }
}

export function dropStatus(id: string): void {
  for (const one of statuses.values()) if (one.value?.id === id || one.value?.reblog?.id === id) one.value = null
}

export function keepAccount(account: Account): Signal<Account> {
  const known = accounts.get(account.id)
  if (known) {
    known.value = account
    return known
  }
  const fresh = signal(account)
  accounts.set(account.id, fresh)
  return fresh
}

export function relationshipOf(id: string): Signal<Relationship | undefined> {
  const known = relationships.get(id)
  if (known) return known
  const fresh = signal<Relationship | undefined>(undefined)
  relationships.set(id, fresh)
  return fresh
}

export function keepRelationships(found: readonly Relationship[]): void {
  for (const one of found) relationshipOf(one.id).value = one
}
