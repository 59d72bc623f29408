import type { WarningKind, WarningRule } from '@hamlet/contract/account-settings'
import { t } from '../../i18n/words.ts'

/** As many rules as the server keeps. */
export const MOST_RULES = 50
export const LONGEST_WORD = 80

/** The kinds of warnings, in their order, each with its name. */
export function listKinds(): [WarningKind, string][] {
  return [
    ['food', t('settings.kindFood', 'Food')],
    ['politics', t('settings.kindPolitics', 'Politics')],
    ['spoilers', t('settings.kindSpoilers', 'Spoilers')],
    ['sex', t('settings.kindSex', 'Nudity and sex')],
    ['violence', t('settings.kindViolence', 'Violence and war')],
    ['health', t('settings.kindHealth', 'Health and state of mind')],
    ['drugs', t('settings.kindDrugs', 'Alcohol and drugs')],
    ['animals', t('settings.kindAnimals', 'Spiders and other animals')],
    ['eyes', t('settings.kindEyes', 'Eye contact')],
    ['flashing', t('settings.kindFlashing', 'Flashing pictures')],
  ]
}

/** What a rule does. */
export function listActs(): [WarningRule['act'], string][] {
  return [
    ['open', t('settings.actOpen', 'Open')],
    ['fold', t('settings.actFold', 'Keep closed')],
    ['cover', t('settings.actCover', 'Cover pictures')],
  ]
}

/** What a rule is for: the word itself, or the name of the kind. */
export function nameOfRule(rule: WarningRule): string {
  return 'word' in rule ? rule.word : (listKinds().find(([kind]) => kind === rule.kind)?.[1] ?? rule.kind)
}

/** What a rule is for, in a form that can be compared. */
export function keyOfRule(rule: WarningRule): string {
  return 'word' in rule ? `word ${rule.word.trim().toLowerCase()}` : `kind ${rule.kind}`
}
