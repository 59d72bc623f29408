import { openPush, renewSubscription, showPush } from './push.ts'
import { serveKept, type Quota } from './quota.ts'
import { CHUNKS, PICTURES, scope } from './scope.ts'
import { dropOldShells, keepShell, openPage, openShellFile } from './shell.ts'

/** 60 MB together (web-spec 10): faces and emoji, and no large pictures. */
const pictures: Quota = { name: PICTURES, most: 400, maxBytes: 150_000 }
const chunks: Quota = { name: CHUNKS, most: 120, maxBytes: 300_000 }

scope.addEventListener('install', (event) => event.waitUntil(keepShell()))
scope.addEventListener('activate', (event) => event.waitUntil(dropOldShells().then(() => scope.clients.claim())))

/** A new version waits until the reader lets it in: what is being written is not lost to a reload. */
scope.addEventListener('message', (event) => {
  if ((event.data as { kind?: string } | null)?.kind === 'activate') void scope.skipWaiting()
})

scope.addEventListener('fetch', (event) => {
  const answer = answerOf(event)
  if (answer) event.respondWith(answer)
})

/** Pages, the app's own files and small pictures; undefined leaves the request alone, as it leaves every call of the API. */
function answerOf(event: FetchEvent): Promise<Response> | undefined {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return undefined
  if (request.mode === 'navigate') return isOfApp(url.pathname) ? openPage(request) : undefined
  if (scope.SHELL.files.includes(url.pathname)) return openShellFile(request)
  const later = (work: Promise<unknown>) => event.waitUntil(work)
  if (url.pathname.startsWith('/assets/')) return serveKept(request, chunks, later)
  if (request.destination === 'image' && url.pathname.startsWith('/media/')) return serveKept(request, pictures, later)
  return undefined
}

/** Forms, files and documents belong to the server alone. */
function isOfApp(path: string): boolean {
  return !/^\/(api|oauth|media|assets|ap|nodeinfo|\.well-known|set-up|confirm|password|sign-)/.test(path)
}

scope.addEventListener('push', (event) => event.waitUntil(showPush(event.data)))
scope.addEventListener('notificationclick', (event) => event.waitUntil(openPush(event.notification, event.action)))
scope.addEventListener('pushsubscriptionchange', (event) => {
  const change = event as ExtendableEvent & { oldSubscription?: PushSubscription | null }
  change.waitUntil(renewSubscription(change.oldSubscription ?? null))
})
