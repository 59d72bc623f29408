import type { Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { openComposer } from '../composer-state.ts'
import { readReplyRule } from './words.ts'

/** Opens a reply, or says why there can be none: the rule of the thread is told before a word is written. */
export function answer(status: Status): void {
  const rule = status.hamlet?.reply
  if (rule?.right === 'no')
    return toast(
      t('replies.refused', 'You cannot reply here. The rule of this thread: {rule}.', {
        rule: readReplyRule(rule.policy),
      }),
    )
  openComposer({ replyTo: status })
}
