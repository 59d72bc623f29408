import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { dropStatus } from '../../api/store.ts'
import { toast } from '../../ui/toast.tsx'
import { openComposer } from './composer-state.ts'

/** Deletes a post of one's own and opens its words and pictures to be written anew. */
export async function redraftStatus(status: Status): Promise<void> {
  try {
    const gone = await request<Status>('DELETE', `/api/v1/statuses/${status.id}`)
    dropStatus(status.id)
    openComposer({ redraft: { ...status, ...gone } })
  } catch (error) {
    toast(explain(error))
  }
}
