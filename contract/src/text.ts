/** Grammar of posts, the same in browser and server: what counts, what is a link, a mention, a hashtag. */

export { findShortcodes, isShortcode } from './shortcodes.ts'

export type UrlEntity = { kind: 'url'; start: number; end: number; url: string }
/** `domain` is in lower case and keeps a port: `localhost:4002`. */
export type MentionEntity = { kind: 'mention'; start: number; end: number; username: string; domain?: string }
export type HashtagEntity = { kind: 'hashtag'; start: number; end: number; name: string }
export type Entity = UrlEntity | MentionEntity | HashtagEntity

/** instance configuration, statuses.characters_reserved_per_url */
export const CHARACTERS_PER_URL = 23

/*
 * Every expression below repeats one class at most, and what it reads is cut by code: two repetitions that can
 * share a character would take quadratic time on hostile text. No refused candidate covers another, so nothing is read twice.
 */
const START = /https?:\/\/|[@#＃]/giu
const USERNAME_RUN = /[a-z0-9_.-]+/iy
const HOST_RUN = /[\p{L}\p{M}\p{N}_.-]+/uy
const PORT = /:\d{2,5}(?![\p{L}\p{N}])/uy
/** The middle dots and the joiner connect words in Catalan, Japanese and Persian (mastodon-limits, hashtag grammar). */
const TAG_RUN = /[\p{L}\p{M}\p{Nd}\p{Pc}·・\u200c]+/uy
const TAG_JOINT = /[·・\u200c]/
const PATH_END = /[\s<>"`\\^{|}\p{Cc}]/u
const TRAILING = /[.,:;!?'"’”»…、。！？*~&$%@「」]/
const MAX_HOST_LENGTH = 253
const MAX_BRACKETED = 500

/** Every link, mention and hashtag of a text, in order; they never overlap. */
export function findEntities(text: string): Entity[] {
  const found: Entity[] = []
  let end = 0
  for (const match of text.matchAll(START)) {
    if (match.index < end) continue
    const entity = readEntity(text, match.index, match[0])
    if (!entity) continue
    found.push(entity)
    end = entity.end
  }
  return found
}

/** A name as a mention can hold it; what local people may choose is narrower. */
export function isUsername(text: string): boolean {
  return text !== '' && readUsername(text, 0) === text
}

/** The length of a post as it counts against the limit: graphemes, links as 23, remote mentions without their server. */
export function countCharacters(text: string): number {
  let shortened = ''
  let reserved = 0
  let from = 0
  for (const entity of findEntities(text)) {
    if (entity.kind === 'hashtag') continue
    shortened += text.slice(from, entity.start)
    from = entity.end
    if (entity.kind === 'url') reserved += CHARACTERS_PER_URL
    else shortened += `@${entity.username}`
  }
  return reserved + countGraphemes(shortened + text.slice(from))
}

/** Latin letters whose accent is part of the letter, so that no decomposition takes it away. */
const FOLDED: Record<string, string> = { đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ĸ: 'k', ł: 'l', ŋ: 'n', ø: 'o', ŧ: 't' }

/**
 * The name by which a tag is stored and found: compatibility forms, then lower case, then the accents of western
 * Latin letters. Others keep theirs (`việt`), as Mastodon has it, or the two would disagree about one tag.
 */
export function normaliseTagName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[à-ž]/g, (letter) => FOLDED[letter] ?? letter.normalize('NFD').charAt(0))
    .replaceAll(/[^\p{L}\p{M}\p{Nd}_·・\u200c]/gu, '')
}

export function countGraphemes(text: string): number {
  let total = 0
  for (const _ of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) total += 1
  return total
}

function readEntity(text: string, start: number, sign: string): Entity | undefined {
  if (sign === '@') return readMention(text, start)
  if (sign === '#' || sign === '＃') return readHashtag(text, start)
  return readUrl(text, start, start + sign.length)
}

function readMention(text: string, start: number): MentionEntity | undefined {
  if (/[\p{L}\p{M}\p{N}_=/]/u.test(characterBefore(text, start))) return undefined
  const username = readUsername(text, start + 1)
  if (username === '') return undefined
  let end = start + 1 + username.length
  const domain = text[end] === '@' ? readHost(text, end + 1) : ''
  if (domain !== '') end += 1 + domain.length
  // What goes on like this is a mail address, an address of another scheme or a word with accents.
  if (/^(?:[@＠À-ÖØ-öø-ɏ]|:\/\/)/u.test(text.slice(end, end + 3))) return undefined
  return { kind: 'mention', start, end, username, ...(domain === '' ? {} : { domain: domain.toLowerCase() }) }
}

/** Since Mastodon 4.6 only a line start or white space opens a hashtag: `(#tag)` is plain text (mastodon-limits). */
function readHashtag(text: string, start: number): HashtagEntity | undefined {
  if (/\S/.test(characterBefore(text, start))) return undefined
  let name = readRun(TAG_RUN, text, start + 1)
  const isGluedToLink = text.startsWith('://', start + 1 + name.length)
  if (isGluedToLink) name = name.replace(/https?$/i, '')
  name = trimEnd(name, TAG_JOINT)
  if (!/\p{L}/u.test(name) || TAG_JOINT.test(name.charAt(0))) return undefined
  return { kind: 'hashtag', start, end: start + 1 + name.length, name }
}

function readUrl(text: string, start: number, hostStart: number): UrlEntity | undefined {
  if (/[a-z0-9@＠$#＃]/i.test(characterBefore(text, start))) return undefined
  const host = readHost(text, hostStart)
  if (host === '' || !URL.canParse(`http://${host}`)) return undefined
  const hostEnd = hostStart + host.length
  // A name and password before the host would show one server and lead to another; no path follows an @.
  const path = /[/?#]/.test(text.charAt(hostEnd)) ? readPath(text, hostEnd) : ''
  const end = hostEnd + path.length
  return { kind: 'url', start, end, url: text.slice(start, end) }
}

/**
 * Brackets that the address opened belong to it; others, and punctuation at the end, belong to the sentence.
 * A bracket that stays open ends the address before it, so how far one is looked for has a limit: without it,
 * many such addresses in a row would each read the text to its end.
 */
function readPath(text: string, start: number): string {
  const open: { index: number; closer: string }[] = []
  let end = start
  for (; end < text.length; end += 1) {
    const character = text.charAt(end)
    if (PATH_END.test(character) || end - (open[0]?.index ?? end) > MAX_BRACKETED) break
    if (character === '(') open.push({ index: end, closer: ')' })
    else if (character === '[') open.push({ index: end, closer: ']' })
    else if ((character === ')' || character === ']') && open.pop()?.closer !== character) break
  }
  return trimEnd(text.slice(start, open[0]?.index ?? end), TRAILING)
}

/** A host with its port, if it has one, as it is written. */
function readHost(text: string, start: number): string {
  const run = trimEnd(readRun(HOST_RUN, text, start), /[._-]/)
  if (run === '' || run.length > MAX_HOST_LENGTH || /[\p{M}_.-]/u.test(run.charAt(0))) return ''
  // Japanese and Chinese go on after an address without a space; no top level domain mixes their letters with ours.
  const lastLabel = run.slice(run.lastIndexOf('.') + 1)
  const foreign = /^[a-z0-9]/i.test(lastLabel) ? lastLabel.search(/[^a-z0-9_-]/i) : -1
  if (foreign > 0) return run.slice(0, run.length - lastLabel.length + foreign)
  return run + readRun(PORT, text, start + run.length)
}

function readUsername(text: string, start: number): string {
  const run = trimEnd(readRun(USERNAME_RUN, text, start), /[.-]/)
  return /^[a-z0-9_]/i.test(run) ? run : ''
}

function readRun(run: RegExp, text: string, at: number): string {
  run.lastIndex = at
  return run.exec(text)?.[0] ?? ''
}

function trimEnd(text: string, unwanted: RegExp): string {
  let end = text.length
  while (end > 0 && unwanted.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

function characterBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 2), at)
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(before) ? before : before.slice(-1)
}

/** What an operator of a search for posts is called (mastodon-api 1.13). */
export const SEARCH_OPERATORS = [
  'from',
  'to',
  'mentions',
  'before',
  'after',
  'during',
  'has',
  'is',
  'in',
  'language',
] as const
export type SearchOperator = (typeof SEARCH_OPERATORS)[number]

/** Operators with a closed list of values. */
export const SEARCH_VALUES = {
  has: ['media', 'image', 'video', 'audio', 'poll', 'link', 'embed'],
  is: ['reply', 'sensitive'],
  in: ['all', 'library', 'public', 'bookmarks'],
} as const

/** One part of what was asked; `start` and `end` say where it stands in the text, with its `-`. */
export type SearchPart = { start: number; end: number; isNot: boolean } & (
  | { kind: 'operator'; name: SearchOperator; value: string }
  /** `isPhrase`: in this order. */
  | { kind: 'words'; text: string; isPhrase: boolean }
)

/* Each class is repeated once, and no two that follow each other share a character. */
const PART = /(-)?(?:"([^"]*)"?|(\p{L}+):(\S+)|(\S+))/gu

/** Words, "exact phrases", #tags and `name:value` operators, each with an optional `-`. A name that is no operator is text. */
export function readSearchParts(text: string): SearchPart[] {
  return [...text.replaceAll(/[“”„]/g, '"').matchAll(PART)].map((found): SearchPart => {
    const [whole, minus, phrase, name = '', value = '', word = ''] = found
    const isNot = minus !== undefined
    const at = { start: found.index, end: found.index + whole.length, isNot }
    if (phrase !== undefined) return { ...at, kind: 'words', text: phrase, isPhrase: true }
    const operator = SEARCH_OPERATORS.find((one) => one === name.toLowerCase())
    if (operator) return { ...at, kind: 'operator', name: operator, value }
    if (name !== '') return { ...at, kind: 'words', text: `${name}:${value}`, isPhrase: true }
    return { ...at, kind: 'words', text: word, isPhrase: false }
  })
}
