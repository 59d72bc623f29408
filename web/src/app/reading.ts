import type { WarningRule } from '@hamlet/contract/account-settings'
import { signal } from '@preact/signals'
import { look } from './look.ts'

/** How posts are read: what is opened and covered by itself. Kept on the device, so that the first draw is right. */
export type Reading = {
  expandWarnings: boolean
  /** What becomes of posts by what they warn of. */
  warningRules: WarningRule[]
  media: 'default' | 'show_all' | 'hide_all'
  /** Whether pictures of posts wait until they are asked for. */
  dataSaver: 'off' | 'auto' | 'on'
  /** Whether what moves begins by itself. */
  autoplay: 'never' | 'wifi' | 'always'
  /** Whether letters by themselves do anything. */
  singleKeys: boolean
  /** Other keys than the usual, by the name of what they do; none silences it. */
  keys: Record<string, string[]>
  /** How much a screen reader says of a post by itself. */
  spoken: 'short' | 'normal' | 'full'
  /** Whether the numbers under posts of others are shown. */
  counts: 'show' | 'hide'
  times: 'relative' | 'absolute'
  /** Of which languages public timelines show posts, which the server does; none stands for all. */
  chosenLanguages: string[]
}

export const usualReading: Reading = {
  expandWarnings: false,
  warningRules: [],
  media: 'default',
  dataSaver: 'auto',
  autoplay: 'never',
  singleKeys: true,
  keys: {},
  spoken: 'normal',
  counts: 'show',
  times: 'relative',
  chosenLanguages: [],
}
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

type Connection = { saveData?: boolean; type?: string }

const connectionOf = () => (navigator as Navigator & { connection?: Connection }).connection

/** Whether pictures wait: by choice, or because the device saves data or is on a mobile network and says so. */
export function savesData(): boolean {
  const { dataSaver } = reading.value
  if (dataSaver !== 'auto') return dataSaver === 'on'
  const connection = connectionOf()
  return connection?.saveData === true || connection?.type === 'cellular'
}

/** Whether the reader wants things to stand still: by their system, or by their look. */
export function wantsStillness(): boolean {
  return look.value.motion === 'less' || matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Whether what moves begins by itself: never where data is saved, or where things are to stand still. */
export function playsByItself(): boolean {
  const { autoplay } = reading.value
  if (autoplay === 'never' || savesData() || wantsStillness()) return false
  if (autoplay === 'always') return true
  const type = connectionOf()?.type
  // Most browsers say nothing of the network: what has a mouse is no phone on a mobile one.
  return type === undefined ? matchMedia('(pointer: fine)').matches : type === 'wifi' || type === 'ethernet'
}

/** Whether the numbers under a post are shown to this reader: one's own always are. */
export function showsCounts(isOwn: boolean): boolean {
  return isOwn || reading.value.counts === 'show'
}
