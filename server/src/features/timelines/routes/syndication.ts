import type { Status } from '@hamlet/contract/status'
import { normaliseTagName } from '@hamlet/contract/text'
import { Type } from 'typebox'
import { findLocalAccount } from '#features/accounts'
import { presentAccount } from '#features/profiles'
import { readSettings } from '#features/settings'
import { presentStatuses } from '#features/statuses'
import { escapeHtml } from '#lib/escape'
import type { Id } from '#lib/id'
import { plainText } from '#lib/plain-text'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route, type Answer, type Route } from '#platform/http'
import { FEED_TYPES, renderFeed, type FeedChannel, type FeedFormat, type FeedItem } from '#platform/syndication'
import { listOfAccount, listTagged } from '../feeds.ts'

const Limit = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) })
/** JSON Feed 1, as far as a check can tell (jsonfeed.org). */
const JsonFeed = Type.Object({
  version: Type.String(),
  title: Type.String(),
  feed_url: Type.String(),
  items: Type.Array(Type.Object({ id: Type.String(), url: Type.String(), content_html: Type.String() })),
})
const USUAL = 20
const LONGEST_TITLE = 100
const CACHED = 'public, max-age=60'
/** Mastodon's address for RSS; the others follow its manner. */
const ENDINGS: Record<FeedFormat, string> = { rss: '.rss', atom: '.atom', json: '/feed.json' }
const FORMATS = Object.keys(ENDINGS) as FeedFormat[]

/** What feed readers are given of one post: behind a warning it is the warning that they show first. */
function itemOf(status: Status): FeedItem {
  const words = status.spoiler_text === '' ? plainText(status.content ?? '') : status.spoiler_text
  const [file] = status.media_attachments
  const type = file && (file.type === 'image' ? 'image/webp' : file.type === 'audio' ? 'audio/mpeg' : 'video/mp4')
  const at = new Date(status.created_at)
  return {
    url: status.url ?? status.uri,
    title: cut(words) || file?.description || status.account.display_name || status.account.username,
    html: htmlOf(status),
    at,
    updatedAt: status.edited_at ? new Date(status.edited_at) : at,
    author: { name: status.account.display_name || status.account.username, url: status.account.url },
    tags: status.tags.map(({ name }) => name),
    ...(file?.url && type && !status.sensitive ? { enclosure: { url: file.url, type } } : {}),
  }
}

function htmlOf(status: Status): string {
  const warning = status.spoiler_text === '' ? '' : `<p><strong>${escapeHtml(status.spoiler_text)}</strong></p><hr>`
  const options = status.poll?.options.map(({ title }) => `<li>${escapeHtml(title)}</li>`).join('') ?? ''
  const pictures = status.sensitive ? [] : status.media_attachments.filter(({ type }) => type === 'image')
  const shown = pictures.map(
    ({ url, description }) => `<p><img src="${escapeHtml(url ?? '')}" alt="${escapeHtml(description ?? '')}"></p>`,
  )
  return `${warning}${status.content ?? ''}${options && `<ul>${options}</ul>`}${shown.join('')}`
}

function cut(text: string): string {
  const letters = Array.from(new Intl.Segmenter('en').segment(text.trim()), (part) => part.segment)
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join('')}…` : letters.join('')
}

type Found = { channel: Omit<FeedChannel, 'feedUrl'>; ids: Id[] }

async function answerFeed(ctx: Context, format: FeedFormat, { channel, ids }: Found, answer: Answer): Promise<string> {
  const items = (await presentStatuses(ctx, null, ids)).map(itemOf)
  answer.header('Cache-Control', CACHED)
  return renderFeed(format, { ...channel, feedUrl: `${channel.url}${ENDINGS[format]}` }, items, ctx.clock.now())
}

/** Public and unlisted posts of somebody who lives here, without answers to others and without boosts. */
async function findProfile(ctx: Context, username: string, limit: number): Promise<Found> {
  const row = await findLocalAccount(ctx, username)
  if (!row || row.suspended_at) throw notFound()
  const account = await presentAccount(ctx, row.id)
  const name = account.display_name || account.username
  const who = { accountId: row.id, viewerId: null }
  return {
    channel: {
      title: name,
      description: plainText(account.note),
      url: `${ctx.config.url}/@${row.username}`,
      image: account.avatar,
      author: { name, url: account.url },
    },
    ids: await listOfAccount(ctx, who, { excludeReplies: true, excludeBoosts: true }, { limit }),
  }
}

async function findTag(ctx: Context, name: string, limit: number): Promise<Found> {
  const { title } = await readSettings(ctx)
  return {
    channel: {
      title: `#${name} · ${title}`,
      description: `Public posts with #${name}`,
      url: `${ctx.config.url}/tags/${encodeURIComponent(name)}`,
    },
    ids: await listTagged(ctx, null, { any: [name], local: false, remote: false }, { limit }),
  }
}

/** Posts for feed readers, of a person or with a hashtag, in three formats (mastodon-api 1.20). */
export const syndicationRoutes: Route[] = FORMATS.flatMap((format) => [
  route({
    method: 'GET',
    path: `/@:username${ENDINGS[format]}`,
    summary: `Read somebody's posts as a feed (${format})`,
    access: anyone,
    params: Type.Object({ username: Type.String() }),
    query: Limit,
    produces: FEED_TYPES[format],
    response: format === 'json' ? JsonFeed : Type.String(),
    handle: async ({ ctx, params, query, answer }) =>
      answerFeed(ctx, format, await findProfile(ctx, params.username, query.limit ?? USUAL), answer),
  }),
  route({
    method: 'GET',
    path: `/tags/:name${ENDINGS[format]}`,
    summary: `Read the public posts with a hashtag as a feed (${format})`,
    access: anyone,
    params: Type.Object({ name: Type.String() }),
    query: Limit,
    produces: FEED_TYPES[format],
    response: format === 'json' ? JsonFeed : Type.String(),
    handle: async ({ ctx, params, query, answer }) =>
      answerFeed(ctx, format, await findTag(ctx, normaliseTagName(params.name), query.limit ?? USUAL), answer),
  }),
])
