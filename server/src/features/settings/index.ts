/** Purpose: what an admin sets at run time, and the server's rules. Owns: settings, rules, rule_translations. Events: none yet. */
import { defineRoom, none } from '#platform/room'

export { readSettings, writeSetting, settingNames, type Settings } from './settings.ts'
export { readTexts, textNames, type SiteText, type TextName } from './texts.ts'
export { presentRules } from './present.ts'
export { addRule, findRules, listRules, replaceRules, sayRules, translateRule, type Rule } from './rules.ts'

export const settings = defineRoom({
  name: 'settings',
  erase: none('settings belong to the server'),
  takeout: none('settings belong to the server'),
})
