/** The language of the pages, when somebody chose one on this device; the browser's languages otherwise. */
const KEPT = 'hamlet-language'

export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

export function keepLanguage(tag: string | null): void {
  if (tag === null) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, tag)
}

export function wantedLanguages(): readonly string[] {
  const chosen = chosenLanguage()
  return chosen === null ? navigator.languages : [chosen, ...navigator.languages]
}
