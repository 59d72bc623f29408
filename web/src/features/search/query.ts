import { readSearchParts, type SearchPart } from '@hamlet/contract/text'

/** An operator of the search, as it is written: `-has:poll`. */
export type Token = { raw: string; isNot: boolean; name: string; value: string }
export type Draft = { tokens: readonly Token[]; text: string }

/** Takes the operators out of a search; phrases and words stay text, in their order. */
export function splitQuery(query: string): Draft {
  const parts = readSearchParts(query)
  const raw = ({ start, end }: SearchPart) => query.slice(start, end)
  const tokens = parts.flatMap((part) =>
    part.kind === 'operator' ? [{ raw: raw(part), isNot: part.isNot, name: part.name, value: part.value }] : [],
  )
  return { tokens, text: parts.flatMap((part) => (part.kind === 'operator' ? [] : [raw(part)])).join(' ') }
}

/** The whole search in one line. */
export function joinQuery({ tokens, text }: Draft): string {
  return [...tokens.map((token) => token.raw), text.trim()].filter(Boolean).join(' ')
}

/** What typing has made of a draft: an operator becomes a token once a space ends it. */
export function typed(draft: Draft, text: string): Draft {
  if (!/\s$/.test(text)) return { ...draft, text }
  const split = splitQuery(text)
  if (split.tokens.length === 0) return { ...draft, text }
  return { tokens: [...draft.tokens, ...split.tokens], text: split.text === '' ? '' : `${split.text} ` }
}

/** The word that is being typed, and what stands before it. */
export function lastWord(text: string): { before: string; word: string } {
  const at = text.search(/\S*$/)
  return { before: text.slice(0, at), word: text.slice(at) }
}

export const HANDLE = /^@?[\w.-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}(?::\d+)?$/u
const LINK = /^https?:\/\/[^\s/]+\S*$/i

/** The server that a whole handle or link leads to; undefined for everything else. */
export function hostOfAddress(query: string): string | undefined {
  const text = query.trim()
  if (HANDLE.test(text)) return text.slice(text.lastIndexOf('@') + 1)
  return LINK.test(text) && URL.canParse(text) ? new URL(text).host : undefined
}

/** Scripts that put no spaces between words, as the server's search knows them. */
const RUN = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`
const WITHOUT_SPACES = new RegExp(RUN, 'u')
/** A letter that makes a word longer. */
const LETTER = String.raw`(?!${RUN})[\p{L}\p{N}]`
/** From this length on the server finds longer words as well. */
const PREFIX_LENGTH = 4

function patternOf(text: string, isPhrase: boolean): string {
  const words = text.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`))
  const pattern = words.join(String.raw`\s+`)
  if (WITHOUT_SPACES.test(text)) return pattern
  const end = isPhrase || text.length < PREFIX_LENGTH ? `(?!${LETTER})` : `(?:${LETTER})*`
  return `(?<!${LETTER})${pattern}${end}`
}

/** Finds the words of a search in the text of a post; undefined where it has none. */
export function finderOf(query: string): RegExp | undefined {
  if (hostOfAddress(query)) return undefined
  const patterns = readSearchParts(query).flatMap((part) => {
    const text = part.kind === 'words' && !part.isNot ? part.text.trim() : ''
    return part.kind === 'words' && /[\p{L}\p{N}]/u.test(text) ? [patternOf(text, part.isPhrase)] : []
  })
  return patterns.length > 0 ? new RegExp(patterns.join('|'), 'giu') : undefined
}
