import { normaliseTagName, readSearchParts, SEARCH_VALUES, type SearchOperator } from '@hamlet/contract/text'
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

export type Attachment = Exclude<(typeof SEARCH_VALUES.has)[number], 'embed'>
export type Where = (typeof SEARCH_VALUES.in)[number]
export type PostQuery = { terms: Term[]; where: Where }

const DAY = 24 * 3_600_000
const MOST_TERMS = 32

/**
 * Reads a search for posts as Mastodon writes it: words, "exact phrases", #tags and `name:value` operators, each with an
 * optional `-`. A name that is no operator is text. Refuses a value that an operator cannot have.
 */
export function readPostQuery(text: string): PostQuery {
  const query: PostQuery = { terms: [], where: 'all' }
  for (const part of readSearchParts(text)) {
    if (query.terms.length >= MOST_TERMS) break
    const { isNot } = part
    if (part.kind === 'operator') {
      if (part.name === 'in') query.where = oneOf('in', SEARCH_VALUES.in, part.value)
      else query.terms.push({ ...readOperator(part.name, part.value), isNot })
    } else if (!part.isPhrase && part.text.startsWith('#') && normaliseTagName(part.text.slice(1)) !== '')
      query.terms.push({ kind: 'tag', name: normaliseTagName(part.text.slice(1)), isNot })
    else addWords(query, part.text, part.isPhrase, isNot)
  }
  return query
}

function addWords(query: PostQuery, text: string, isPhrase: boolean, isNot: boolean): void {
  // Signs alone are no words: a search for them would find nothing and say nothing.
  if (/[\p{L}\p{N}]/u.test(text)) query.terms.push({ kind: 'words', text, isPhrase, isNot })
}

type Operator = Term extends infer T ? (T extends Term ? Omit<T, 'isNot'> : never) : never

function readOperator(name: Exclude<SearchOperator, 'in'>, value: string): Operator {
  const lower = value.toLowerCase()
  if (name === 'from') return { kind: 'from', handle: lower.replace(/^@/, '') }
  if (name === 'to' || name === 'mentions') return { kind: 'to', handle: lower.replace(/^@/, '') }
  if (name === 'language') return { kind: 'language', value: lower }
  if (name === 'before') return { kind: 'date', until: readDay(name, value) }
  if (name === 'after') return { kind: 'date', from: new Date(readDay(name, value).getTime() + DAY) }
  if (name === 'has') {
    const attachment = oneOf(name, SEARCH_VALUES.has, value)
    return { kind: 'has', value: attachment === 'embed' ? 'link' : attachment }
  }
  if (name === 'is') return { kind: 'is', value: oneOf(name, SEARCH_VALUES.is, value) }
  const from = readDay(name, value)
  return { kind: 'date', from, until: new Date(from.getTime() + DAY) }
}

/** The beginning of a day in UTC. */
function readDay(name: string, value: string): Date {
  const day = value.replaceAll('"', '')
  const read = new Date(`${day}T00:00:00Z`)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
  if (!isDay) throw new Refusal('invalid', `"${name}:" wants a day, like 2026-01-31`)
  return read
}

function oneOf<T extends string>(name: string, known: readonly T[], value: string): T {
  const found = known.find((one) => one === value.toLowerCase())
  if (!found) throw new Refusal('invalid', `"${name}:" knows ${known.join(', ')}`)
  return found
}
