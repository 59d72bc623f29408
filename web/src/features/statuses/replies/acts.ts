import type { QuotePolicy, ReplyPolicy, Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { explain, request } from '../../../api/request.ts'
import { changeStatus, keepStatus, statusOf } from '../../../api/store.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import type { MenuItem } from '../../../ui/menu.tsx'
import { toast } from '../../../ui/toast.tsx'

async function judge(status: Status, verb: 'remove' | 'restore', said: string): Promise<void> {
  try {
    keepStatus(await request<Status>('POST', `/api/hamlet/v1/statuses/${status.id}/thread/${verb}`))
    const undo = { label: t('replies.undo', 'Undo'), run: () => void letIn(status) }
    toast(said, verb === 'remove' ? undo : undefined)
  } catch (error) {
    toast(explain(error))
  }
}

export const takeOut = (status: Status): Promise<void> =>
  judge(status, 'remove', t('replies.removed', 'The reply is out of your thread. Its author still has it.'))

export const letIn = (status: Status): Promise<void> =>
  judge(status, 'restore', t('replies.restored', 'The reply stands in your thread.'))

async function setPolicy(status: Status, path: string, body: Record<string, string>): Promise<void> {
  try {
    const fresh = await request<Status>('PUT', path, { body })
    changeStatus(status.id, (one) => ({ ...fresh, hamlet: { ...one.hamlet, reply: fresh.hamlet?.reply } }) as Status)
    toast(t('replies.changed', 'This holds from now on; what is there stays.'))
  } catch (error) {
    toast(explain(error))
  }
}

export const setReplyPolicy = (status: Status, reply_policy: ReplyPolicy): Promise<void> =>
  setPolicy(status, `/api/hamlet/v1/statuses/${status.id}/reply_policy`, { reply_policy })

export const setQuotePolicy = (status: Status, quote_approval_policy: QuotePolicy): Promise<void> =>
  setPolicy(status, `/api/v1/statuses/${status.id}/interaction_policy`, { quote_approval_policy })

/** Who began the thread that is on the screen, as far as it can be seen. */
export const threadOwner = signal<{ accountId: string; ids: ReadonlySet<string> } | undefined>(undefined)

/** For the menu of a reply in a thread that the reader began, where the thread is on the screen. */
export function replyItems(status: Status): MenuItem[] {
  const [mine, owner] = [me.value.id, threadOwner.value]
  if (owner?.accountId !== mine || !owner.ids.has(status.id) || status.account.id === mine) return []
  const now = statusOf(status.id).value ?? status
  return now.hamlet?.set_aside
    ? [{ label: t('replies.letIn', 'Let into my thread'), icon: 'check', run: () => void letIn(now) }]
    : [{ label: t('replies.takeOut', 'Remove from my thread'), icon: 'close', run: () => void takeOut(now) }]
}
