import type { Account } from '@hamlet/contract/account'
import type { Tag } from '@hamlet/contract/search'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'

const PAUSE_MS = 200
const MOST = 4
export type Fitting = { people: readonly Account[]; tags: readonly Tag[] }
const none: Fitting = { people: [], tags: [] }

/** People and hashtags that begin with a text, asked for a moment after its last letter. What fails proposes nothing. */
export function useFitting(text: string): Fitting {
  const [found, setFound] = useState<Fitting>(none)
  useEffect(() => {
    if (text === '') return setFound(none)
    const abort = new AbortController()
    const ask = async () => {
      const [people, tags] = await Promise.all([
        text.startsWith('#') ? [] : findPeople(text, abort.signal),
        text.startsWith('@') ? [] : findTags(text, abort.signal),
      ])
      if (!abort.signal.aborted) setFound({ people, tags })
    }
    const timer = setTimeout(() => void ask().catch(() => setFound(none)), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text])
  return found
}

function findPeople(text: string, signal: AbortSignal): Promise<Account[]> {
  const query = new URLSearchParams({ q: text, limit: String(MOST) })
  return request<Account[]>('GET', `/api/v1/accounts/search?${query.toString()}`, { signal })
}

async function findTags(text: string, signal: AbortSignal): Promise<Tag[]> {
  const query = new URLSearchParams({ q: text, type: 'hashtags', limit: String(MOST) })
  const found = await request<{ hashtags: Tag[] }>('GET', `/api/v2/search?${query.toString()}`, { signal })
  return found.hashtags
}
