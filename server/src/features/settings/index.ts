/**
 * Purpose: what an admin sets at run time, and the server's rules. Owns: settings, rules, rule_translations,
 * terms_versions. Events: termsPublished.
 */
import { defineRoom, none } from '#platform/room'

export { readSettings, writeSetting, settingNames, type Settings } from './settings.ts'
export { changeServer, readServer, serverNames } from './change.ts'
export { changeRule, createRule, orderRules, retireRule } from './change-rules.ts'
export {
  dropTermsDraft,
  findTerms,
  findTermsDraft,
  listTerms,
  lockTelling,
  publishTerms,
  setTold,
  showTerms,
  termsPublished,
  writeTermsDraft,
  type TermsShown,
  type TermsVersion,
} from './terms.ts'
export { changeText, isKeptText, LONGEST_TEXT, readTexts, textNames, type SiteText, type TextName } from './texts.ts'
export { presentRules } from './present.ts'
export { addRule, findRules, listRules, replaceRules, sayRules, translateRule, type Rule } from './rules.ts'

export const settings = defineRoom({
  name: 'settings',
  erase: none('settings belong to the server'),
  takeout: none('settings belong to the server'),
})
