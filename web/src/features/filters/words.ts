import type { Filter, FilterAction, FilterContext } from '@hamlet/contract/filter'
import { formats, listed, t } from '../../i18n/words.ts'

export const contexts: readonly FilterContext[] = ['home', 'public', 'thread', 'account', 'notifications']
export const actions: readonly FilterAction[] = ['warn', 'blur', 'hide']

/** A place within a sentence: `Folded in home and threads`. */
function placeName(context: FilterContext): string {
  if (context === 'home') return t('filters.inHome', 'home')
  if (context === 'public') return t('filters.inPublic', 'public feeds')
  if (context === 'thread') return t('filters.inThreads', 'threads')
  if (context === 'account') return t('filters.inProfiles', 'profiles')
  return t('filters.inNotifications', 'notifications')
}

/** What a filter does and where. */
function effectIn(action: FilterAction, places: string): string {
  if (action === 'warn') return t('filters.foldedIn', 'Folded in {places}', { places })
  if (action === 'blur') return t('filters.coveredIn', 'Pictures covered in {places}', { places })
  return t('filters.hiddenIn', 'Hidden in {places}', { places })
}

/** A place as a choice: `Home and lists`. */
export function contextName(context: FilterContext): string {
  if (context === 'home') return t('filters.home', 'Home and lists')
  if (context === 'public') return t('filters.public', 'Local and hashtags')
  if (context === 'thread') return t('filters.thread', 'Threads')
  if (context === 'account') return t('filters.account', 'Profiles')
  return t('filters.notifications', 'Notifications')
}

export function actionName(action: FilterAction): string {
  if (action === 'warn') return t('filters.warn', 'Fold')
  if (action === 'blur') return t('filters.blur', 'Cover pictures')
  return t('filters.hide', 'Hide')
}

/** What choosing it means. */
export function actionEffect(action: FilterAction): string {
  if (action === 'warn')
    return t('filters.warnEffect', 'The post is one line with the name of this filter. A press opens it.')
  if (action === 'blur') return t('filters.blurEffect', 'The words stay. Pictures are covered until you press them.')
  return t('filters.hideEffect', 'The post is not there at all, and nothing says that it was.')
}

/** A moment to come, as the reader writes dates. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(formats(), { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(iso))
}

/** `until 3 Dec 2026, 14:00`; `ended …` for what counts no longer. */
export function endOf(iso: string): string {
  const when = moment(iso)
  return Date.parse(iso) > Date.now()
    ? t('filters.until', 'until {when}', { when })
    : t('filters.ended', 'ended {when}', { when })
}

/** A filter in one line: what it does, where, with how much, how long. */
export function summaryOf({ filter_action, context, keywords = [], statuses = [], expires_at }: Filter): string {
  const places = contexts.filter((one) => context.includes(one)).map(placeName)
  const parts = [
    effectIn(filter_action, listed(places)),
    keywords.length > 0 && t('filters.words', '{n, plural, one {# word} other {# words}}', { n: keywords.length }),
    statuses.length > 0 && t('filters.posts', '{n, plural, one {# post} other {# posts}}', { n: statuses.length }),
    expires_at !== null && endOf(expires_at),
  ]
  return parts.filter(Boolean).join(' · ')
}
