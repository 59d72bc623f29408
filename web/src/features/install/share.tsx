import type { Status } from '@hamlet/contract/status'
import { useEffect } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { navigate, place } from '../../app/router.ts'
import { Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { openComposer } from '../statuses/composer-state.ts'

/** What another app shares: its title, its words and its address, each once. */
export function readShared(query: URLSearchParams): string {
  const parts = ['title', 'text', 'url'].map((name) => query.get(name)?.trim() ?? '')
  return parts
    .filter((part, at) => part !== '' && !parts.some((other, by) => by !== at && contains(other, part, by < at)))
    .join('\n')
}

/** Many apps put the address into the words, or the title; of two that are equal the first stays. */
function contains(other: string, part: string, isBefore: boolean): boolean {
  return other === part ? isBefore : other.includes(part)
}

/** Opens the composer with what was shared, or as an answer, over home. */
export function SharePage() {
  useEffect(() => {
    const { query } = place.peek()
    const reply = query.get('reply')
    navigate('/home', { replace: true })
    if (reply === null) openComposer({ text: readShared(query) })
    else void answer(reply)
  }, [])
  return <Skeleton />
}

async function answer(id: string): Promise<void> {
  try {
    openComposer({ replyTo: await request<Status>('GET', `/api/v1/statuses/${encodeURIComponent(id)}`) })
  } catch (error) {
    toast(explain(error))
  }
}
