import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { WriteLetter } from '@hamlet/contract/letters'
import type { Say } from '@hamlet/contract/pages'

/** Words for people who are not on a page: in a push, in a letter, and whatever else finds them elsewhere. */
export type Words = {
  /** The words of a key of `web/src/i18n/elsewhere.ts` in a language (BCP 47); in English where there is no other. */
  say: Say
  /** A whole letter of a kind, as text and as HTML. */
  letter: WriteLetter
}

type Bundle = { say: Say; writeLetter: WriteLetter }

/**
 * Server and web app share their catalogues: the words come from the built bundle that also draws the public pages.
 * It is read when the first word is needed; `folder` is `web/dist`.
 */
export function openWords(folder: string): Words {
  let bundle: Promise<Bundle> | undefined
  const read = async () => {
    bundle ??= import(pathToFileURL(join(folder, 'server/ssr.js')).href) as Promise<Bundle>
    return bundle
  }
  return {
    say: async (language, key, values) => (await read()).say(language, key, values),
    letter: async (language, kind, facts, sender) => (await read()).writeLetter(language, kind, facts, sender),
  }
}
