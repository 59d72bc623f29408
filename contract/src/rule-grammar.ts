import { Type, type Static } from 'typebox'

/** How much one rule may hold: a list that is longer is better several rules, and each costs every post something. */
export const ruleLimits = {
  title: 100,
  publicText: 500,
  conditions: 10,
  effects: 6,
  values: 100,
  word: 200,
  pattern: 200,
  rules: 2_000,
} as const

const not = { not: Type.Optional(Type.Boolean()) }
const words = (maxLength: number) =>
  Type.Array(Type.String({ minLength: 1, maxLength }), { minItems: 1, maxItems: ruleLimits.values })
const atLeast = (maximum: number) => Type.Integer({ minimum: 1, maximum })

/** What a rule asks of a post; `not` turns it round. An empty list of `links` or `media` means any of them. */
export const RuleCondition = Type.Union([
  Type.Object({ kind: Type.Literal('text'), words: words(ruleLimits.word), whole: Type.Boolean(), ...not }),
  Type.Object({
    kind: Type.Literal('pattern'),
    pattern: Type.String({ minLength: 1, maxLength: ruleLimits.pattern }),
    ...not,
  }),
  Type.Object({
    kind: Type.Literal('links'),
    domains: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: ruleLimits.values }),
    ...not,
  }),
  Type.Object({ kind: Type.Literal('mentions'), at_least: atLeast(200), ...not }),
  /** People here whom the author was never in touch with, and who do not follow the author. */
  Type.Object({ kind: Type.Literal('strangers'), at_least: atLeast(200), ...not }),
  Type.Object({
    kind: Type.Literal('media'),
    hashes: Type.Array(Type.String({ minLength: 6, maxLength: 100 }), { maxItems: ruleLimits.values }),
    ...not,
  }),
  Type.Object({ kind: Type.Literal('language'), languages: words(20), ...not }),
  Type.Object({ kind: Type.Literal('younger'), days: atLeast(3650), ...not }),
  Type.Object({ kind: Type.Literal('fewer_posts'), posts: atLeast(10_000), ...not }),
  Type.Object({
    kind: Type.Literal('origin'),
    from: Type.Union([Type.Literal('here'), Type.Literal('elsewhere'), Type.Literal('servers')]),
    servers: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: ruleLimits.values }),
    ...not,
  }),
  Type.Object({
    kind: Type.Literal('visibility'),
    visibilities: Type.Array(
      Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('private'), Type.Literal('direct')]),
      { minItems: 1, maxItems: 4 },
    ),
    ...not,
  }),
  Type.Object({ kind: Type.Literal('followed'), ...not }),
])
export type RuleCondition = Static<typeof RuleCondition>

/** What becomes of a post that a rule fits. */
export const RuleEffect = Type.Union([
  Type.Object({ kind: Type.Literal('reject') }),
  Type.Object({ kind: Type.Literal('hold') }),
  Type.Object({ kind: Type.Literal('warn'), text: Type.String({ minLength: 1, maxLength: 100 }) }),
  Type.Object({ kind: Type.Literal('sensitive') }),
  Type.Object({ kind: Type.Literal('unlist') }),
  Type.Object({ kind: Type.Literal('label'), text: Type.String({ minLength: 1, maxLength: 40 }) }),
])
export type RuleEffect = Static<typeof RuleEffect>

/** The whole wording of a rule: what a moderator writes, and what each version keeps. */
export const RuleWording = Type.Object({
  title: Type.String({ minLength: 1, maxLength: ruleLimits.title }),
  match: Type.Union([Type.Literal('all'), Type.Literal('any')]),
  conditions: Type.Array(RuleCondition, { minItems: 1, maxItems: ruleLimits.conditions }),
  effects: Type.Array(RuleEffect, { minItems: 1, maxItems: ruleLimits.effects }),
  /** What an author is told whose post is not taken. */
  public_text: Type.String({ maxLength: ruleLimits.publicText }),
  /** When it ends by itself. */
  expires_at: Type.Union([Type.String(), Type.Null()]),
})
export type RuleWording = Static<typeof RuleWording>

/** Whether a rule may judge direct messages: only rules about mentions of strangers may, since nobody else reads these. */
export const judgesDirect = (rule: Pick<RuleWording, 'match' | 'conditions'>): boolean =>
  rule.match === 'all' && rule.conditions.some(({ kind, not: isNot }) => kind === 'strangers' && !isNot)
