import { extensions } from '@hamlet/contract/extensions'
import type { Account } from '@hamlet/contract/account'
import type { Instance, V1Instance } from '@hamlet/contract/instance'
import { normaliseTagName } from '@hamlet/contract/text'
import { mediaLimits } from '#features/media'
import { pollLimits } from '#features/polls'
import { presentRules, type Rule, type Settings, type SiteText, type TextName } from '#features/settings'
import { MAX_CHARACTERS } from '#features/statuses'
import { markdownToHtml } from '#lib/markdown-to-html'
import type { Context } from '#platform/context'

import type { SitePictures } from './pictures.ts'

export type InstanceFacts = {
  settings: Settings
  texts: Record<TextName, SiteText>
  rules: Rule[]
  pictures: SitePictures
  /** Whom visitors are told to turn to. */
  contact: Account | null
  /** Whether everybody's role may invite people. */
  canInvite: boolean
  users: number
  activeUsers: number
  statuses: number
  peers: number
}

/** Apps parse this: it begins with the version of the API that we answer (mastodon-api, Seen from real clients). */
export const VERSION = '4.7.0 (compatible; Hamlet 0.1.0)'
/** Nobody has told this server yet where its source is published. */
const SOURCE = ''

const statuses = {
  max_characters: MAX_CHARACTERS,
  max_media_attachments: mediaLimits.perStatus,
  characters_reserved_per_url: 23,
}
const media_attachments = {
  description_limit: mediaLimits.descriptionLength,
  image_matrix_limit: mediaLimits.imagePixels,
  image_size_limit: mediaLimits.imageBytes,
  supported_mime_types: [...mediaLimits.types],
  video_frame_rate_limit: 120,
  video_matrix_limit: 8_294_400,
  video_size_limit: 103_809_024,
}
const polls = {
  max_options: pollLimits.mostOptions,
  max_characters_per_option: pollLimits.optionLength,
  min_expiration: pollLimits.shortestSeconds,
  max_expiration: pollLimits.longestSeconds,
}
const accounts = {
  max_display_name_length: 40,
  max_note_length: 500,
  max_avatar_description_length: 150,
  max_header_description_length: 150,
  max_featured_tags: 10,
  max_pinned_statuses: 5,
  max_profile_fields: 4,
  profile_field_name_limit: 255,
  profile_field_value_limit: 255,
}

/** Markdown, with links and hashtags; a text of a server names nobody. */
export function renderSiteText(ctx: Context, text: string): string {
  const tagUrl = (name: string) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`
  return markdownToHtml(text, { mention: () => undefined, tagUrl, base: ctx.config.url })
}

/** Who may read what everybody writes, in Mastodon's words: ours are the same. */
function presentAccess(settings: Settings): Instance['configuration']['timelines_access'] {
  const topics = { local: settings.local_topics, remote: settings.remote_topics }
  return {
    live_feeds: { local: settings.local_feed, remote: settings.remote_feed },
    hashtag_feeds: topics,
    trending_link_feeds: topics,
  }
}

function presentThumbnail(ctx: Context, { thumbnail }: SitePictures): Instance['thumbnail'] {
  if (!thumbnail) return { url: `${ctx.config.url}/header.svg`, description: '' }
  const { blurhash, description } = thumbnail
  const [url, large] = [ctx.blobs.url(thumbnail.small_key), ctx.blobs.url(thumbnail.large_key)]
  return { url, description, blurhash, versions: { '@1x': url, '@2x': large } }
}

function presentIcons(ctx: Context, { icon }: SitePictures): Instance['icon'] {
  if (!icon) return []
  return [
    { src: ctx.blobs.url(icon.small_key), size: '192x192' },
    { src: ctx.blobs.url(icon.large_key), size: '512x512' },
  ]
}

const listTongues = (settings: Settings) => settings.languages.split(', ')

function presentPlaces(url: string, texts: InstanceFacts['texts']) {
  return {
    about: `${url}/`,
    privacy_policy: texts.privacy_policy.text === '' ? null : `${url}/privacy-policy`,
    terms_of_service: texts.terms_of_service.text === '' ? null : `${url}/terms-of-service`,
  }
}

/** Words stand there only while the door is closed, as Mastodon has it. */
function presentRegistrations(ctx: Context, settings: Settings): Instance['registrations'] {
  const { registrations: mode, closed_message: words, require_reason: reason, min_age: age } = settings
  return {
    enabled: mode !== 'closed',
    approval_required: mode === 'approval',
    reason_required: mode === 'approval' && reason === 'on',
    message: mode === 'closed' && words !== '' ? renderSiteText(ctx, words) : null,
    min_age: age > 0 ? age : null,
    url: null,
  }
}

export function presentInstance(ctx: Context, facts: InstanceFacts): Instance {
  const { settings } = facts
  const url = ctx.config.url
  return {
    domain: ctx.config.domain,
    title: settings.title,
    version: VERSION,
    source_url: SOURCE,
    description: settings.description,
    usage: { users: { active_month: facts.activeUsers } },
    thumbnail: presentThumbnail(ctx, facts.pictures),
    icon: presentIcons(ctx, facts.pictures),
    languages: listTongues(settings),
    configuration: {
      urls: {
        streaming: url.replace(/^http/, 'ws'),
        status: settings.status_url || null,
        ...presentPlaces(url, facts.texts),
      },
      vapid: { public_key: ctx.vapid.publicKey },
      accounts,
      statuses,
      media_attachments,
      polls,
      translation: { enabled: false },
      timelines_access: presentAccess(settings),
      limited_federation: ctx.config.limitedFederation ?? settings.limited_federation === 'on',
      hamlet: { extensions: [...extensions] },
    },
    registrations: presentRegistrations(ctx, settings),
    api_versions: { mastodon: 11 },
    wrapstodon: null,
    contact: { email: settings.contact_email, account: facts.contact },
    rules: presentRules(facts.rules),
  }
}

export function presentV1Instance(ctx: Context, facts: InstanceFacts): V1Instance {
  const { settings } = facts
  return {
    uri: ctx.config.domain,
    title: settings.title,
    short_description: settings.description,
    description: settings.description,
    email: settings.contact_email,
    version: VERSION,
    urls: { streaming_api: ctx.config.url.replace(/^http/, 'ws') },
    stats: { user_count: facts.users, status_count: facts.statuses, domain_count: facts.peers },
    thumbnail: presentThumbnail(ctx, facts.pictures).url,
    languages: listTongues(settings),
    registrations: settings.registrations !== 'closed',
    approval_required: settings.registrations === 'approval',
    invites_enabled: facts.canInvite,
    configuration: {
      vapid: { public_key: ctx.vapid.publicKey },
      accounts: { max_featured_tags: accounts.max_featured_tags },
      statuses,
      media_attachments,
      polls,
    },
    contact_account: facts.contact,
    rules: presentRules(facts.rules),
  }
}
