import type { ReplyPolicy } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'

/** Who may write in a thread, for whoever begins it. */
export function listReplyPolicies(): [ReplyPolicy, string][] {
  return [
    ['everyone', t('replies.everyone', 'Everyone can reply')],
    ['followers', t('replies.followers', 'Followers can reply')],
    ['following', t('replies.following', 'People you follow can reply')],
    ['mentioned', t('replies.mentioned', 'People you mention can reply')],
    ['approval', t('replies.approval', 'You let each reply in')],
    ['nobody', t('replies.nobody', 'Nobody can reply')],
  ]
}

/** The same as others read it. */
export function readReplyRule(policy: ReplyPolicy): string {
  switch (policy) {
    case 'followers':
      return t('replies.theirFollowers', 'Followers can reply')
    case 'following':
      return t('replies.theirFollowing', 'People the author follows can reply')
    case 'mentioned':
      return t('replies.theirMentioned', 'People who are mentioned can reply')
    case 'approval':
      return t('replies.theirApproval', 'The author lets each reply in')
    case 'nobody':
      return t('replies.nobody', 'Nobody can reply')
    default:
      return t('replies.everyone', 'Everyone can reply')
  }
}
