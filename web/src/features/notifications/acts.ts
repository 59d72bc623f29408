import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

const undo = () => t('notify.undo', 'Undo')

/** Says what was done, and how to take it back; a no is said in the server's words. */
async function act(run: () => Promise<unknown>, said: string, back?: () => Promise<unknown>): Promise<boolean> {
  try {
    await run()
    const takeBack = () => void back?.().catch((error: unknown) => toast(explain(error)))
    toast(said, back ? { label: undo(), run: takeBack } : undefined)
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

const post = (path: string, body: unknown = {}) => request('POST', path, { body })

/** Rests from a post; what happens meanwhile is one row. */
export function pausePost(statusId: string, durationS: number): Promise<boolean> {
  const path = `/api/hamlet/v1/statuses/${statusId}/notifications/pause`
  return act(
    () => post(path, { duration: durationS }),
    t('notify.paused', 'This post is quiet now. People you follow still reach you.'),
    () => post(path, { duration: 0 }),
  )
}

export function resumePost(statusId: string): Promise<boolean> {
  const path = `/api/hamlet/v1/statuses/${statusId}/notifications/pause`
  return act(() => post(path, { duration: 0 }), t('notify.resumed', 'You hear of this post again.'))
}

export function muteThread(status: Status): Promise<boolean> {
  const path = `/api/v1/statuses/${status.id}`
  return act(
    () => post(`${path}/mute`),
    t('notify.threadMuted', 'You hear no more of this thread.'),
    () => post(`${path}/unmute`),
  )
}

export function mutePerson(account: Account): Promise<boolean> {
  const path = `/api/v1/accounts/${account.id}`
  const name = account.display_name || account.username
  return act(
    () => post(`${path}/mute`),
    t('notify.personMuted', '{name} is muted.', { name }),
    () => post(`${path}/unmute`),
  )
}
