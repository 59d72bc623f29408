import { signal } from '@preact/signals'
import { forgetKept } from '../../api/kept.ts'
import { watchNetwork } from '../../api/network.ts'
import { LOOK_KEPT } from '../../app/look.ts'
import { BYTES_KEPT } from '../../app/meter.ts'
import { READING_KEPT } from '../../app/reading.ts'
import { navigate } from '../../app/router.ts'
import { me } from '../../app/session.ts'

/** A newer version waits to be let in. */
export const waiting = signal<ServiceWorker | null>(null)
/** The type of the last push that this browser showed while a page was open. */
export const lastPushed = signal<string | undefined>(undefined)

/** Starts the service worker, once the page has nothing better to do; a browser without one misses nothing else. */
export function startWorker(): void {
  watchNetwork()
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', hear)
  const register = () => void navigator.serviceWorker.register(workerUrl()).then(watch, () => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(register)
  else setTimeout(register, 1)
}

/**
 * The one address of a script that this page may name in its code: with Trusted Types (W3C) the browser refuses every
 * other, and every text that would become markup.
 */
function workerUrl(): string {
  const url = '/sw.js'
  const policy = window.trustedTypes?.createPolicy('hamlet', { createScriptURL: () => url })
  return (policy?.createScriptURL(url) ?? url) as string
}

type Told = { kind?: string; url?: string; type?: string; accountId?: string | undefined }

function hear({ data }: MessageEvent<Told | null>): void {
  if (data?.kind === 'open' && data.url?.startsWith('/')) void openAs(data.url, data.accountId)
  if (data?.kind === 'pushed') lastPushed.value = data.type
}

/** What was pushed to another account of this browser is opened as that account. */
async function openAs(url: string, accountId: string | undefined): Promise<void> {
  if (accountId === undefined || accountId === me.value.id) return navigate(url)
  const { all, loadAccounts } = await import('../accounts/others.ts')
  await loadAccounts()
  const own = all.value.find(({ account }) => account.id === accountId)
  if (own) await (await import('../accounts/switch.ts')).switchTo(own, url)
}

/** The first worker of a browser takes over by itself; one that replaces another waits for the reader. */
function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    if (navigator.serviceWorker.controller) waiting.value = registration.waiting
  }
  offer()
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed') offer()
    })
  })
}

/** Lets the waiting version in, and loads the page again under it. */
export function letIn(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.value?.postMessage({ kind: 'activate' })
}

/** Before signing out: whoever comes after reads nothing of it, and is woken for nothing. */
export async function forgetBrowser(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  // Signing out goes on whatever a browser refuses.
  await Promise.allSettled([subscription?.unsubscribe(), forgetRead()])
}

/** Before another account is used: nothing that this one has read stays, neither posts nor faces nor how pages look. */
export async function forgetRead(): Promise<void> {
  const leavings: (() => Promise<unknown> | undefined)[] = [
    forgetKept,
    () => globalThis.caches?.delete('hamlet-pictures'),
    () => navigator.clearAppBadge?.(),
    async () => forgetChoices(),
  ]
  await Promise.allSettled(leavings.map(async (leave) => leave()))
}

/** What a person chose follows them by the server; the device keeps the copy of whoever uses it. */
function forgetChoices(): void {
  for (const name of [LOOK_KEPT, READING_KEPT]) localStorage.removeItem(name)
  // How much was loaded stays counted; which pictures were not says what was read.
  sessionStorage.removeItem(BYTES_KEPT)
}
