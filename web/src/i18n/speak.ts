import { catalogues } from 'virtual:messages'
import { formatsOf, i18n } from './words.ts'

export const SOURCE = 'en'

/** The first of the wanted languages that there is, by its whole tag or by its language alone; English otherwise. */
export function chooseLanguage(wanted: readonly string[], known: readonly string[]): string {
  const there = new Map([SOURCE, ...known].map((one) => [one.toLowerCase(), one]))
  for (const tag of wanted) {
    const lower = tag.toLowerCase()
    const found = there.get(lower) ?? there.get(lower.split('-')[0] ?? lower)
    if (found) return found
  }
  return SOURCE
}

const fromRight = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ckb', 'ug', 'ps', 'sd', 'dv'])

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return fromRight.has(language.split('-')[0] ?? language) ? 'rtl' : 'ltr'
}

/** Loads the words of a reader's language and speaks it from here on. Done before anything is drawn. */
export async function speak(wanted: readonly string[]): Promise<void> {
  const language = chooseLanguage(wanted, Object.keys(catalogues))
  const load = catalogues[language]
  if (load) i18n.load(language, (await load()).messages)
  i18n.activate(language, formatsOf(language))
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}
