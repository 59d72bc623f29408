import type { Conversation } from '@hamlet/contract/conversation'
import { explain, request } from '../../api/request.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { loadUnreadThreads } from './badge.tsx'
import { takeThread, threads, titleOf } from './threads.ts'

/** As long as the words about it stand there. */
const UNDO_MS = 6_000

/** Takes a thread off the list at once, and from the server when nobody has thought better of it (web-spec I-2). */
export function putAway(thread: Conversation): void {
  threads.remove((one) => one.id === thread.id)
  navigate('/mentions')
  const remove = async () => {
    removeEventListener('pagehide', leave)
    try {
      await request('DELETE', `/api/v1/conversations/${thread.id}`)
      await loadUnreadThreads()
    } catch (error) {
      takeThread(thread)
      toast(explain(error))
    }
  }
  const timer = setTimeout(() => void remove(), UNDO_MS)
  // Whoever leaves the page meanwhile has decided.
  const leave = () => {
    clearTimeout(timer)
    void remove()
  }
  addEventListener('pagehide', leave)
  toast(t('direct-threads.away', 'The conversation with {names} is put away.', { names: titleOf(thread) }), {
    label: t('direct-threads.undo', 'Undo'),
    run: () => {
      clearTimeout(timer)
      removeEventListener('pagehide', leave)
      takeThread(thread)
    },
  })
}
