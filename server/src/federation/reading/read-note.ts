import { normaliseTagName } from '@hamlet/contract/text'
import { readLanguage } from '#lib/language'
import { Refusal } from '#lib/refusal'
import type { Attribution } from '../authority.ts'
import {
  fileOf,
  flagOf,
  idOf,
  idsOf,
  isJson,
  listOf,
  mappedText,
  textOf,
  timeOf,
  typeOf,
  urlOf,
  type Json,
} from './json.ts'
import { readEmojis, type RemoteEmoji } from './read-emojis.ts'
import { readQuote, type RemoteQuote } from './read-quote.ts'
import { LONGEST_OPTION, readQuestion, type RemoteQuestion } from './read-question.ts'
import { htmlToText, sanitiseHtml } from './sanitise-html.ts'

/** What is taken as a post; of those that are no notes the name stands above the words. */
const NOTES = new Set(['Note', 'Question'])
const CONVERTED = new Set(['Article', 'Page', 'Image', 'Audio', 'Video', 'Event'])
export const noteTypes: ReadonlySet<string> = new Set([...NOTES, ...CONVERTED])

export type RemoteAttachment = {
  url: string
  contentType: string
  description: string | null
  blurhash: string | null
  width: number | null
  height: number | null
  focus: { x: number; y: number } | undefined
}
export type RemoteNote = {
  id: string
  type: string
  attributedTo: Attribution[]
  url: string
  content: string
  warning: string
  isSensitive: boolean
  language: string | null
  inReplyTo: string | undefined
  /** How its server names the thread: any text, or an address. */
  conversation: string | undefined
  published: Date | undefined
  updated: Date | undefined
  to: string[]
  cc: string[]
  mentions: string[]
  tags: string[]
  emojis: RemoteEmoji[]
  attachments: RemoteAttachment[]
  quotePolicy: { automatic: string[]; manual: string[] }
  /** Whom its author lets answer it; undefined where nothing is said, which is everybody. */
  replyPolicy: { automatic: string[]; manual: string[] } | undefined
  quote: RemoteQuote | undefined
  /** The title of something; of a note that answers a question, the option that was chosen (federation.md b.4). */
  name: string
  question: RemoteQuestion | undefined
}

/** federation.md l.2: caps on everything that comes in lists. */
const MOST = { recipients: 1000, tags: 300, mentions: 200, hashtags: 100, attachments: 16 }
const LONGEST = { content: 400_000, warning: 2000, words: 10_000, conversation: 500 }

/** A post as its document tells it, cleaned. Throws a Refusal for what is no post. */
export function readNote(raw: Json, now: Date): RemoteNote {
  const id = idOf(raw.id)
  const type = typeOf(raw, noteTypes)
  if (!id || !noteTypes.has(type)) throw new Refusal('invalid', 'This is no post that can be understood')
  const { text, language } = mappedText(raw, 'content', LONGEST.content)
  const tags = listOf(raw.tag, MOST.tags).filter(isJson)
  const warning = htmlToText(mappedText(raw, 'summary', LONGEST.warning).text)
  return {
    id,
    type,
    attributedTo: readAttribution(raw.attributedTo ?? raw.actor),
    url: urlOf(raw.url) ?? id,
    content: readContent(raw, type, text),
    // The summary of an article is its beginning, not a warning.
    warning: CONVERTED.has(type) ? '' : warning,
    isSensitive: flagOf(raw.sensitive ?? raw['as:sensitive']) ?? false,
    language: (language && readLanguage(language)) || null,
    inReplyTo: idOf(raw.inReplyTo),
    conversation: readConversation(raw),
    published: timeOf(raw.published, now),
    updated: timeOf(raw.updated, now),
    to: idsOf(raw.to, MOST.recipients),
    cc: [...idsOf(raw.cc, MOST.recipients), ...idsOf(raw.audience, 10)],
    mentions: tags
      .filter((tag) => typeOf(tag) === 'Mention')
      .map((tag) => tag.href)
      .filter((href) => typeof href === 'string')
      .slice(0, MOST.mentions),
    tags: readHashtags(tags),
    emojis: readEmojis(raw.tag, now),
    attachments: readAttachments(raw, type),
    quotePolicy: readPolicy(raw, 'canQuote') ?? { automatic: [], manual: [] },
    replyPolicy: readPolicy(raw, 'canReply'),
    quote: readQuote(raw),
    name: textOf(raw.name, LONGEST_OPTION) ?? '',
    question: type === 'Question' ? readQuestion(raw, now) : undefined,
  }
}

