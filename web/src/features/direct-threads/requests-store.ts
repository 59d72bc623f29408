import type { NotificationRequest } from '@hamlet/contract/notification'
import { signal } from '@preact/signals'
import { explain, request } from '../../api/request.ts'
import { keepStatus } from '../../api/store.ts'
import { toast } from '../../ui/toast.tsx'

/** Strangers who wrote privately and wait to be let in. */
export const requests = signal<NotificationRequest[]>([])

export async function loadRequests(): Promise<void> {
  const found = await request<NotificationRequest[]>('GET', '/api/v1/notifications/requests?limit=80').catch(() => [])
  for (const { last_status: last } of found) if (last) keepStatus(last)
  requests.value = found.filter((one) => one.last_status?.visibility === 'direct')
}

/** Gone at once; when the answer fails, it stands there again. True when it was taken. */
export async function answerRequest(asked: NotificationRequest, verb: 'accept' | 'dismiss'): Promise<boolean> {
  const before = requests.value
  requests.value = before.filter((one) => one.id !== asked.id)
  try {
    await request('POST', `/api/v1/notifications/requests/${asked.id}/${verb}`)
    return true
  } catch (error) {
    requests.value = before
    toast(explain(error))
    return false
  }
}
