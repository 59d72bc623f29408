import type { Account, CredentialAccount } from '@hamlet/contract/account'
import { normaliseTagName } from '@hamlet/contract/text'
import { fieldToHtml, findAccountsById, profileTexts, type AccountRow, type Field } from '#features/accounts'
import { presentEmojisIn } from '#features/emojis'
import { pictureAddress } from '#features/media'
import { countRequests } from '#features/relationships'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { textToHtml } from '#lib/text-to-html'
import type { Context } from '#platform/context'

/** Accounts as JSON, by id. One query, however many, and one more where emoji stand in them, or somebody moved. */
export async function presentAccounts(ctx: Context, ids: readonly Id[]): Promise<Map<Id, Account>> {
  const rows = [...(await findAccountsById(ctx, ids)).values()]
  const targets = await findTargets(ctx, rows)
  const all = [...rows, ...targets.values()]
  const emojis = await presentEmojisIn(ctx, all.map(emojiTextsOf))
  const shown = all.map((row, index) => presentRow(ctx, row, emojis[index] ?? []))
  const moved = new Map(shown.slice(rows.length).map((account) => [account.id, account]))
  return new Map(rows.map((row, index) => [row.id, withMoved(shown[index] as Account, row, moved)]))
}

/** Where these people went. Asked only where somebody moved. */
async function findTargets(ctx: Context, rows: readonly AccountRow[]): Promise<Map<Id, AccountRow>> {
  const ids = rows.map((row) => row.moved_to_account_id).filter((id) => id !== null)
  return ids.length === 0 ? new Map() : findAccountsById(ctx, ids)
}

/** The account that somebody went to is shown as it is, without where that one went. */
function withMoved(account: Account, row: AccountRow, moved: ReadonlyMap<Id, Account>): Account {
  const target = row.suspended_at === null && row.moved_to_account_id !== null && moved.get(row.moved_to_account_id)
  return target ? { ...account, moved: target } : account
}

export async function presentAccount(ctx: Context, id: Id): Promise<Account> {
  const account = (await presentAccounts(ctx, [id])).get(id)
  if (!account) throw notFound()
  return account
}

/** The count of waiting followers stops here (mastodon-api, CredentialAccount). */
const MOST_REQUESTS = 40

/** What only the person behind the account is told beside it: their defaults and their role. */
export type CredentialParts = { source: CredentialSourceParts; role: CredentialAccount['role'] }
type CredentialSourceParts = Pick<CredentialAccount['source'], 'privacy' | 'sensitive' | 'language' | 'quote_policy'>

export async function presentCredentialAccount(
  ctx: Context,
  id: Id,
  parts: CredentialParts,
): Promise<CredentialAccount> {
  const row = (await findAccountsById(ctx, [id])).get(id)
  if (!row) throw notFound()
  return {
    ...(await presentAccount(ctx, id)),
    source: {
      ...parts.source,
      note: row.note,
      fields: row.fields as Field[],
      follow_requests_count: await countRequests(ctx, id, MOST_REQUESTS),
      hide_collections: row.hide_collections,
      discoverable: row.discoverable,
      indexable: row.indexable,
      attribution_domains: row.attribution_domains,
    },
    role: parts.role,
  }
}

/** Nothing of somebody who is shut out is shown, so there is nothing to look for. */
function emojiTextsOf(row: AccountRow) {
  return { host: row.host, texts: row.suspended_at === null ? profileTexts(row) : [] }
}

function presentRow(ctx: Context, row: AccountRow, emojis: Account['emojis']): Account {
  const isGone = row.suspended_at !== null
  const [avatarUrl, headerUrl] = [presentPicture(ctx, row, 'avatar'), presentPicture(ctx, row, 'header')]
  return {
    id: row.id,
    username: row.username,
    acct: row.is_local ? row.username : `${row.username}@${row.host}`,
    display_name: isGone ? '' : row.display_name,
    locked: row.locked,
    bot: row.bot,
    group: row.actor_type === 'Group',
    discoverable: isGone ? false : row.discoverable,
    indexable: !isGone && row.indexable,
    created_at: `${row.created_at.slice(0, 10)}T00:00:00.000Z`,
    note: isGone ? '' : presentNote(ctx, row),
    url: row.url,
    uri: row.uri,
    avatar: avatarUrl,
    avatar_static: avatarUrl,
    avatar_description: isGone ? '' : row.avatar_description,
    header: headerUrl,
    header_static: headerUrl,
    header_description: isGone ? '' : row.header_description,
    followers_count: isGone ? 0 : row.followers_count,
    following_count: isGone ? 0 : row.following_count,
    statuses_count: isGone ? 0 : row.statuses_count,
    last_status_at: isGone ? null : row.last_status_at,
    hide_collections: row.hide_collections,
    show_media: row.show_media,
    show_media_replies: row.show_media_replies,
    show_featured: row.show_featured,
    emojis,
    fields: isGone ? [] : presentFields(ctx, row),
    feature_approval: { automatic: [], manual: [], current_user: 'denied' },
    ...(isGone ? { suspended: true as const } : {}),
    ...(row.limited_at ? { limited: true as const } : {}),
    ...(row.memorial ? { memorial: true as const } : {}),
    ...(row.is_local ? { noindex: !row.indexable, roles: [] } : {}),
  }
}

/** A face or a cover is always shown from here, also when it lies on another server. */
function presentPicture(ctx: Context, row: AccountRow, kind: 'avatar' | 'header'): string {
  const [key, remoteUrl] = [row[`${kind}_key`], row[`${kind}_remote_url`]]
  if (row.suspended_at === null && key) return ctx.blobs.url(key)
  if (row.suspended_at === null && remoteUrl && !row.is_local)
    return pictureAddress(ctx, { kind, subjectId: row.id, url: remoteUrl }, 'original')
  return `${ctx.config.url}/${kind}.svg`
}

/** Local notes are stored as typed; remote ones arrive as HTML and are cleaned when stored. */
function presentNote(ctx: Context, row: AccountRow): string {
  return row.is_local ? linked(ctx, row.note) : row.note
}

/** Values too: apps show them as HTML. */
function presentFields(ctx: Context, row: AccountRow): Field[] {
  const fields = row.fields as Field[]
  if (!row.is_local) return fields
  return fields.map((field) => ({ ...field, value: fieldToHtml(ctx, field.value) }))
}

/** Links and hashtags lead on; who is mentioned is not looked up, since profiles are shown by the page. */
function linked(ctx: Context, text: string): string {
  return textToHtml(text, {
    mention: () => undefined,
    tagUrl: (name) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`,
  })
}
