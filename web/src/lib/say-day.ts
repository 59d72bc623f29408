import { formats } from '../i18n/words.ts'

/** A day as it is said, wherever the reader lives: it is no moment. */
export const sayDay = (day: string) =>
  new Intl.DateTimeFormat(formats(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
