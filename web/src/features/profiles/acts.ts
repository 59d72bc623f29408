import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import { explain, request } from '../../api/request.ts'
import { keepRelationships, relationshipOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { toast } from '../../ui/toast.tsx'
import { doOrWait } from '../outbox/acts-waiting.ts'

export type Person = Pick<Account, 'id' | 'acct' | 'display_name' | 'username'>

/** Does something with somebody, and says what the server says: true when it was done. */
async function act(person: Person, verb: string, said: string, more: { undo?: () => void; body?: unknown } = {}) {
  try {
    const { body = {}, undo } = more
    const found = await request<Relationship>('POST', `/api/v1/accounts/${person.id}/${verb}`, { body })
    keepRelationships([found])
    if (said) toast(said, undo ? { label: t('profiles.undo', 'Undo'), run: undo } : undefined)
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

/** Follow, take back a request, or unfollow: whatever the button says now. */
export async function toggleFollow(person: Person): Promise<boolean> {
  const known = relationshipOf(person.id).value
  const isOff = known?.following || known?.requested
  const name = nameOf(person)
  const outcome = await doOrWait<Relationship>({
    path: `/api/v1/accounts/${person.id}/${isOff ? 'unfollow' : 'follow'}`,
    body: {},
    subject: `follow ${person.id}`,
    says: isOff ? t('outbox.unfollow', 'Unfollow {name}', { name }) : t('outbox.follow', 'Follow {name}', { name }),
    took: (found) => keepRelationships([found]),
    revert: () => known && keepRelationships([known]),
  })
  // Until the server has said yes, one has asked.
  if (known && outcome === 'waiting') keepRelationships([{ ...known, following: false, requested: !isOff }])
  return outcome !== 'refused'
}

export type FollowOptions = { reblogs?: boolean; notify?: boolean; languages?: string[] }

/** Changes how somebody is followed; what is not named stays as it is. */
export function changeFollow(person: Person, options: FollowOptions, said: string): Promise<boolean> {
  return act(person, 'follow', said, { body: options })
}

export function muteAccount(person: Person): Promise<boolean> {
  const said = t('profiles.muted', '{name} is muted.', { name: nameOf(person) })
  return act(person, 'mute', said, { undo: () => void act(person, 'unmute', '') })
}

export function unmuteAccount(person: Person): Promise<boolean> {
  return act(person, 'unmute', t('profiles.unmuted', '{name} is heard again.', { name: nameOf(person) }))
}

export function blockAccount(person: Person): Promise<boolean> {
  const said = t('profiles.blocked', '{name} is blocked.', { name: nameOf(person) })
  return act(person, 'block', said, { undo: () => void act(person, 'unblock', '') })
}

export function unblockAccount(person: Person): Promise<boolean> {
  return act(person, 'unblock', t('profiles.unblocked', '{name} is no longer blocked.', { name: nameOf(person) }))
}

export function toggleEndorse(person: Person): Promise<boolean> {
  const isOn = relationshipOf(person.id).value?.endorsed === true
  const said = isOn
    ? t('profiles.unendorsed', '{name} is no longer on your profile.', { name: nameOf(person) })
    : t('profiles.endorsed', '{name} stands on your profile.', { name: nameOf(person) })
  return act(person, isOn ? 'unendorse' : 'endorse', said)
}

export function removeFollower(person: Person): Promise<boolean> {
  const said = t('profiles.sentAway', '{name} no longer follows you. They are not told.', { name: nameOf(person) })
  return act(person, 'remove_from_followers', said)
}

/** Throws what the server refuses: the note says itself whether it is kept. */
export async function saveNote(person: Person, comment: string): Promise<void> {
  keepRelationships([await request<Relationship>('POST', `/api/v1/accounts/${person.id}/note`, { body: { comment } })])
}

/** Lets a waiting follower in, or turns them away; true when it was done. */
export async function answerRequest(person: Person, verb: 'authorize' | 'reject'): Promise<boolean> {
  try {
    keepRelationships([
      await request<Relationship>('POST', `/api/v1/follow_requests/${person.id}/${verb}`, { body: {} }),
    ])
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

export async function setServerBlock(host: string, person: Person, isOn: boolean): Promise<boolean> {
  try {
    await request(isOn ? 'POST' : 'DELETE', '/api/v1/domain_blocks', { body: { domain: host } })
    await loadRelationships([person.id])
    const said = isOn
      ? t('profiles.serverBlocked', '{host} is blocked for you.', { host })
      : t('profiles.serverUnblocked', '{host} is no longer blocked.', { host })
    toast(said)
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

export async function loadRelationships(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const query = ids.map((id) => `id[]=${id}`).join('&')
  keepRelationships(await request<Relationship[]>('GET', `/api/v1/accounts/relationships?${query}`))
}
