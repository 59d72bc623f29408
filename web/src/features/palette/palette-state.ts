import { signal } from '@preact/signals'

/** What is open above the page: the palette, with the post that had the focus, or the list of keys. */
export type Above = { kind: 'palette'; statusId: string | undefined } | { kind: 'keys' }
export const above = signal<Above | undefined>(undefined)

export function openPalette(statusId?: string): void {
  above.value = { kind: 'palette', statusId }
}

export function openKeys(): void {
  above.value = { kind: 'keys' }
}

export function closeAbove(): void {
  above.value = undefined
}
