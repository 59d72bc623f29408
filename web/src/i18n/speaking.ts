import { catalogues } from 'virtual:messages'
import { chooseLanguage, SOURCE } from './speak.ts'
import { formatsOf, i18n } from './words.ts'

const loads = new Map<string, Promise<void>>()

async function load(language: string): Promise<void> {
  const catalogue = await catalogues[language]?.()
  if (catalogue) i18n.load(language, catalogue.messages)
}

/**
 * Says something on the server, in the first of the wanted languages that there is; gives what was said. A catalogue is
 * loaded once for all. `talk` must not wait for anything: while it runs nobody else speaks, so that requests in several
 * languages never mix.
 */
export async function speaking<T>(wanted: readonly string[], talk: (language: string) => T): Promise<T> {
  const language = chooseLanguage(wanted, Object.keys(catalogues))
  const loading = loads.get(language) ?? load(language)
  loads.set(language, loading)
  await loading
  i18n.activate(language, formatsOf(language))
  try {
    return talk(language)
  } finally {
    i18n.activate(SOURCE, SOURCE)
  }
}
