import { signal } from '@preact/signals'
import { reading } from '../app/reading.ts'
import { formats, language, t } from '../i18n/words.ts'

/** Ticks once a minute, so that distances stay true while a page is open. */
const now = signal(Date.now())
setInterval(() => (now.value = Date.now()), 60_000)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const made = new Map<string, Intl.DateTimeFormat>()

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = language() + JSON.stringify(options)
  const known = made.get(key) ?? new Intl.DateTimeFormat(formats(), options)
  made.set(key, known)
  return known.format(at)
}

/** `now`, `4 min`, `2 h`, `Mon`, `12 Sep`, `12 Sep 2024`. */
export function distance(at: number, from: number): string {
  const ago = from - at
  if (ago < MINUTE) return t('ui.now', 'now')
  if (ago < HOUR) return t('ui.minutes', '{n, number} min', { n: Math.floor(ago / MINUTE) })
  if (ago < DAY) return t('ui.hours', '{n, number} h', { n: Math.floor(ago / HOUR) })
  if (ago < 6 * DAY) return format(at, { weekday: 'short' })
  const isThisYear = new Date(at).getFullYear() === new Date(from).getFullYear()
  return format(at, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) })
}

/** `today, 07:40`, `Tuesday 09:12`, `12 Sep, 09:12`, of what was and of what is to come. */
export function moment(iso: string, from: number = Date.now()): string {
  const at = Date.parse(iso)
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  if (new Date(at).toDateString() === new Date(from).toDateString())
    return t('ui.today', 'today, {time}', { time: format(at, time) })
  // A day of the week is one of those around now, not one in three weeks.
  if (Math.abs(from - at) < 6 * DAY) return format(at, { weekday: 'long', ...time })
  return format(at, { day: 'numeric', month: 'short', ...time })
}

/** A moment that may lie far ahead: `28 Nov 2026, 09:12`. */
export const date = (iso: string): string => format(Date.parse(iso), { dateStyle: 'medium', timeStyle: 'short' })

const full = (at: number) => format(at, { dateStyle: 'full', timeStyle: 'short' })

export function Ago({ at }: { at: string }) {
  const time = Date.parse(at)
  return (
    <time dateTime={at} title={full(time)}>
      {reading.value.times === 'absolute' ? moment(at, now.value) : distance(time, now.value)}
    </time>
  )
}

export function FullTime({ at }: { at: string }) {
  return <time dateTime={at}>{full(Date.parse(at))}</time>
}

/** To the minute, as short as it can be said; the whole of it at a touch. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={full(Date.parse(at))}>
      {moment(at, now.value)}
    </time>
  )
}
