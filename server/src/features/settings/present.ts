import type { Rule } from '@hamlet/contract/instance'
import type { Rule as RuleRow } from './rules.ts'

/** Rules as apps read them. */
export function presentRules(rules: readonly RuleRow[]): Rule[] {
  return [...rules]
}
