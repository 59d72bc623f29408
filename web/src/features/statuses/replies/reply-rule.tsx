import type { Status } from '@hamlet/contract/status'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { Menu, type MenuItem } from '../../../ui/menu.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { listQuotePolicies } from '../composer/audiences.ts'
import { setQuotePolicy, setReplyPolicy } from './acts.ts'
import { listReplyPolicies, readReplyRule } from './words.ts'

/** Who can answer, told under the post of a thread; whoever wrote it changes it there, and who can quote it, too. */
export function ReplyRule({ status }: { status: Status }) {
  if (status.visibility === 'direct') return null
  const policy = status.hamlet?.reply?.policy ?? 'everyone'
  const isOwn = status.account.id === me.value.id && !status.in_reply_to_id
  const words = (isOwn && listReplyPolicies().find(([value]) => value === policy)?.[1]) || readReplyRule(policy)
  if (!isOwn)
    return (
      <span class="reply-rule">
        <Icon name="speech" small />
        {words}
      </span>
    )
  return (
    <Menu
      label={t('replies.who', '{rule}: change who can reply or quote', { rule: words })}
      class="reply-rule reply-rule-own"
      items={() => [...replyChoices(status, policy), ...quoteChoices(status)]}
    >
      <Icon name="speech" small />
      {words}
      <Icon name="down" small />
    </Menu>
  )
}

function replyChoices(status: Status, chosen: string): MenuItem[] {
  return listReplyPolicies().map(([policy, label]) => ({
    label,
    isChosen: policy === chosen,
    run: () => void setReplyPolicy(status, policy),
  }))
}

function quoteChoices(status: Status): MenuItem[] {
  if (status.visibility === 'private') return []
  const chosen = status.quote_approval.automatic[0] ?? 'nobody'
  return listQuotePolicies().map(([policy, label]) => ({
    label,
    isChosen: policy === chosen,
    run: () => void setQuotePolicy(status, policy),
  }))
}
