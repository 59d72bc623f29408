import type { AsyncRefresh, Context, Status, ThreadFetch } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { explain, OFFLINE, request } from '../../../api/request.ts'
import { dropStatus, keepStatus, statusOf } from '../../../api/store.ts'
import { hearStream } from '../../../api/stream.ts'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { fetchStatus } from '../acts.ts'
import { written } from '../composer-state.ts'
import { threadOwner } from '../replies/acts.ts'

export type Thread = { ancestors: Status[]; replies: Status[]; setAside: number }

/** How often the errand for the rest is looked after, in milliseconds. */
const LOOK_MS = 2000

/** A thread as it is read, and the errand for what is missing of it. */
export function makeThread(id: string) {
  const thread = signal<Thread>({ ancestors: [], replies: [], setAside: 0 })
  const state = signal<'loading' | 'there' | 'gone' | 'failed'>(statusOf(id).peek() ? 'there' : 'loading')
  const fault = signal('')
  const fetched = signal<ThreadFetch | undefined>(undefined)
  let timer: ReturnType<typeof setTimeout> | undefined

  const read = async (query = '') => {
    const context = await request<Context>('GET', `/api/v1/statuses/${id}/context${query}`)
    for (const status of [...context.ancestors, ...context.descendants]) keepStatus(status)
    const { ancestors, descendants: replies } = context
    thread.value = { ancestors, replies, setAside: context.hamlet?.set_aside ?? 0 }
    noteOwner(id, thread.value)
    fetched.value = context.hamlet?.thread_fetch
    look(context.hamlet?.thread_fetch)
  }
  /** While the errand runs, what came is shown as it comes. */
  const look = (errand: ThreadFetch | undefined) => {
    clearTimeout(timer)
    if (errand?.status !== 'running') return
    timer = setTimeout(() => void lookAgain(errand), LOOK_MS)
  }
  const lookAgain = async (before: ThreadFetch) => {
    try {
      const { hamlet } = await request<AsyncRefresh>('GET', `/api/v1_alpha/async_refreshes/${before.id}`)
      const now = hamlet.thread_fetch
      if (now.status === 'finished' || now.found > before.found) return await read()
      fetched.value = now
      look(now)
    } catch {
      // The page stays as it is; opening it again asks again.
      fetched.value = { ...before, status: 'finished' }
    }
  }
  const load = async () => {
    try {
      await Promise.all([fetchStatus(id), read()])
      state.value = 'there'
    } catch (error) {
      fault.value = explain(error)
      const status = (error as { status?: number }).status ?? OFFLINE
      state.value = status === 404 ? 'gone' : 'failed'
    }
  }
  const fetchRest = async () => {
    try {
      await read('?fetch=true')
      if (fetched.peek()?.status === 'finished')
        toast(t('thread.askedJustNow', 'It was asked a moment ago. Try again in a minute.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  return { thread, state, fault, fetched, load, fetchRest, stop: () => clearTimeout(timer) }
}

/** Who began the thread is known when its beginning is on the screen. */
function noteOwner(id: string, { ancestors, replies }: Thread): void {
  const first = ancestors[0] ?? statusOf(id).peek()
  const ids = new Set([id, ...ancestors.map((one) => one.id), ...replies.map((one) => one.id)])
  threadOwner.value = first && !first.in_reply_to_id ? { accountId: first.account.id, ids } : undefined
}

/** The thread of a post, kept up with what happens while it is on the screen. */
export function useThread(id: string) {
  const made = useMemo(() => makeThread(id), [id])
  useEffect(() => {
    void made.load()
    const deaf = hearStream({ stream: 'user' }, (event) => {
      if (event.event === 'delete') dropStatus(event.payload)
      if (event.event === 'update' || event.event === 'notification') void made.load()
    })
    return () => {
      deaf()
      made.stop()
      threadOwner.value = undefined
    }
  }, [id])
  const own = written.value
  useEffect(() => {
    if (own?.in_reply_to_id) void made.load()
  }, [own])
  return made
}
