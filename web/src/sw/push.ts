import { scope } from './scope.ts'

type Action = { action: string; title: string }
type Payload = {
  notification_id: number
  notification_type: string
  preferred_locale?: string
  icon?: string
  title: string
  body: string
  hamlet?: { url: string; tag: string; status_id?: string; actions: Action[] }
}
/** What a shown notification remembers. */
type Kept = { url: string; statusId: string | undefined }

const ICON = '/icon-192.png'
const BADGE = '/badge.png'

/** Shows a push. A browser wants one for each, so something is shown also when the words cannot be read. */
export async function showPush(data: PushMessageData | null): Promise<void> {
  const told = read(data)
  const { hamlet } = told
  const kept: Kept = { url: hamlet?.url ?? '/notifications', statusId: hamlet?.status_id }
  const options = {
    body: told.body,
    icon: told.icon ?? ICON,
    badge: BADGE,
    tag: hamlet?.tag ?? `n${told.notification_id}`,
    lang: told.preferred_locale ?? '',
    dir: 'auto' as const,
    actions: hamlet?.actions ?? [],
    data: kept,
  }
  await scope.registration.showNotification(told.title, options)
  await tellPages({ kind: 'pushed', type: told.notification_type })
  await navigator.setAppBadge?.()
}

function read(data: PushMessageData | null): Payload {
  try {
    const told = data?.json() as Payload
    if (typeof told.title === 'string') return told
  } catch {
    // A push that is not ours: the name of the app stands for it.
  }
  return { notification_id: 0, notification_type: 'unknown', title: 'Hamlet', body: '' }
}

/** Opens exactly what was told, in a page that is open already or in a new one. */
export async function openPush(notification: Notification, action: string): Promise<void> {
  notification.close()
  const { url, statusId } = (notification.data ?? { url: '/notifications' }) as Kept
  if (action === 'favourite' && statusId) return favourite(statusId, url)
  await open(action === 'reply' && statusId ? `/share?reply=${statusId}` : url)
}

/** Done without a page; when it fails, the post is opened, where it can be done by hand. */
async function favourite(statusId: string, url: string): Promise<void> {
  const answer = await fetch(`/api/v1/statuses/${statusId}/favourite`, { method: 'POST' }).catch(() => undefined)
  if (!answer?.ok) await open(url)
}

async function open(url: string): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window' })
  const page = pages.find((one) => one.visibilityState === 'visible') ?? pages[0]
  if (!page) return void (await scope.clients.openWindow(url))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a client of a worker is of its own origin
  page.postMessage({ kind: 'open', url })
  await page.focus()
}

async function tellPages(message: { kind: string; type: string }): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a client of a worker is of its own origin
  for (const page of await scope.clients.matchAll({ type: 'window' })) page.postMessage(message)
}

const PATH = '/api/v1/push/subscription'

/** A browser gave a subscription a new address: the server is told, and what is wanted stays. */
export async function renewSubscription(old: PushSubscription | null): Promise<void> {
  const known = await fetch(PATH)
  if (!known.ok || !old) return
  const { alerts, policy } = (await known.json()) as { alerts: unknown; policy: string }
  const fresh = await scope.registration.pushManager.subscribe(old.options)
  const subscription = { ...fresh.toJSON(), standard: true }
  await fetch(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ subscription, data: { alerts, policy } }),
  })
}
