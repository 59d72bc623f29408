import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const one = <T extends string>(...names: T[]) => Type.Unsafe<T>(Type.Union(names.map((name) => Type.Literal(name))))

/** Kinds of things that posts warn of, each with the words that people use for it (`web/src/features/statuses/warning-kinds.ts`). */
export const WarningKind = one(
  'food',
  'politics',
  'spoilers',
  'sex',
  'violence',
  'health',
  'drugs',
  'animals',
  'eyes',
  'flashing',
)
export type WarningKind = Static<typeof WarningKind>

/** What becomes of a post with such a warning: it lies open, it stays folded, or it lies open with its media covered. */
const WarningAct = one('open', 'fold', 'cover')

/** One rule for warnings: by a word or words that stand in the warning, or by what kind it is. */
export const WarningRule = Type.Union([
  Type.Object(
    { word: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), act: WarningAct },
    { additionalProperties: false },
  ),
  Type.Object({ kind: WarningKind, act: WarningAct }, { additionalProperties: false }),
])
export type WarningRule = Static<typeof WarningRule>

/** How the web app looks and reads. What is absent is as usual; every member is bounded, so the whole is small. */
export const WebSettings = Type.Object(
  {
    theme: Type.Optional(one('auto', 'light', 'dark', 'black')),
    contrast: Type.Optional(one('auto', 'normal', 'high')),
    accent: Type.Optional(one('sea', 'lagoon', 'pine', 'moss', 'amber', 'brick', 'rose', 'iris')),
    /** Percent of the usual size of text. */
    textSize: Type.Optional(Type.Integer({ minimum: 85, maximum: 200 })),
    motion: Type.Optional(one('auto', 'less')),
    /** How much room stands around posts. */
    density: Type.Optional(one('comfortable', 'compact')),
    font: Type.Optional(one('system', 'readable')),
    /** Every link underlined, not only those within words. */
    underlines: Type.Optional(Type.Boolean()),
    expandWarnings: Type.Optional(Type.Boolean()),
    /** What becomes of posts by what they warn of; it goes before `expandWarnings`. */
    warningRules: Type.Optional(Type.Array(WarningRule, { maxItems: 50 })),
    /** Mastodon's three: cover what is marked sensitive, cover nothing, cover everything. */
    media: Type.Optional(one('default', 'show_all', 'hide_all')),
    /** Whether pictures wait until they are asked for; `auto` leaves it to the device. */
    dataSaver: Type.Optional(one('off', 'auto', 'on')),
    /** Whether what moves begins by itself; on Wi-Fi only where the browser says that it is, or is no phone's. */
    autoplay: Type.Optional(one('never', 'wifi', 'always')),
    /** Whether letters by themselves do anything; off for who speaks to the machine, or shakes (WCAG 2.1.4). */
    singleKeys: Type.Optional(Type.Boolean()),
    /** Other keys than the usual, by what they do: `j`, or `g h` one after the other; none silences it. */
    keys: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[A-Za-z]{1,24}$' }),
        Type.Array(Type.String({ maxLength: 5, pattern: '^\\S( \\S)?$' }), { maxItems: 4, uniqueItems: true }),
        { maxProperties: 60, additionalProperties: false },
      ),
    ),
    /** How much a screen reader says of a post by itself. */
    spoken: Type.Optional(one('short', 'normal', 'full')),
    /** Whether the numbers under posts of others are shown. */
    counts: Type.Optional(one('show', 'hide')),
    /** How long ago, or when. */
    times: Type.Optional(one('relative', 'absolute')),
    /** Of which languages public timelines show posts; none stands for all (Mastodon: chosen_languages). */
    chosenLanguages: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$' }), { maxItems: 60, uniqueItems: true }),
    ),
    /** Whether a newcomer was shown around, or did not want to be. */
    welcomed: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type WebSettings = Static<typeof WebSettings>

/** A browser that is signed in. */
export const OwnSession = Type.Object({
  id: Type.String(),
  user_agent: Type.String(),
  ip: nullable(Type.String()),
  /** How they came in, as in `SignInRecord`. */
  method: Type.String(),
  created_at: Type.String(),
  last_seen_at: Type.String(),
  /** Whether it is the one that asks. */
  current: Type.Boolean(),
})
export type OwnSession = Static<typeof OwnSession>

/** An app that a person let in, with all that it may do. */
export const AuthorisedApp = Type.Object({
  id: Type.String(),
  name: Type.String(),
  website: nullable(Type.String()),
  scopes: Type.Array(Type.String()),
  /** When it was let in first. */
  created_at: Type.String(),
})
export type AuthorisedApp = Static<typeof AuthorisedApp>
