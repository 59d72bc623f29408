import { signal } from '@preact/signals'

/** How posts are read: what is opened and covered by itself. Kept on the device, so that the first draw is right. */
export type Reading = { expandWarnings: boolean; media: 'default' | 'show_all' | 'hide_all' }

export const usualReading: Reading = { expandWarnings: false, media: 'default' }
/** Where the device keeps it, for whoever used it last. */
export const READING_KEPT = 'hamlet-reading'

function read(): Reading {
  try {
    return { ...usualReading, ...(JSON.parse(localStorage.getItem(READING_KEPT) ?? '{}') as Partial<Reading>) }
  } catch {
    return usualReading
  }
}

export const reading = signal<Reading>(read())

export function changeReading(change: Partial<Reading>): void {
  reading.value = { ...reading.value, ...change }
  localStorage.setItem(READING_KEPT, JSON.stringify(reading.value))
}

/** Whether media is covered until it is asked for, by what its post says of it. */
export function isCovered(isSensitive: boolean): boolean {
  const { media } = reading.value
  return media === 'default' ? isSensitive : media === 'hide_all'
}
