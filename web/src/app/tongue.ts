/** The language of the pages, when somebody chose one on this device; the browser's languages otherwise. */
const KEPT = 'hamlet-language'

export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

const ONE_YEAR_S = 31_536_000

/** Kept here for the app, and in a cookie for the pages that the server draws. */
export function keepLanguage(tag: string | null): void {
  if (tag === null) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, tag)
  document.cookie = `${KEPT}=${tag ?? ''}; path=/; max-age=${tag === null ? 0 : ONE_YEAR_S}; samesite=lax`
}

export function wantedLanguages(): readonly string[] {
  const chosen = chosenLanguage()
  return chosen === null ? navigator.languages : [chosen, ...navigator.languages]
}
