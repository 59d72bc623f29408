import type { ReportCase } from '@hamlet/contract/moderation'
import { t } from '../../i18n/words.ts'

const categories: Record<string, () => string> = {
  spam: () => t('moderation.spam', 'Spam'),
  legal: () => t('moderation.legal', 'Against the law'),
  violation: () => t('moderation.violation', 'Breaks a rule'),
  other: () => t('moderation.other', 'Something else'),
}

/** Why somebody was reported, in short. */
export function categoryName(category: string): string {
  return categories[category]?.() ?? category
}

const actions: Record<string, () => string> = {
  warn: () => t('moderation.warned', 'Warned'),
  mark: () => t('moderation.postsMarked', 'Posts marked as sensitive'),
  sensitive: () => t('moderation.marked', 'Media marked as sensitive'),
  freeze: () => t('moderation.frozen', 'Frozen'),
  delete: () => t('moderation.removed', 'Posts removed'),
  limit: () => t('moderation.limited', 'Limited'),
  suspend: () => t('moderation.suspended', 'Suspended'),
}

/** What was done about somebody before. */
export function actionName(action: string): string {
  return actions[action]?.() ?? action
}

type Consequence = ReportCase['consequences'][number]

/** What a decision is called, on its button. */
export function decisionName({ decision, posts: n }: Consequence): string {
  switch (decision) {
    case 'none':
      return t('moderation.noViolation', 'No violation')
    case 'warn':
      return t('moderation.warnOnly', 'Warn only')
    case 'delete':
      return t('moderation.remove', '{n, plural, one {Remove post, warn} other {Remove posts, warn}}', { n })
    case 'mark':
      return t('moderation.markPosts', '{n, plural, one {Cover the post} other {Cover the posts}}', { n })
    case 'sensitive':
      return t('moderation.mark', 'Mark media as sensitive')
    case 'freeze':
      return t('moderation.freeze', 'Freeze')
    case 'limit':
      return t('moderation.limit', 'Limit')
    case 'suspend':
      return t('moderation.suspend', 'Suspend')
    default:
      return decision
  }
}

/** What a decision would do, said before it is made. */
export function decisionText({ decision, posts: n }: Consequence, name: string): string {
  const told = t('moderation.told', '{name} gets a mail with your words and can appeal.', { name })
  switch (decision) {
    case 'none':
      return t('moderation.noneText', 'The report is closed. Nothing else happens.')
    case 'warn':
      return `${t('moderation.warnText', 'Nothing is removed.')} ${told}`
    case 'mark':
      return `${t(
        'moderation.markPostsText',
        '{n, plural, one {The media of the reported post} other {The media of the # reported posts}} will be covered until somebody opens it.',
        { n },
      )} ${told}`
    case 'delete':
      return `${t(
        'moderation.removeText',
        '{n, plural, one {The reported post} other {The # reported posts}} will be removed here and asked back from other servers.',
        { n },
      )} ${told}`
    case 'sensitive':
      return `${t('moderation.markText', 'All media of {name} is covered until somebody opens it, from now on and back.', { name })} ${told}`
    case 'freeze':
      return `${t('moderation.freezeText', '{name} can no longer use the account. What was posted stays.', { name })} ${told}`
    case 'limit':
      return `${t('moderation.limitText', 'Posts of {name} leave public timelines and search. Followers still see them.', { name })} ${told}`
    case 'suspend':
      return `${t('moderation.suspendText', '{name} can no longer sign in, and nothing of the account is shown.', { name })} ${told}`
    default:
      return ''
  }
}
