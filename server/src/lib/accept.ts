const MOST_LANGUAGES = 20

/** The languages of an `Accept-Language` header, the dearest first; what is refused or no tag is left out (RFC 9110, 12.5.4). */
export function readLanguages(accept: string | undefined): string[] {
  const wanted = (accept ?? '')
    .slice(0, 1_000)
    .split(',')
    .slice(0, MOST_LANGUAGES)
    .flatMap((part) => {
      const [, tag, weight = '1'] = /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(part) ?? []
      return tag !== undefined && Number(weight) > 0 ? [{ tag, weight: Number(weight) }] : []
    })
  return wanted.toSorted((one, other) => other.weight - one.weight).map(({ tag }) => tag)
}

/** True when a reader asks for the document of a machine rather than for a page (federation.md g). */
export function wantsActivityJson(accept: string | undefined): boolean {
  const wanted = (accept ?? '').split(',').map((part) => part.trim())
  const at = wanted.findIndex((part) => /^application\/(?:activity\+json|ld\+json)/i.test(part))
  const html = wanted.findIndex((part) => /^text\/html/i.test(part))
  return at !== -1 && (html === -1 || at < html)
}
