import { amount, formats, t } from '../../i18n/words.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes as their reader writes them, in the largest unit that leaves a whole number. */
export function sayBytes(bytes: number): string {
  const place = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const size = bytes / 1000 ** place
  return amount(size, {
    style: 'unit',
    unit: UNITS[place] ?? 'byte',
    maximumFractionDigits: size < 10 && place > 0 ? 1 : 0,
  })
}

/** A length of time in its largest unit that fits twice: 90 minutes, 3 hours, 8 months. */
export function saySpan(seconds: number, display: 'long' | 'short' = 'long'): string {
  const units = [
    ['month', 30 * 86_400],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  const [unit, length] = units.find((one) => seconds >= 2 * one[1]) ?? ['second', 1]
  return amount(Math.round(seconds / length), { style: 'unit', unit, unitDisplay: display })
}

export const sayPercent = (part: number) => amount(part, { style: 'percent', maximumFractionDigits: 1 })

export const sayMonth = (at: string) =>
  new Intl.DateTimeFormat(formats(), { month: 'long', year: 'numeric' }).format(Date.parse(at))

/** What needs a look, in words, and what to do about it. */
export function sayConcern({ name, count = 0 }: { name: string; count?: number }): string {
  const n = count
  switch (name) {
    case 'disk':
      return t('admin.diskFull', 'The disk is {percent} full. Make room, or nothing more can be kept.', {
        percent: sayPercent(n / 100),
      })
    case 'disk-soon':
      return t('admin.diskSoon', 'The disk will be full in about {n, plural, one {# day} other {# days}}.', { n })
    case 'late':
      return t('admin.late', 'Work waits for {span}. Look at what keeps it.', { span: saySpan(n) })
    case 'failed':
      return t('admin.failed', '{n, plural, one {# job was} other {# jobs were}} given up since yesterday.', { n })
    case 'deliveries':
      return t('admin.lost', 'Only {percent} of what was sent arrived.', { percent: sayPercent(n / 100) })
    case 'mail':
      return t('admin.noMail', 'No mail can be sent: nobody can confirm an address or get a new password.')
    default:
      return name
  }
}
