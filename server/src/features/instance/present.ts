import { extensions } from '@hamlet/contract/extensions'
import type { Instance, V1Instance } from '@hamlet/contract/instance'
import { normaliseTagName } from '@hamlet/contract/text'
import { mediaLimits } from '#features/media'
import { pollLimits } from '#features/polls'
import { presentRules, type Rule, type Settings, type SiteText, type TextName } from '#features/settings'
import { MAX_CHARACTERS } from '#features/statuses'
import { textToHtml } from '#lib/text-to-html'
import type { Context } from '#platform/context'

export type InstanceFacts = {
  settings: Settings
  texts: Record<TextName, SiteText>
  rules: Rule[]
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
const LANGUAGES = ['en']

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
const open = { local: 'public', remote: 'public' }

/** Paragraphs and links; a text of a server names nobody. */
export function renderSiteText(ctx: Context, text: string): string {
  const tagUrl = (name: string) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`
  return textToHtml(text, { mention: () => undefined, tagUrl })
}

/** Everything that is said at length stands on one page. */
function presentPlaces(url: string, texts: InstanceFacts['texts']) {
  return {
    about: `${url}/`,
    privacy_policy: texts.privacy_policy.text === '' ? null : `${url}/about#privacy`,
    terms_of_service: texts.terms_of_service.text === '' ? null : `${url}/about#terms`,
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
    thumbnail: { url: `${url}/header.svg`, description: '' },
    icon: [],
    languages: LANGUAGES,
    configuration: {
      urls: { streaming: url.replace(/^http/, 'ws'), status: null, ...presentPlaces(url, facts.texts) },
      vapid: { public_key: ctx.vapid.publicKey },
      accounts,
      statuses,
      media_attachments,
      polls,
      translation: { enabled: false },
      timelines_access: { live_feeds: open, hashtag_feeds: open, trending_link_feeds: open },
      limited_federation: ctx.config.limitedFederation ?? settings.limited_federation === 'on',
      hamlet: { extensions: [...extensions] },
    },
    registrations: presentRegistrations(ctx, settings),
    api_versions: { mastodon: 11 },
    wrapstodon: null,
    contact: { email: settings.contact_email, account: null },
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
    thumbnail: `${ctx.config.url}/header.svg`,
    languages: LANGUAGES,
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
    contact_account: null,
    rules: presentRules(facts.rules),
  }
}
