import { findAccountsById, type AccountRow } from '#features/accounts'
import { renderEmojisIn } from '#features/emojis'
import { listMediaOf } from '#features/media'
import { renderQuestion } from '#features/polls'
import { PUBLIC, QUOTE_REL, renderAudience, type Audience } from '#federation'
import { parseHttpUrl } from '#lib/host'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { addQuoteFallback, renderQuote, renderQuoteTags } from './quote/note.ts'
import { findQuotesOf } from './quote/store.ts'
import { findExtras, findStatus, type StatusRow } from './store.ts'

/** One context for every post, with the terms written out (federation.md b.1). */
export const NOTE_CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  {
    sensitive: 'as:sensitive',
    ostatus: 'http://ostatus.org#',
    conversation: 'ostatus:conversation',
    Hashtag: 'as:Hashtag',
    toot: 'http://joinmastodon.org/ns#',
    Emoji: 'toot:Emoji',
    blurhash: 'toot:blurhash',
    quote: { '@id': 'https://w3id.org/fep/044f#quote', '@type': '@id' },
    quoteUri: 'http://fedibird.com/ns#quoteUri',
    _misskey_quote: QUOTE_REL,
    quoteAuthorization: { '@id': 'https://w3id.org/fep/044f#quoteAuthorization', '@type': '@id' },
    votersCount: 'toot:votersCount',
    focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' },
    gts: 'https://gotosocial.org/ns#',
    interactionPolicy: { '@id': 'gts:interactionPolicy', '@type': '@id' },
    canQuote: { '@id': 'gts:canQuote', '@type': '@id' },
    canReply: { '@id': 'gts:canReply', '@type': '@id' },
    automaticApproval: { '@id': 'gts:automaticApproval', '@type': '@id' },
    manualApproval: { '@id': 'gts:manualApproval', '@type': '@id' },
  },
] as const

export type RenderedNote = Record<string, unknown> & { id: string; to: string[]; cc: string[] }
export type NoteParts = { row: StatusRow; author: AccountRow; mentioned: AccountRow[] }

/** The row of a post with the people in it; undefined when it is gone or is a boost. */
export async function findNoteParts(ctx: Context, statusId: Id): Promise<NoteParts | undefined> {
  const row = await findStatus(ctx, statusId)
  if (!row) return undefined
  const mentionedIds = (await findExtras(ctx, [statusId])).mentions.get(statusId) ?? []
  const people = await findAccountsById(ctx, [row.account_id, ...mentionedIds])
  const author = people.get(row.account_id)
  const mentioned = mentionedIds.map((id) => people.get(id)).filter((person) => person !== undefined)
  return author && { row, author, mentioned }
}

export function renderAudienceOf({ row, author, mentioned }: NoteParts): { to: string[]; cc: string[] } {
  const people = mentioned.map((person) => person.uri)
  return renderAudience(row.visibility as Audience, author.followers_url, people)
}

/** A post of ours as other servers read it, without `@context`. */
export async function renderNote(ctx: Context, { row, author, mentioned }: NoteParts): Promise<RenderedNote> {
  const tags = (await findExtras(ctx, [row.id])).tags.get(row.id) ?? []
  const parent = row.in_reply_to_id ? await findStatus(ctx, row.in_reply_to_id) : undefined
  const quote = (await findQuotesOf(ctx, [row.id])).get(row.id)
  const content = addQuoteFallback(row.content, quote)
  return {
    id: row.uri,
    type: 'Note',
    attributedTo: author.uri,
    content,
    ...(row.language ? { contentMap: { [row.language]: content } } : {}),
    ...(row.spoiler_text ? { summary: row.spoiler_text } : {}),
    sensitive: row.sensitive || row.is_author_sensitized,
    published: row.created_at,
    ...(row.edited_at ? { updated: row.edited_at } : {}),
    url: row.url,
    ...renderAudienceOf({ row, author, mentioned }),
    ...renderQuote(quote),
    ...(parent ? { inReplyTo: parent.uri } : {}),
    ...renderThread(row),
    ...renderReplies(row),
    tag: [
      ...mentioned.map((person) => ({ type: 'Mention', href: person.uri, name: `@${person.username}@${person.host}` })),
      ...tags.map((name) => ({
        type: 'Hashtag',
        href: `${ctx.config.url}/tags/${encodeURIComponent(name)}`,
        name: `#${name}`,
      })),
      ...renderQuoteTags(quote),
      ...(await renderEmojisIn(ctx, [row.spoiler_text, row.content])),
    ],
    attachment: await renderAttachments(ctx, row.id),
    ...(await renderQuestion(ctx, row.id)),
    interactionPolicy: {
      canQuote: { automaticApproval: quotePolicyOf(row, author) },
      ...renderReplyRule({ row, author, mentioned }),
    },
  }
}

