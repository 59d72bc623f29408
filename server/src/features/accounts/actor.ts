import { renderEmojisIn } from '#features/emojis'
import { PUBLIC } from '#federation'
import { escapeHtml } from '#lib/escape'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { fieldToHtml } from './links/fields.ts'
import { findAccount, type AccountRow } from './store.ts'

/** One context for every actor, with the terms written out: no peer has to fetch anything to read it (federation.md a.2). */
export const ACTOR_CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  {
    webfinger: 'https://purl.archive.org/socialweb/webfinger#webfinger',
    toot: 'http://joinmastodon.org/ns#',
    schema: 'http://schema.org#',
    manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
    discoverable: 'toot:discoverable',
    indexable: 'toot:indexable',
    memorial: 'toot:memorial',
    suspended: 'toot:suspended',
    movedTo: { '@id': 'as:movedTo', '@type': '@id' },
    alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
    Emoji: 'toot:Emoji',
    featured: { '@id': 'toot:featured', '@type': '@id' },
    featuredTags: { '@id': 'toot:featuredTags', '@type': '@id' },
    showFeatured: 'toot:showFeatured',
    showMedia: 'toot:showMedia',
    showRepliesInMedia: 'toot:showRepliesInMedia',
    attributionDomains: { '@id': 'toot:attributionDomains', '@container': '@set' },
    PropertyValue: 'schema:PropertyValue',
    value: 'schema:value',
  },
] as const

type Addresses = { inbox_url: string; outbox_url: string; following_url: string; shared_inbox_url: string | null }

/** A local account as other servers read it; one that is suspended keeps its address and key, and shows nothing else. */
export async function renderActor(ctx: Context, id: Id): Promise<Record<string, unknown> | undefined> {
  const row = await findAccount(ctx, id)
  if (!row?.is_local || row.is_demo) return undefined
  const addresses = await ctx.db
    .selectFrom('accounts')
    .select(['inbox_url', 'outbox_url', 'following_url', 'shared_inbox_url'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const key = await ctx.db
    .selectFrom('account_keys')
    .select(['key_id', 'public_pem'])
    .where('account_id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  const shown = row.suspended_at ? { suspended: true } : await renderProfile(ctx, row)
  return {
    '@context': ACTOR_CONTEXT,
    id: row.uri,
    type: row.actor_type,
    webfinger: `${row.username}@${row.host}`,
    preferredUsername: row.username,
    ...renderAddresses(row, addresses),
    manuallyApprovesFollowers: row.locked,
    ...(key ? { publicKey: { id: key.key_id, owner: row.uri, publicKeyPem: key.public_pem } } : {}),
    ...shown,
  }
}

function renderAddresses(row: AccountRow, addresses: Addresses) {
  return {
    url: row.url,
    inbox: addresses.inbox_url,
    outbox: addresses.outbox_url,
    followers: row.followers_url,
    following: addresses.following_url,
    featured: `${row.uri}/collections/featured`,
    featuredTags: `${row.uri}/collections/tags`,
    ...(addresses.shared_inbox_url ? { endpoints: { sharedInbox: addresses.shared_inbox_url } } : {}),
  }
}

async function renderProfile(ctx: Context, row: AccountRow) {
  const fields = row.fields as { name: string; value: string }[]
  return {
    name: row.display_name || row.username,
    summary: noteToHtml(row.note),
    discoverable: row.discoverable ?? false,
    indexable: row.indexable,
    showFeatured: row.show_featured,
    showMedia: row.show_media,
    showRepliesInMedia: row.show_media_replies,
    memorial: row.memorial,
    published: `${row.created_at.slice(0, 10)}T00:00:00Z`,
    ...(row.avatar_key ? { icon: renderImage(ctx, row.avatar_key, row.avatar_description) } : {}),
    ...(row.header_key ? { image: renderImage(ctx, row.header_key, row.header_description) } : {}),
    attachment: fields.map(({ name, value }) => ({ type: 'PropertyValue', name, value: fieldToHtml(ctx, value) })),
    tag: await renderEmojisIn(ctx, profileTexts(row)),
    attributionDomains: row.attribution_domains,
    ...(await renderOthers(ctx, row)),
    interactionPolicy: { canFeature: { automaticApproval: row.discoverable ? [PUBLIC] : [row.uri] } },
  }
}

/** Who they also are, and where they went. */
async function renderOthers(ctx: Context, { also_known_as: aliases, moved_to_account_id: id }: AccountRow) {
  const target = id === null ? undefined : await findAccount(ctx, id)
  return {
    ...(aliases.length > 0 ? { alsoKnownAs: aliases } : {}),
    ...(target ? { movedTo: target.uri } : {}),
  }
}

/** Where emoji may stand in a profile. */
export function profileTexts(row: Pick<AccountRow, 'display_name' | 'note' | 'fields'>): string[] {
  const fields = row.fields as { name: string; value: string }[]
  return [row.display_name, row.note, ...fields.flatMap(({ name, value }) => [name, value])]
}

const MEDIA_TYPES: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

function renderImage(ctx: Context, key: string, words: string) {
  const mediaType = MEDIA_TYPES[key.slice(key.lastIndexOf('.') + 1)]
  return {
    type: 'Image',
    ...(mediaType ? { mediaType } : {}),
    url: ctx.blobs.url(key),
    ...(words ? { summary: words } : {}),
  }
}

/** A local bio as HTML; it is stored as it was typed. */
export function noteToHtml(note: string): string {
  if (note === '') return ''
  return note
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br />')}</p>`)
    .join('')
}
