/** Not shared with the worker that it replaces: each is one script. */
const scope = self as unknown as ServiceWorkerGlobalScope

/** Stands in for the worker where an operator switched it off: takes over at once, clears what was kept, and goes. */
scope.addEventListener('install', () => void scope.skipWaiting())
scope.addEventListener('activate', (event) => event.waitUntil(leave()))

async function leave(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith('hamlet-'))
  await Promise.all(names.map((name) => caches.delete(name)))
  await scope.registration.unregister()
}
