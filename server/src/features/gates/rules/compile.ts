import type { RuleCondition, RuleWording } from '@hamlet/contract/rule-grammar'
import { judgesDirect } from '@hamlet/contract/rule-grammar'
import { compileWords, findWords, type Words } from '#lib/find-words'
import type { Id } from '#lib/id'
import { compilePatterns, type Patterns } from '#lib/patterns'
import type { PostFacts } from './facts.ts'

export type LiveRule = Pick<RuleWording, 'match' | 'conditions' | 'effects' | 'public_text' | 'title'> & {
  id: Id
  version: number
  expires_at: string | null
}

type CompiledCondition = { condition: RuleCondition; number: number }
type Compiled = { rule: LiveRule; conditions: CompiledCondition[]; expiresAt: number; isForDirect: boolean }

/**
 * All rules in one machine: a post's texts are read once for all words and once for all patterns, its links and pictures
 * are looked up, and only rules of which something was found are looked at one by one.
 */
export type RuleSet = {
  rules: readonly Compiled[]
  words: Words
  patterns: Patterns
  patternNumbers: readonly number[]
  domains: Map<string, number[]>
  hashes: Map<string, number[]>
  /** Which rules become candidates once a condition with this number is met. */
  wakes: Map<number, number[]>
  /** Rules by the server that they are about, where nothing else of them can be looked up. */
  byServer: Map<string, number[]>
  /** Rules that nothing wakes: they are asked of every post. */
  always: readonly number[]
  needs: ReadonlySet<RuleCondition['kind']>
}

/** Conditions that are looked up for all rules at once. */
const isIndexed = (one: RuleCondition): boolean =>
  one.kind === 'text' ||
  one.kind === 'pattern' ||
  (one.kind === 'links' && one.domains.length > 0) ||
  (one.kind === 'media' && one.hashes.length > 0)

export function compileRules(rules: readonly LiveRule[]): RuleSet {
  let next = 0
  const compiled = rules.map((rule) => ({
    rule,
    conditions: rule.conditions.map((condition) => ({ condition, number: next++ })),
    expiresAt: rule.expires_at === null ? Infinity : Date.parse(rule.expires_at),
    isForDirect: judgesDirect(rule),
  }))
  const all = compiled.flatMap((one) => one.conditions)
  const patterns = all.flatMap(({ condition, number }) => (condition.kind === 'pattern' ? [{ condition, number }] : []))
  return {
    rules: compiled,
    words: compileWords(
      all.flatMap(({ condition, number }) =>
        condition.kind === 'text'
          ? condition.words.map((keyword) => ({ keyword, wholeWord: condition.whole, filter: number }))
          : [],
      ),
    ),
    patterns: compilePatterns(patterns.map(({ condition }) => condition.pattern)),
    patternNumbers: patterns.map(({ number }) => number),
    domains: indexOf(all, (one) => (one.kind === 'links' ? one.domains : [])),
    hashes: indexOf(all, (one) => (one.kind === 'media' ? one.hashes : [])),
    ...wakeUp(compiled),
    needs: new Set(all.map(({ condition }) => condition.kind)),
  }
}

function indexOf(all: readonly CompiledCondition[], keysOf: (one: RuleCondition) => readonly string[]) {
  const index = new Map<string, number[]>()
  for (const { condition, number } of all) for (const key of keysOf(condition)) add(index, key, number)
  return index
}

function add<K>(index: Map<K, number[]>, key: K, value: number): void {
  const known = index.get(key)
  if (known) known.push(value)
  else index.set(key, [value])
}

/** What must be found of a post before it is worth to ask a rule. */
function wakeUp(rules: readonly Compiled[]): Pick<RuleSet, 'wakes' | 'byServer' | 'always'> {
  const wakes = new Map<number, number[]>()
  const byServer = new Map<string, number[]>()
  const always: number[] = []
  for (const [at, { rule, conditions }] of rules.entries()) {
    const positive = conditions.filter(({ condition }) => !condition.not)
    const indexed = positive.filter(({ condition }) => isIndexed(condition))
    const [first] = indexed
    if (rule.match === 'any') {
      if (indexed.length < conditions.length) always.push(at)
      else for (const { number } of indexed) add(wakes, number, at)
      continue
    }
    const servers = positive.flatMap(({ condition: one }) =>
      one.kind === 'origin' && one.from === 'servers' ? [one.servers] : [],
    )[0]
    if (first) add(wakes, first.number, at)
    else if (servers) for (const server of servers) add(byServer, server, at)
    else always.push(at)
  }
  return { wakes, byServer, always }
}

/** A domain and all that it lies under. */
export function withParents(host: string): string[] {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/** The numbers of the conditions that were found by looking up, in one reading of the post. */
export function findMet(set: RuleSet, facts: PostFacts): Set<number> {
  const found = new Map<number, string>()
  for (const text of facts.texts) findWords(set.words, text, found)
  const met = new Set(found.keys())
  for (const text of set.patternNumbers.length > 0 ? facts.texts : [])
    for (const at of set.patterns(text)) met.add(set.patternNumbers[at] as number)
  for (const host of facts.linkHosts.flatMap(withParents)) for (const at of set.domains.get(host) ?? []) met.add(at)
  for (const hash of facts.mediaHashes) for (const at of set.hashes.get(hash) ?? []) met.add(at)
  return met
}
