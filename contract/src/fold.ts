import type { FilterAction, FilterContext, FilterResult } from './filter.ts'

/** What becomes of a post in one place: the strongest of the actions that reach it there, and whose they are. */
export type Fold = { action: FilterAction; titles: string[] }

const STRENGTH: readonly FilterAction[] = ['hide', 'warn', 'blur']

/** How the filters that a post fits (`Status.filtered`) fold it in a context; undefined when none of them acts there. */
export function foldIn(filtered: readonly FilterResult[] | undefined, context: FilterContext): Fold | undefined {
  const acting = (filtered ?? []).map(({ filter }) => filter).filter((filter) => filter.context.includes(context))
  const action = STRENGTH.find((one) => acting.some((filter) => filter.filter_action === one))
  if (action === undefined) return undefined
  return { action, titles: acting.filter((one) => one.filter_action === action).map((one) => one.title) }
}

/** Whether a post is not there at all in a context. */
export function isHiddenIn(filtered: readonly FilterResult[] | undefined, context: FilterContext): boolean {
  return foldIn(filtered, context)?.action === 'hide'
}
