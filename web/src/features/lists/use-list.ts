import type { List } from '@hamlet/contract/list'
import { useEffect, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { keepList, lists, loadLists } from './lists-state.ts'
import { readList } from './acts.ts'

/** One list as it is now, with the way to ask again where it could not be read. */
export function useList(id: string): { list: List | undefined; fault: string; retry: () => void } {
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    const read = async () => {
      if (!lists.peek()) await loadLists()
      keepList(await readList(id))
    }
    read().catch((error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [id])
  return { list: lists.value?.find((one) => one.id === id), fault, retry: load }
}
