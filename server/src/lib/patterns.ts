import { RE2JS, RE2Set } from 're2js'

/** Steps of a pattern's machine. What has more costs every text too much. */
const MOST_STEPS = 400

/**
 * Why a pattern cannot be taken; undefined for one that can. Patterns are RE2's: the time that they take grows with the
 * text and with nothing else, whatever anybody writes (no back references, no looking around).
 */
export function faultOfPattern(pattern: string): string | undefined {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    if (compiled.programSize() > MOST_STEPS) return 'it is too large'
    if (compiled.test('')) return 'it fits every text'
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'it cannot be read'
  }
}

/** The numbers of the patterns that a text fits. */
export type Patterns = (text: string) => readonly number[]

/** All patterns in one machine, so that a text is read once however many there are; upper and lower case are one. */
export function compilePatterns(patterns: readonly string[]): Patterns {
  if (patterns.length === 0) return () => []
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE)
  for (const pattern of patterns) set.add(pattern)
  set.compile()
  return (text) => set.match(text)
}