export const repliesAddress = (uri: string) => `${uri}/replies`

/**
 * Where the open replies to an open post are listed. The first page is carried along empty, so that a delivery makes no
 * server ask at once (federation.md b.7).
 */
function renderReplies({ uri, visibility }: StatusRow) {
  if (visibility !== 'public' && visibility !== 'unlisted') return {}
  const id = repliesAddress(uri)
  const first = { type: 'CollectionPage', partOf: id, next: `${id}?page=true`, items: [] }
  return { replies: { id, type: 'Collection', first } }
}

/** The name of the thread, for servers that lack what is answered; an address is its collection too (FEP-7888). */
function renderThread({ conversation_uri: name }: StatusRow) {
  if (!name) return {}
  return { conversation: name, ...(parseHttpUrl(name) ? { context: name } : {}) }
}

/** Nothing where everybody may answer: a rule is a promise to answer each reply by it (federation.md b.6). */
function renderReplyRule({ row, author, mentioned }: NoteParts) {
  if (row.in_reply_to_id || row.reply_policy === 'everyone') return {}
  const named = mentioned.map((person) => person.uri)
  const group = { followers: author.followers_url, following: `${author.uri}/following` }[row.reply_policy]
  const automaticApproval = [author.uri, ...named, ...(group ? [group] : [])]
  return { canReply: { automaticApproval, ...(row.reply_policy === 'approval' ? { manualApproval: [PUBLIC] } : {}) } }
}

function quotePolicyOf(row: StatusRow, author: AccountRow): string[] {
  if (row.quote_policy === 'public') return [PUBLIC]
  return [row.quote_policy === 'followers' ? author.followers_url : author.uri]
}

async function renderAttachments(ctx: Context, statusId: Id) {
  const media = (await listMediaOf(ctx, [statusId])).get(statusId) ?? []
  return media.map((one) => ({
    type: 'Document',
    mediaType: one.content_type,
    url: one.original_key ? ctx.blobs.url(one.original_key) : one.remote_url,
    ...(one.description ? { name: one.description } : {}),
    ...(one.blurhash ? { blurhash: one.blurhash } : {}),
    ...(one.width && one.height ? { width: one.width, height: one.height } : {}),
    ...(one.focus_x !== 0 || one.focus_y !== 0 ? { focalPoint: [one.focus_x, one.focus_y] } : {}),
  }))
}

/** The making of a post as an activity, without `@context`. */
export function renderCreate(note: RenderedNote, { row, author }: NoteParts): Record<string, unknown> {
  return {
    id: `${note.id}/activity`,
    type: 'Create',
    actor: author.uri,
    published: row.created_at,
    to: note.to,
    cc: note.cc,
    object: note,
  }
}

/** A boost as an activity; its own address is its id. */
export function renderAnnounce(
  boost: Pick<StatusRow, 'uri' | 'created_at' | 'visibility'>,
  booster: AccountRow,
  original: { uri: string; authorUri: string },
): Record<string, unknown> {
  const { to, cc } = renderAudience(boost.visibility as Audience, booster.followers_url, [original.authorUri])
  return {
    id: boost.uri,
    type: 'Announce',
    actor: booster.uri,
    published: boost.created_at,
    to,
    cc,
    object: original.uri,
  }
}
