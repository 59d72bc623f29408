/** What can be done about somebody, from the mildest on; `delete` is about their posts, `none` is no violation. */
export const decisions = ['none', 'warn', 'sensitive', 'delete', 'freeze', 'limit', 'suspend'] as const
export type Decision = (typeof decisions)[number]
/** What lasts until it is taken back. */
export const measures = ['sensitive', 'freeze', 'limit', 'suspend'] as const
export type Measure = (typeof measures)[number]

export const isMeasure = (decision: Decision): decision is Measure => measures.includes(decision as Measure)
