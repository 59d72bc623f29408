/**
 * Scripts that put no spaces between words: Thai and Lao, Burmese, Hangul, Khmer, kana, Han. The same class stands in the
 * migration search-runs, whose function makes of a post what is asked for here.
 */
const RUNS =
  /[\u0E00-\u0EFF\u1000-\u109F\u1100-\u11FF\u1780-\u17FF\u3005-\u3007\u3041-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFF9D\u{20000}-\u{3FFFD}]+/gu

/** A text as posts are compared with it: half and full width alike, in lower case, one space between words. */
export function plainOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** What a text with such a run asks of the index; undefined for one without. */
export function readRuns(text: string): { query: string; plain: string; isExact: boolean } | undefined {
  const plain = plainOf(text)
  const runs = plain.match(RUNS)
  if (!runs) return undefined
  const pairs = new Set(runs.flatMap(pairsOf))
  // One pair says it all; of several it is not known that they follow each other.
  return { query: [...pairs].join(' & '), plain, isExact: pairs.size === 1 && runs[0] === plain }
}

/** Pairs of letters that follow each other. One letter alone is the beginning of a pair, or the last letter of a run. */
function pairsOf(run: string): string[] {
  const letters = Array.from(run)
  if (letters.length === 1) return [`'${run}':*`]
  return letters.slice(1).map((letter, index) => `'${letters[index]}${letter}'`)
}
