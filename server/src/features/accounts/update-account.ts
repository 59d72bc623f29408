import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findAccount } from './store.ts'

export const accountUpdated = defineEvent<{ accountId: Id }>('accounts.updated')

export type AccountChange = {
  displayName?: string | undefined
  note?: string | undefined
  locked?: boolean | undefined
  bot?: boolean | undefined
  discoverable?: boolean | undefined
  indexable?: boolean | undefined
  hideCollections?: boolean | undefined
  fields?: readonly { name: string; value: string }[] | undefined
  avatarKey?: string | null | undefined
  headerKey?: string | null | undefined
  avatarDescription?: string | undefined
  headerDescription?: string | undefined
}

/** mastodon-limits.md, Profile. */
const LONGEST = { display_name: 40, note: 500, field: 255, description: 150 }
const MOST_FIELDS = 4

function requireLength(field: string, text: string | undefined, max: number): string | undefined {
  if (text !== undefined && Array.from(text).length > max) {
    const description = `is too long (maximum is ${max} characters)`
    throw invalid(`Validation failed: ${field} ${description}`, {
      details: { [field]: [{ error: 'ERR_TOO_LONG', description }] },
    })
  }
  return text
}

function readFields(fields: AccountChange['fields']) {
  const kept = fields?.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '').slice(0, MOST_FIELDS)
  return kept?.map(({ name, value }) => ({
    name: requireLength('fields', name.trim(), LONGEST.field),
    value: requireLength('fields', value.trim(), LONGEST.field),
    verified_at: null,
  }))
}

/** Changes how a local account appears. Gives the keys of files that nothing shows any more. */
export async function updateAccount(tx: Tx, accountId: Id, change: AccountChange): Promise<string[]> {
  const before = await findAccount(tx, accountId)
  if (!before) throw notFound()
  const fields = readFields(change.fields)
  const row = {
    display_name: requireLength('display_name', change.displayName?.trim(), LONGEST.display_name),
    note: requireLength('note', change.note?.replaceAll('\r\n', '\n'), LONGEST.note),
    locked: change.locked,
    bot: change.bot,
    actor_type: change.bot === undefined ? undefined : change.bot ? 'Service' : 'Person',
    discoverable: change.discoverable,
    indexable: change.indexable,
    hide_collections: change.hideCollections,
    fields: fields && JSON.stringify(fields),
    avatar_key: change.avatarKey,
    header_key: change.headerKey,
    avatar_description: requireLength('avatar_description', change.avatarDescription, LONGEST.description),
    header_description: requireLength('header_description', change.headerDescription, LONGEST.description),
  }
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length === 0) return []
  await tx.db
    .updateTable('accounts')
    .set((eb) => ({ ...given, version: eb('version', '+', 1), updated_at: tx.clock.now().toISOString() }))
    .where('id', '=', accountId)
    .execute()
  await emit(tx, accountUpdated, { accountId })
  const replaced = [
    change.avatarKey !== undefined && before.avatar_key,
    change.headerKey !== undefined && before.header_key,
  ]
  return replaced.filter((key) => typeof key === 'string')
}