/** An opaque text that is compared whole: what is too long is none, never a part of it (federation.md b.1). */
function readConversation(raw: Json): string | undefined {
  const name = typeof raw.conversation === 'string' ? raw.conversation : idOf(raw.context)
  return name !== undefined && name.length <= LONGEST.conversation
    ? textOf(name, LONGEST.conversation) || undefined
    : undefined
}

export function readAttribution(value: unknown): Attribution[] {
  return listOf(value, 20).flatMap((item) => {
    const id = idOf(item)
    return id ? [{ id, type: isJson(item) ? typeOf(item) : undefined }] : []
  })
}

function readContent(raw: Json, type: string, html: string): string {
  const clean = sanitiseHtml(html)
  if (NOTES.has(type)) return clean
  const name = sanitiseHtml(textOf(raw.name, 500) ?? '')
  const link = urlOf(raw.url) ?? idOf(raw.id) ?? ''
  const heading = name === '' ? '' : `<p><strong>${name.replaceAll(/<\/?p[^>]*>/g, '')}</strong></p>`
  return `${heading}${clean}${sanitiseHtml(`<p><a href="${link.replaceAll('"', '%22')}">${link}</a></p>`)}`
}

function readHashtags(tags: readonly Json[]): string[] {
  const names = tags
    .filter((tag) => typeOf(tag) === 'Hashtag')
    .map((tag) => normaliseTagName((textOf(tag.name, 200) ?? '').replace(/^@?#/, '')))
    .filter((name) => name !== '')
  return [...new Set(names)].slice(0, MOST.hashtags)
}

const POSSIBLE_TYPES: Record<string, string> = { Image: 'image/jpeg', Video: 'video/mp4', Audio: 'audio/mpeg' }

function readAttachments(raw: Json, type: string): RemoteAttachment[] {
  const own = type === 'Image' || type === 'Video' || type === 'Audio' ? [raw] : []
  const found = [...own, ...listOf(raw.attachment, 100).filter(isJson)].flatMap((item) => {
    const file = fileOf(item)
    const contentType = file?.mediaType ?? textOf(item.mimeType, 100) ?? POSSIBLE_TYPES[typeOf(item)]
    if (!file || !contentType || !/^(?:image|video|audio)\//.test(contentType)) return []
    return [
      {
        url: file.url,
        contentType,
        description: textOf(item.name ?? item.summary, LONGEST.words) ?? null,
        blurhash: readBlurhash(item.blurhash),
        width: sizeOf(item.width),
        height: sizeOf(item.height),
        focus: readFocus(item.focalPoint),
      },
    ]
  })
  return found.slice(0, MOST.attachments)
}

function readBlurhash(value: unknown): string | null {
  return typeof value === 'string' && /^[\w#$%*+,\-.:;=?@[\]^{|}~]{6,100}$/.test(value) ? value : null
}

function sizeOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 100_000 ? value : null
}

function readFocus(value: unknown): { x: number; y: number } | undefined {
  const [x, y] = Array.isArray(value) ? (value as unknown[]) : []
  const fits = (one: unknown): one is number => typeof one === 'number' && Math.abs(one) <= 1
  return fits(x) && fits(y) ? { x, y } : undefined
}

/**
 * Whom its author lets do something, at once and when asked; undefined where nothing is said: then nobody may quote, as
 * Mastodon takes it, and everybody may answer (federation.md b.6).
 */
function readPolicy(raw: Json, name: 'canQuote' | 'canReply'): { automatic: string[]; manual: string[] } | undefined {
  const policy = isJson(raw.interactionPolicy) ? raw.interactionPolicy[name] : undefined
  if (!isJson(policy)) return undefined
  return {
    automatic: idsOf(policy.automaticApproval ?? policy.always, 20),
    manual: idsOf(policy.manualApproval ?? policy.approvalRequired, 20),
  }
}

export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
export function isPublic(id: string): boolean {
  return id === PUBLIC || id === 'as:Public' || id === 'Public'
}
