import { signal } from '@preact/signals'

/** Whether there is a way to the server, as far as the last call or the browser knows. */
export const isOffline = signal(false)
/** When what is shown was kept (milliseconds since 1970); undefined while it comes from the server. */
export const readFrom = signal<number | undefined>(undefined)

/** Follows the browser's own word. What it says of being online is a hope; the next call knows. */
export function watchNetwork(): void {
  addEventListener('offline', () => (isOffline.value = true))
  addEventListener('online', () => {
    isOffline.value = false
    readFrom.value = undefined
  })
}
