import { isDeepStrictEqual } from 'node:util'
import { dropFiles } from '#features/media'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { withVerification, type Field } from './links/fields.ts'
import { orderCheck } from './links/verify-links.ts'
import { readProfile, type ProfileTexts } from './read-profile.ts'

/** How an account appears has changed: whoever shows it elsewhere should be told. */
export const accountUpdated = defineEvent<{ accountId: Id }>('accounts.updated')

export type AccountChange = ProfileTexts & {
  locked?: boolean | undefined
  bot?: boolean | undefined
  discoverable?: boolean | undefined
  indexable?: boolean | undefined
  hideCollections?: boolean | undefined
  showMedia?: boolean | undefined
  showMediaReplies?: boolean | undefined
  showFeatured?: boolean | undefined
  /** Keys of kept files; null takes the picture away, with its description. */
  avatarKey?: string | null | undefined
  headerKey?: string | null | undefined
}

/**
 * Changes how a local account appears, by what is named; the rest stays. Pictures that are replaced go after commit.
 * What changes nothing is no event.
 */
export async function updateAccount(tx: Tx, accountId: Id, change: AccountChange): Promise<void> {
  const read = readProfile(change)
  const before = await lockProfile(tx, accountId)
  const fields = read.fields && withVerification(read.fields, before.fields as Field[])
  const row = {
    display_name: read.displayName,
    note: read.note,
    locked: change.locked,
    bot: change.bot,
    actor_type: actorTypeOf(before.actor_type, change.bot),
    discoverable: change.discoverable,
    indexable: change.indexable,
    hide_collections: change.hideCollections,
    show_media: change.showMedia,
    show_media_replies: change.showMediaReplies,
    show_featured: change.showFeatured,
    fields: fields && JSON.stringify(fields),
    attribution_domains: read.attributionDomains,
    avatar_key: change.avatarKey,
    header_key: change.headerKey,
    avatar_description: change.avatarKey === null ? '' : read.avatarDescription,
    header_description: change.headerKey === null ? '' : read.headerDescription,
  }
  const known: Record<string, unknown> = { ...before, fields: JSON.stringify(before.fields) }
  const given = Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== undefined && !isDeepStrictEqual(value, known[name])),
  )
  if (fields)
    await orderCheck(tx, {
      id: accountId,
      isLocal: true,
      fields,
      checkedAt: before.links_checked_at,
      isChanged: 'fields' in given,
    })
  if (Object.keys(given).length === 0) return
  await tx.db
    .updateTable('accounts')
    .set((eb) => ({ ...given, version: eb('version', '+', 1), updated_at: tx.clock.now().toISOString() }))
    .where('id', '=', accountId)
    .execute()
  await dropFiles(tx, [
    'avatar_key' in given ? before.avatar_key : null,
    'header_key' in given ? before.header_key : null,
  ])
  await emit(tx, accountUpdated, { accountId })
}

/** The row is held from here on, so that of two pictures at once none is left behind as a file. */
async function lockProfile(tx: Tx, accountId: Id) {
  const row = await tx.db
    .selectFrom('accounts')
    .select(['display_name', 'note', 'locked', 'bot', 'actor_type', 'discoverable', 'indexable', 'hide_collections'])
    .select(['show_media', 'show_media_replies', 'show_featured'])
    .select([
      'fields',
      'links_checked_at',
      'attribution_domains',
      'avatar_key',
      'header_key',
      'avatar_description',
      'header_description',
    ])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** A group or an application stays what it is. */
function actorTypeOf(before: string, isBot: boolean | undefined): string | undefined {
  if (isBot === undefined || (before !== 'Person' && before !== 'Service')) return undefined
  return isBot ? 'Service' : 'Person'
}
