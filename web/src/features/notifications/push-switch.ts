import type { Alerts, PushPolicy, WebPushSubscription } from '@hamlet/contract/push'
import { ApiError, request } from '../../api/request.ts'
import { server } from '../../app/session.ts'

const PATH = '/api/v1/push/subscription'

/** Whether this browser can be woken, and may be. `install`: only once the app is on the screen, as on an iPhone. */
export type Ability = 'fine' | 'none' | 'install' | 'denied'

export function readAbility(): Ability {
  if (!('serviceWorker' in navigator)) return 'none'
  if (!('PushManager' in globalThis) || !('Notification' in globalThis))
    return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'none'
  return Notification.permission === 'denied' ? 'denied' : 'fine'
}

/** What this browser is woken for; undefined when it is not, here or at the server. */
export async function readSubscription(): Promise<WebPushSubscription | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const own = await registration?.pushManager?.getSubscription()
  if (!own) return undefined
  return request<WebPushSubscription>('GET', PATH).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  })
}

/** Asks the browser for leave, and tells the server where to reach it. Undefined when the person says no. */
export async function turnOn(alerts: Partial<Alerts>, policy: PushPolicy): Promise<WebPushSubscription | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const registration = await navigator.serviceWorker.ready
  const own = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: server.value.configuration.vapid.public_key,
  })
  const subscription = { ...own.toJSON(), standard: true }
  return request<WebPushSubscription>('POST', PATH, { body: { subscription, data: { alerts, policy } } })
}

export async function turnOff(): Promise<void> {
  await request('DELETE', PATH)
  const registration = await navigator.serviceWorker.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

export function changeWishes(alerts: Alerts, policy: PushPolicy): Promise<WebPushSubscription> {
  return request<WebPushSubscription>('PUT', PATH, { body: { data: { alerts, policy } } })
}

export async function sendTest(): Promise<void> {
  await request('POST', '/api/hamlet/v1/push/test', { body: {} })
}
