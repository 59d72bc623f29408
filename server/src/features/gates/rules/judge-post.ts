import type { RuleCondition, RuleEffect } from '@hamlet/contract/rule-grammar'
import { findMet, withParents, type LiveRule, type RuleSet } from './compile.ts'
import type { PostFacts } from './facts.ts'

export type PostVerdict = {
  /** The rules that the post fits, in their order, each with what it asks for; after one that rejects, none. */
  hits: readonly LiveRule[]
  /** How many rules were looked at one by one. */
  asked: number
}

/** Which rules a post fits. Direct messages are asked only by rules about mentions of strangers. */
export function judgePost(set: RuleSet, facts: PostFacts, nowMs: number): PostVerdict {
  if (set.rules.length === 0) return { hits: [], asked: 0 }
  const met = findMet(set, facts)
  const candidates = new Set(set.always)
  for (const number of met) for (const at of set.wakes.get(number) ?? []) candidates.add(at)
  for (const server of facts.host === null ? [] : withParents(facts.host))
    for (const at of set.byServer.get(server) ?? []) candidates.add(at)
  const hits: LiveRule[] = []
  for (const at of [...candidates].sort((a, b) => a - b)) {
    const one = set.rules[at]
    if (!one || one.expiresAt <= nowMs || (facts.visibility === 'direct' && !one.isForDirect)) continue
    const isMet = ({ condition, number }: (typeof one.conditions)[number]) =>
      holdsFor(condition, facts, met.has(number)) !== (condition.not ?? false)
    const fits = one.rule.match === 'all' ? one.conditions.every(isMet) : one.conditions.some(isMet)
    if (!fits) continue
    hits.push(one.rule)
    if (one.rule.effects.some((effect) => effect.kind === 'reject')) break
  }
  return { hits, asked: candidates.size }
}

/** Whether a post is what one condition says, before it is turned round. `isFound` is what looking it up gave. */
function holdsFor(one: RuleCondition, facts: PostFacts, isFound: boolean): boolean {
  switch (one.kind) {
    case 'text':
    case 'pattern':
      return isFound
    case 'links':
      return one.domains.length > 0 ? isFound : facts.linkHosts.length > 0
    case 'media':
      return one.hashes.length > 0 ? isFound : facts.hasMedia
    case 'mentions':
      return facts.mentions >= one.at_least
    case 'strangers':
      return facts.strangers >= one.at_least
    case 'language':
      return one.languages.includes(facts.language ?? '')
    case 'younger':
      return facts.accountAgeDays < one.days
    case 'fewer_posts':
      return facts.postsBefore < one.posts
    case 'origin':
      return isFrom(one, facts.host)
    case 'visibility':
      return (one.visibilities as readonly string[]).includes(facts.visibility)
    case 'followed':
      return facts.isFollowedHere
  }
}

function isFrom({ from, servers }: Extract<RuleCondition, { kind: 'origin' }>, host: string | null): boolean {
  if (from === 'here') return host === null
  if (from === 'elsewhere') return host !== null
  return host !== null && withParents(host).some((one) => servers.includes(one))
}

/** All that several rules ask for, as one: the first warning and the first label count. */
export type Outcome = {
  isRejected: boolean
  isHeld: boolean
  warning: string | undefined
  isSensitive: boolean
  isUnlisted: boolean
  label: string | undefined
  /** What the author of a post that is not taken is told. */
  publicText: string
  heldBy: LiveRule | undefined
}

export function outcomeOf(hits: readonly LiveRule[]): Outcome {
  const effects = hits.flatMap((hit) => hit.effects)
  const has = (kind: RuleEffect['kind']) => effects.some((effect) => effect.kind === kind)
  const textOf = (kind: 'warn' | 'label') => effects.flatMap((effect) => (effect.kind === kind ? [effect.text] : []))[0]
  const first = (kind: RuleEffect['kind']) => hits.find((hit) => hit.effects.some((effect) => effect.kind === kind))
  return {
    isRejected: has('reject'),
    isHeld: has('hold'),
    warning: textOf('warn'),
    isSensitive: has('sensitive'),
    isUnlisted: has('unlist'),
    label: textOf('label'),
    publicText: first('reject')?.public_text ?? '',
    heldBy: first('hold'),
  }
}
