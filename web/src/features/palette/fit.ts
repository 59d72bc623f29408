/** Where the typed letters stand in a text; `rank` is lower for the better fit. */
export type Fit = { rank: number; ranges: readonly (readonly [number, number])[] }

/** Fewer letters than this are found in the right order by chance. */
const LEAST_LOOSE = 4

function fitWord(text: string, word: string): Fit | undefined {
  const starts = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) => found.index)
  const begun = starts.find((at) => text.startsWith(word, at))
  if (begun !== undefined) return { rank: begun === 0 ? 0 : 1, ranges: [[begun, begun + word.length]] }
  const inside = text.indexOf(word)
  if (inside >= 0) return { rank: 2, ranges: [[inside, inside + word.length]] }
  return word.length >= LEAST_LOOSE ? fitLoosely(text, word, starts) : undefined
}

/** Letters in order, the first of them at the beginning of a word: `fltblk` for "Filters and blocks". */
function fitLoosely(text: string, word: string, starts: readonly number[]): Fit | undefined {
  for (const start of starts) {
    const ranges: [number, number][] = []
    let at = start
    for (const letter of word) {
      const found = ranges.length === 0 && text[at] !== letter ? -1 : text.indexOf(letter, at)
      if (found < 0) break
      ranges.push([found, found + letter.length])
      at = found + letter.length
    }
    if (ranges.length === Array.from(word).length) return { rank: 3, ranges }
  }
  return undefined
}

/** How a text fits what was typed: every word has to. Nothing typed fits everything. */
export function fit(text: string, typed: string): Fit | undefined {
  const lower = text.toLowerCase()
  // Where lower case has another length, the letters would be marked at the wrong place.
  const fits = typed
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => fitWord(lower, word))
  const found = fits.filter((one) => one !== undefined)
  if (found.length < fits.length) return undefined
  const isMarked = lower.length === text.length
  return {
    rank: found.reduce((worst, one) => Math.max(worst, one.rank), 0),
    ranges: isMarked ? found.flatMap((one) => one.ranges).toSorted((a, b) => a[0] - b[0]) : [],
  }
}
