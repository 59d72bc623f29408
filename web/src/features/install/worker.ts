import { signal } from '@preact/signals'
import { forgetKept } from '../../api/kept.ts'
import { watchNetwork } from '../../api/network.ts'
import { navigate } from '../../app/router.ts'

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

function hear({ data }: MessageEvent<{ kind?: string; url?: string; type?: string } | null>): void {
  if (data?.kind === 'open' && data.url?.startsWith('/')) navigate(data.url)
  if (data?.kind === 'pushed') lastPushed.value = data.type
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
  const leavings: (() => Promise<unknown> | undefined)[] = [
    () => subscription?.unsubscribe(),
    forgetKept,
    () => globalThis.caches?.delete('hamlet-pictures'),
    () => navigator.clearAppBadge?.(),
  ]
  // Signing out goes on whatever a browser refuses.
  await Promise.allSettled(leavings.map(async (leave) => leave()))
}
