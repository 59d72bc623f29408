import { normaliseTagName } from '@hamlet/contract/text'
import { Refusal } from '#lib/refusal'

/** What one part of a search for posts asks: words, a hashtag, or an operator with its value; any of them turned round by `-`. */
export type Term = { isNot: boolean } & (
  | { kind: 'words'; text: string; isPhrase: boolean }
  | { kind: 'tag'; name: string }
  | { kind: 'from'; handle: string }
  | { kind: 'to'; handle: string }
  | { kind: 'has'; value: Attachment }
  | { kind: 'is'; value: 'reply' | 'sensitive' }
  | { kind: 'language'; value: string }
  | { kind: 'date'; from?: Date; until?: Date }
)

export type Attachment = 'media' | 'image' | 'video' | 'audio' | 'poll' | 'link'
export type Where = 'all' | 'library' | 'public' | 'bookmarks'
export type PostQuery = { terms: Term[]; where: Where }

const ATTACHMENTS: ReadonlyMap<string, Attachment> = new Map([
  ['media', 'media'],
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['poll', 'poll'],
  ['link', 'link'],
  ['embed', 'link'],
])
const PLACES: readonly string[] = ['all', 'library', 'public', 'bookmarks']
const DAY = 24 * 3_600_000
const MOST_TERMS = 32

/**
 * Reads a search for posts as Mastodon writes it: words, "exact phrases", #tags and `name:value` operators, each with an
 * optional `-`. A name that is no operator is text. Refuses a value that an operator cannot have.
 */
export function readPostQuery(text: string): PostQuery {
  const query: PostQuery = { terms: [], where: 'all' }
  const parts = text.replaceAll(/[“”„]/g, '"').matchAll(/(-)?(?:"([^"]*)"?|(\p{L}+):(\S+)|(\S+))/gu)
  for (const [whole, minus, phrase, name = '', value = '', word] of parts) {
    if (query.terms.length >= MOST_TERMS) break
    const isNot = minus !== undefined
    if (phrase !== undefined) addWords(query, phrase, true, isNot)
    else if (name.toLowerCase() === 'in') query.where = readPlace(value)
    else if (name !== '') {
      const term = readOperator(name.toLowerCase(), value)
      if (term) query.terms.push({ ...term, isNot })
      else addWords(query, whole.slice(isNot ? 1 : 0), true, isNot)
    } else if (word?.startsWith('#') && normaliseTagName(word.slice(1)) !== '')
      query.terms.push({ kind: 'tag', name: normaliseTagName(word.slice(1)), isNot })
    else addWords(query, word ?? '', false, isNot)
  }
  return query
}

function addWords(query: PostQuery, text: string, isPhrase: boolean, isNot: boolean): void {
  // Signs alone are no words: a search for them would find nothing and say nothing.
  if (/[\p{L}\p{N}]/u.test(text)) query.terms.push({ kind: 'words', text, isPhrase, isNot })
}

function readPlace(value: string): Where {
  const place = value.toLowerCase()
  if (!PLACES.includes(place)) throw wrong('in', PLACES)
  return place as Where
}

type Operator = Term extends infer T ? (T extends Term ? Omit<T, 'isNot'> : never) : never

function readOperator(name: string, value: string): Operator | undefined {
  const lower = value.toLowerCase()
  if (name === 'from') return { kind: 'from', handle: lower.replace(/^@/, '') }
  if (name === 'to' || name === 'mentions') return { kind: 'to', handle: lower.replace(/^@/, '') }
  if (name === 'language') return { kind: 'language', value: lower }
  if (name === 'before') return { kind: 'date', until: readDay(name, value) }
  if (name === 'after') return { kind: 'date', from: new Date(readDay(name, value).getTime() + DAY) }
  if (name === 'during') {
    const from = readDay(name, value)
    return { kind: 'date', from, until: new Date(from.getTime() + DAY) }
  }
  if (name === 'has') {
    const attachment = ATTACHMENTS.get(lower)
    if (!attachment) throw wrong(name, [...ATTACHMENTS.keys()])
    return { kind: 'has', value: attachment }
  }
  if (name !== 'is') return undefined
  if (lower !== 'reply' && lower !== 'sensitive') throw wrong(name, ['reply', 'sensitive'])
  return { kind: 'is', value: lower }
}

/** The beginning of a day in UTC. */
function readDay(name: string, value: string): Date {
  const day = value.replaceAll('"', '')
  const read = new Date(`${day}T00:00:00Z`)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
  if (!isDay) throw new Refusal('invalid', `"${name}:" wants a day, like 2026-01-31`)
  return read
}

function wrong(name: string, known: readonly string[]): Refusal {
  return new Refusal('invalid', `"${name}:" knows ${known.join(', ')}`)
}
