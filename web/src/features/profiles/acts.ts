import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import { explain, request } from '../../api/request.ts'
import { keepRelationships, relationshipOf } from '../../api/store.ts'
import { toast } from '../../ui/toast.tsx'

type Person = Pick<Account, 'id' | 'acct' | 'display_name' | 'username'>

async function act(person: Person, verb: string, said: string, undo?: () => void): Promise<void> {
  try {
    const found = await request<Relationship>('POST', `/api/v1/accounts/${person.id}/${verb}`, { body: {} })
    keepRelationships([found])
    if (said) toast(said, undo ? { label: 'Undo', run: undo } : undefined)
  } catch (error) {
    toast(explain(error))
  }
}

const nameOf = (person: Person) => person.display_name || person.username

/** Follow, take back a request, or unfollow: whatever the button says now. */
export function toggleFollow(person: Person): Promise<void> {
  const known = relationshipOf(person.id).value
  return act(person, known?.following || known?.requested ? 'unfollow' : 'follow', '')
}

export function muteAccount(person: Person): Promise<void> {
  return act(person, 'mute', `${nameOf(person)} is muted.`, () => void act(person, 'unmute', ''))
}

export function unmuteAccount(person: Person): Promise<void> {
  return act(person, 'unmute', `${nameOf(person)} is heard again.`)
}

export function blockAccount(person: Person): Promise<void> {
  return act(person, 'block', `${nameOf(person)} is blocked.`, () => void act(person, 'unblock', ''))
}

export function unblockAccount(person: Person): Promise<void> {
  return act(person, 'unblock', `${nameOf(person)} is no longer blocked.`)
}

export async function loadRelationships(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const query = ids.map((id) => `id[]=${id}`).join('&')
  keepRelationships(await request<Relationship[]>('GET', `/api/v1/accounts/relationships?${query}`))
}
