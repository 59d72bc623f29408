import { ruleLimits, type RuleCondition, type RuleEffect, type RuleWording } from '@hamlet/contract/rule-grammar'
import { readHost } from '#lib/host'
import { normaliseText } from '#lib/fold-text'
import { invalid } from '#lib/refusal'
import { faultOfPattern } from '#lib/patterns'

/** What a moderator wrote, as it is kept: hosts and words in one form each, nothing twice, nothing that cannot work. */
export function readWording(given: RuleWording, now: Date): RuleWording {
  const title = readLine(given.title)
  if (title === '') throw invalid("Validation failed: Title can't be blank")
  const kinds = given.effects.map((effect) => effect.kind)
  if (new Set(kinds).size < kinds.length) throw invalid('Validation failed: Each action can be taken once')
  // Forms and apps say nothing by an empty text.
  const expiresAt = given.expires_at ? new Date(given.expires_at) : undefined
  if (expiresAt && !(expiresAt > now)) throw invalid('Validation failed: The end must be a time that is still to come')
  if (given.conditions.every((one) => one.not))
    throw invalid('Validation failed: One condition must not be turned round')
  return {
    title,
    match: given.match,
    conditions: given.conditions.map(readCondition),
    effects: given.effects.map(readEffect),
    public_text: given.public_text.replaceAll('\0', '').trim(),
    expires_at: expiresAt?.toISOString() ?? null,
  }
}

const readLine = (text: string): string => normaliseText(text.replaceAll('\0', '')).trim()

function readEffect(effect: RuleEffect): RuleEffect {
  if (effect.kind !== 'warn' && effect.kind !== 'label') return effect
  const text = readLine(effect.text)
  if (text === '') throw invalid("Validation failed: Text of an action can't be blank")
  return { ...effect, text }
}

function readCondition(one: RuleCondition): RuleCondition {
  switch (one.kind) {
    case 'text':
      return { ...one, words: readAll(one.words, readLine, 'a word') }
    case 'pattern':
      return { ...one, pattern: readPattern(one.pattern) }
    case 'links':
      return { ...one, domains: readAll(one.domains, readDomain, 'a domain') }
    case 'media':
      return { ...one, hashes: readAll(one.hashes, (text) => readHash(text), 'a picture') }
    case 'language':
      return { ...one, languages: readAll(one.languages, (text) => text.trim(), 'a language') }
    case 'origin':
      return readOrigin(one)
    default:
      return one
  }
}

function readOrigin(one: Extract<RuleCondition, { kind: 'origin' }>): RuleCondition {
  if (one.from !== 'servers') return { ...one, servers: [] }
  if (one.servers.length === 0) throw invalid('Validation failed: Name one server at least')
  return { ...one, servers: readAll(one.servers, (text) => readHost(text.replace(/^@/, '')), 'a server') }
}

function readAll(texts: readonly string[], read: (text: string) => string | undefined, what: string): string[] {
  const values = texts.map((text) => {
    const value = read(text)
    if (value === undefined || value === '') throw invalid(`Validation failed: "${text.slice(0, 60)}" is not ${what}`)
    return value
  })
  return [...new Set(values)]
}

/** What people paste: a domain, or an address on it. */
function readDomain(text: string): string | undefined {
  const trimmed = text.trim()
  const named = /^https?:\/\//i.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed).hostname : trimmed
  const host = readHost(named.replace(/^\*\./, ''))
  return host && /^[a-z0-9_.-]+$/.test(host) ? host : undefined
}

/** SHA-256 in hexadecimal, or a blurhash. */
function readHash(text: string): string | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return trimmed.toLowerCase()
  return /^[\w#$%*+,\-.:;=?@[\]^{|}~]{6,100}$/.test(trimmed) ? trimmed : undefined
}

function readPattern(text: string): string {
  const pattern = text.replaceAll('\0', '').slice(0, ruleLimits.pattern)
  const fault = pattern === '' ? 'it is empty' : faultOfPattern(pattern)
  if (fault) throw invalid(`Validation failed: The pattern cannot be used: ${fault}`)
  return pattern
}
