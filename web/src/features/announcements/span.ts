import type { Announcement } from '@hamlet/contract/announcement'
import { language, t } from '../../i18n/words.ts'

/** When it happens, what is announced: `12 Sep, 20:00 to 22:20`; whole days without hours. Nothing where there is no span. */
export function spanOf({
  starts_at,
  ends_at,
  all_day,
}: Pick<Announcement, 'starts_at' | 'ends_at' | 'all_day'>): string {
  if (starts_at === null || ends_at === null) return ''
  const day: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }
  const isOneDay = new Date(starts_at).toDateString() === new Date(ends_at).toDateString()
  // A whole day is that day for everybody, wherever they are.
  const write = (at: string, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language(), all_day ? { ...how, timeZone: 'UTC' } : how).format(new Date(at))
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  if (all_day) {
    const [from, to] = [write(starts_at, day), write(ends_at, day)]
    return from === to ? from : t('announcements.span', '{from} to {to}', { from, to })
  }
  const from = write(starts_at, { ...day, ...time })
  if (starts_at === ends_at) return from
  return t('announcements.span', '{from} to {to}', { from, to: write(ends_at, isOneDay ? time : { ...day, ...time }) })
}
