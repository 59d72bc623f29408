import { scope } from './scope.ts'

type Action = { action: string; title: string }
type Payload = {
  notification_id: number
  notification_type: string
  preferred_locale?: string
  icon?: string
  title: string
  body: string
  hamlet?: { url: string; tag: string; account_id?: string; status_id?: string; actions: Action[] }
}
/** What a shown notification remembers. */
type Kept = { url: string; statusId: string | undefined; accountId: string | undefined }

const ICON = '/icon-192.png'
const BADGE = '/badge.png'

/** Shows a push. A browser wants one for each, so something is shown also when the words cannot be read. */
export async function showPush(data: PushMessageData | null): Promise<void> {
  const told = read(data)
  const { hamlet } = told
  const kept: Kept = {
    url: hamlet?.url ?? '/notifications',
    statusId: hamlet?.status_id,
    accountId: hamlet?.account_id,
  }
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
  const { url, statusId, accountId } = (notification.data ?? { url: '/notifications' }) as Kept
  if (action === 'favourite' && statusId) return favourite(statusId, url, accountId)
  await open(action === 'reply' && statusId ? `/share?reply=${statusId}` : url, accountId)
}

/** A browser may have several accounts: what is done is done as the one that was told (docs/decisions/0027). */
const as = (accountId: string | undefined): Record<string, string> =>
  accountId === undefined ? {} : { 'hamlet-account': accountId }

/** Done without a page; when it fails, the post is opened, where it can be done by hand. */
async function favourite(statusId: string, url: string, accountId: string | undefined): Promise<void> {
  const path = `/api/v1/statuses/${statusId}/favourite`
  const answer = await fetch(path, { method: 'POST', headers: as(accountId) }).catch(() => undefined)
  if (!answer?.ok) await open(url, accountId)
}

async function open(url: string, accountId: string | undefined): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window' })
  const page = pages.find((one) => one.visibilityState === 'visible') ?? pages[0]
  if (!page) {
    if (accountId !== undefined) {
      const body = new URLSearchParams({ account: accountId })
      await fetch('/switch', { method: 'POST', body, redirect: 'manual' }).catch(() => undefined)
    }
    return void (await scope.clients.openWindow(url))
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a client of a worker is of its own origin
  page.postMessage({ kind: 'open', url, accountId })
  await page.focus()
}

async function tellPages(message: { kind: string; type: string }): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a client of a worker is of its own origin
  for (const page of await scope.clients.matchAll({ type: 'window' })) page.postMessage(message)
}

const PATH = '/api/v1/push/subscription'

/** A browser gave a subscription a new address: the server is told, and what is wanted stays. */
export async function renewSubscription(old: PushSubscription | null): Promise<void> {
  const answer = await fetch('/api/hamlet/v1/sessions/accounts')
  if (!answer.ok || !old) return
  for (const { id } of (await answer.json()) as { id: string }[]) {
    // oxlint-disable-next-line no-await-in-loop -- all of them share one address, which is made once
    const known = await fetch(PATH, { headers: as(id) })
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (known.ok) await renew(id, old, (await known.json()) as Wanted)
  }
}

type Wanted = { alerts: unknown; policy: string }

async function renew(accountId: string, old: PushSubscription, { alerts, policy }: Wanted): Promise<void> {
  const fresh = await scope.registration.pushManager.subscribe(old.options)
  const subscription = { ...fresh.toJSON(), standard: true }
  await fetch(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...as(accountId) },
    body: JSON.stringify({ subscription, data: { alerts, policy } }),
  })
}
