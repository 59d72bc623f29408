/** What can be done about somebody, from the mildest on; `mark` and `delete` are about their posts, `none` is no violation. */
export const decisions = ['none', 'warn', 'mark', 'delete', 'sensitive', 'limit', 'freeze', 'suspend'] as const
export type Decision = (typeof decisions)[number]
/** What lasts until it is taken back, or until its time is over. */
export const measures = ['sensitive', 'limit', 'freeze', 'suspend'] as const
export type Measure = (typeof measures)[number]

type Facts = {
  /** Lasts, and may have an end. */
  isMeasure: boolean
  /** Is about posts that were named. */
  needsPosts: boolean
  /** Can only be done about people of this server: of others only what is seen here can be changed. */
  isLocalOnly: boolean
}

/** The one table of what each decision is. */
export const table: Readonly<Record<Decision, Facts>> = {
  none: { isMeasure: false, needsPosts: false, isLocalOnly: false },
  warn: { isMeasure: false, needsPosts: false, isLocalOnly: true },
  mark: { isMeasure: false, needsPosts: true, isLocalOnly: false },
  delete: { isMeasure: false, needsPosts: true, isLocalOnly: false },
  sensitive: { isMeasure: true, needsPosts: false, isLocalOnly: false },
  limit: { isMeasure: true, needsPosts: false, isLocalOnly: false },
  freeze: { isMeasure: true, needsPosts: false, isLocalOnly: true },
  suspend: { isMeasure: true, needsPosts: false, isLocalOnly: false },
}

export const isMeasure = (decision: Decision): decision is Measure => table[decision].isMeasure

/** What can be done about somebody, with or without posts that were named. */
export const fittingDecisions = (isLocal: boolean, posts: number): Decision[] =>
  decisions.filter((one) => (posts > 0 || !table[one].needsPosts) && (isLocal || !table[one].isLocalOnly))
