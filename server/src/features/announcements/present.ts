import type { Announcement, Reaction, TeamAnnouncement } from '@hamlet/contract/announcement'
import { findEntities, normaliseTagName } from '@hamlet/contract/text'
import { findAccountsById, type AccountRow } from '#features/accounts'
import { presentEmojisIn } from '#features/emojis'
import { onlyVisible } from '#features/visibility'
import type { Id } from '#lib/id'
import { textToHtml } from '#lib/text-to-html'
import type { Context } from '#platform/context'
import { listReactions, type Counted } from './reactions.ts'
import { stateOf, type AnnouncementRow } from './store.ts'

/** As one person sees them, or as all do who listen. A fixed number of queries, however many announcements. */
export async function presentAnnouncements(
  ctx: Context,
  rows: readonly AnnouncementRow[],
  viewerId: Id | null,
): Promise<Announcement[]> {
  const ids = rows.map((row) => row.id)
  const links = rows.map((row) => linksTo(ctx, row.text))
  const people = await findAccountsById(
    ctx,
    rows.flatMap((row) => row.mention_ids),
  )
  const open = new Set(
    await onlyVisible(
      ctx,
      null,
      links.flat().map((link) => link.id),
    ),
  )
  const emojis = await presentEmojisIn(
    ctx,
    rows.map((row) => ({ host: ctx.config.domain, texts: [row.text] })),
  )
  const reactions = await listReactions(ctx, ids, viewerId)
  const read = viewerId === null ? undefined : await listDismissed(ctx, viewerId, ids)
  return rows.map((row, index) => ({
    ...presentText(ctx, row, people),
    id: row.id,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    all_day: row.all_day,
    published_at: row.published_at ?? row.updated_at,
    updated_at: row.updated_at,
    ...(read ? { read: read.has(row.id) } : {}),
    statuses: (links[index] ?? []).filter((link) => open.has(link.id)),
    emojis: emojis[index] ?? [],
    reactions: reactions
      .filter((one) => one.announcement_id === row.id)
      .map((one) => ({ ...presentReaction(one), ...(viewerId === null ? {} : { me: one.me }) })),
  }))
}

export function presentReaction({ name, count, emoji }: Counted): Reaction {
  return { name, count, ...(emoji ? { url: emoji.url, static_url: emoji.static_url } : {}) }
}

/** Handles are read anew, so that whoever is gone is mere text. */
function presentText(ctx: Context, { text, mention_ids }: AnnouncementRow, people: Map<Id, AccountRow>) {
  const rows = mention_ids.map((id) => people.get(id)).filter((row) => row !== undefined && row.suspended_at === null)
  const known = (rows as AccountRow[]).map((row) => ({
    id: row.id,
    username: row.username,
    url: row.url,
    acct: row.is_local ? row.username : `${row.username}@${row.host}`,
    full: `${row.username}@${row.host}`.toLowerCase(),
  }))
  const tagUrl = (name: string) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`
  const content = textToHtml(text, {
    mention: ({ username, domain }) => {
      const handle = `${username}@${domain ?? ctx.config.domain}`.toLowerCase()
      const person = known.find((one) => one.full === handle)
      return person && { href: person.url, acct: person.username }
    },
    tagUrl,
  })
  const names = findEntities(text).flatMap((entity) => (entity.kind === 'hashtag' ? [entity.name] : []))
  const byName = new Map(names.map((name) => [normaliseTagName(name), name]))
  return {
    content,
    mentions: known.map(({ id, username, url, acct }) => ({ id, username, url, acct })),
    tags: [...byName.keys()].map((name) => ({ name, url: tagUrl(name) })),
  }
}

/** Posts of this server that a text leads to. */
function linksTo(ctx: Context, text: string): { id: Id; url: string }[] {
  const links = findEntities(text).flatMap((entity) => (entity.kind === 'url' ? [entity.url] : []))
  return [...new Set(links)].flatMap((url) => {
    const path = url.startsWith(`${ctx.config.url}/`) ? url.slice(ctx.config.url.length) : ''
    const [, id] = /^\/@[^/@]+\/(\d{1,19})\/?$/.exec(path) ?? []
    return id === undefined ? [] : [{ id, url }]
  })
}

/** Of these, what somebody has put away. One query. */
async function listDismissed(ctx: Context, accountId: Id, ids: readonly Id[]): Promise<Set<Id>> {
  const rows = await ctx.db
    .selectFrom('announcement_dismissals')
    .select('announcement_id')
    .where('account_id', '=', accountId)
    .where('announcement_id', '=', (eb) => eb.fn.any(eb.val([...ids])))
    .execute()
  return new Set(rows.map((row) => row.announcement_id))
}

export function presentForTeam(ctx: Context, row: AnnouncementRow): TeamAnnouncement {
  const { id, text, starts_at, ends_at, all_day, scheduled_at, published_at, updated_at } = row
  const state = stateOf(row, ctx.clock.now())
  return { id, text, starts_at, ends_at, all_day, scheduled_at, published_at, updated_at, state }
}
