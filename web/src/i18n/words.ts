import { setupI18n } from '@lingui/core'
import type { ComponentChildren } from 'preact'

/**
 * Every word that the page says. The English stands beside the code that shows it, and is the source of the catalogues
 * in `locales/`; a build turns it into the compiled form, so that no parser is shipped (`web/messages.ts`).
 */
export const i18n = setupI18n({ locale: 'en', messages: { en: {} } })

export type Values = Record<string, string | number>

/**
 * The words of an id in the reader's language.
 * @param id `room.what`, once for one English text.
 * @param english ICU MessageFormat, a literal: `'{n, plural, one {# new post} other {# new posts}}'`.
 */
export function t(id: string, english: string, values?: Values): string {
  return i18n._(id, values, { message: english })
}

/** Stands in a message for what is drawn; a private character, so that no translation holds it. */
const MARK = '\uE000'

/** Words around something that is drawn: a name in its own direction, a link, a button. */
export function rich(id: string, english: string, values: Record<string, ComponentChildren>): ComponentChildren {
  const names = Object.keys(values)
  const marked: Values = {}
  for (const [index, name] of names.entries()) {
    const value = values[name]
    marked[name] = typeof value === 'number' ? value : `${MARK}${index}${MARK}`
  }
  return i18n
    ._(id, marked, { message: english })
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part : values[names[Number(part)] ?? '']))
}

/** The language that is spoken, as a BCP 47 tag. */
export function language(): string {
  return i18n.locale
}

/** How numbers and dates are written in a language: Arabic has digits of its own. */
export function formatsOf(spoken: string): string {
  return spoken === 'ar' ? 'ar-u-nu-arab' : spoken
}

/** The language that is spoken, for Intl. */
export function formats(): string {
  return formatsOf(i18n.locale)
}

/** A number as the reader writes it. */
export function amount(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(formats(), options).format(value)
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** A moment as the reader writes it, by the clock of UTC; whoever reads English reads the day before the month. */
export function dateInWords(iso: string, options: Intl.DateTimeFormatOptions): string {
  const tongue = i18n.locale === 'en' ? 'en-GB' : formats()
  const key = tongue + JSON.stringify(options)
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(tongue, { ...options, timeZone: 'UTC' })
  dateFormats.set(key, format)
  return format.format(new Date(iso))
}

/** Names in a row as the reader lists them: `Ana, Bo and Cem`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(i18n.locale).format(names)
}
