/** Nobody sees these, and so nobody means to tell words apart by them: soft hyphen, zero-width space, word joiner, BOM. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g
/** Lower-case letters that a plain lower-casing leaves apart from their twins. */
const TWINS: Record<string, string> = { ς: 'σ', ſ: 's' }
// oxlint-disable-next-line no-control-regex -- the range of ASCII
const ASCII = /^[\u0000-\u007f]*$/

/** Text as it is compared: composed, without what is unseen, each run of white space as one space. */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replaceAll(UNSEEN, '').replaceAll(/\s+/g, ' ')
}

/**
 * Upper and lower case made one, letter by letter, so that the result is as long as the text and places in the one are
 * places in the other. Letters whose other case is longer stay as they are.
 */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  let folded = ''
  for (const letter of text) {
    const lower = letter.toLowerCase()
    folded += lower.length === letter.length ? (TWINS[lower] ?? lower) : letter
  }
  return folded
}

/** Ruby's idea of a word character, by which Mastodon sets the bounds of whole words: letters, marks, digits, `_` and its kin. */
const WORD = /^[\p{L}\p{M}\p{Nd}\p{Pc}]/u

/** Whether a word character begins at a place. */
export function isWordAt(text: string, at: number): boolean {
  const point = text.codePointAt(at)
  return point !== undefined && WORD.test(String.fromCodePoint(point))
}

/** Whether a word character ends at a place. */
export function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false
  const unit = text.charCodeAt(at - 1)
  const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff && at > 1
  return isWordAt(text, isSecondHalf ? at - 2 : at - 1)
}
