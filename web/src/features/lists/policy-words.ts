import type { RepliesPolicy } from '@hamlet/contract/list'
import { t } from '../../i18n/words.ts'

export const policies: readonly RepliesPolicy[] = ['list', 'followed', 'none']

/** What a replies policy is called, and what it means for the reader. */
export function policyWords(policy: RepliesPolicy): { label: string; help: string } {
  if (policy === 'followed')
    return {
      label: t('lists.repliesFollowed', 'Replies to anyone you follow'),
      help: t('lists.repliesFollowedHelp', 'As in home: answers to people you do not follow stay out.'),
    }
  if (policy === 'none')
    return {
      label: t('lists.repliesNone', 'No replies'),
      help: t('lists.repliesNoneHelp', 'Only what members begin, their own threads, and answers to you.'),
    }
  return {
    label: t('lists.repliesList', 'Replies among members'),
    help: t('lists.repliesListHelp', 'You follow their talk with each other, and not the rest.'),
  }
}
