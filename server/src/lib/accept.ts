/** True when a reader asks for the document of a machine rather than for a page (federation.md g). */
export function wantsActivityJson(accept: string | undefined): boolean {
  const wanted = (accept ?? '').split(',').map((part) => part.trim())
  const at = wanted.findIndex((part) => /^application\/(?:activity\+json|ld\+json)/i.test(part))
  const html = wanted.findIndex((part) => /^text\/html/i.test(part))
  return at !== -1 && (html === -1 || at < html)
}
