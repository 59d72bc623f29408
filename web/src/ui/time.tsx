import { signal } from '@preact/signals'

/** Ticks once a minute, so that distances stay true while a page is open. */
const now = signal(Date.now())
setInterval(() => (now.value = Date.now()), 60_000)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })

/** `now`, `4 min`, `2 h`, `Mon`, `12 Sep`, `12 Sep 2024`. */
export function distance(at: number, from: number): string {
  const ago = from - at
  if (ago < MINUTE) return 'now'
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min`
  if (ago < DAY) return `${Math.floor(ago / HOUR)} h`
  if (ago < 6 * DAY) return weekday.format(at)
  return new Date(at).getFullYear() === new Date(from).getFullYear() ? day.format(at) : year.format(at)
}

export function Ago({ at }: { at: string }) {
  const time = Date.parse(at)
  return (
    <time dateTime={at} title={full.format(time)}>
      {distance(time, now.value)}
    </time>
  )
}

export function FullTime({ at }: { at: string }) {
  return <time dateTime={at}>{full.format(Date.parse(at))}</time>
}
