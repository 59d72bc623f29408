/** The request as it was sent or received: the target is path and query, byte for byte. */
export type SignedLine = { method: string; target: string }

/** Gives the value of a covered component by its lower-case name; undefined when the request lacks it. */
export type ComponentValue = (name: string) => string | undefined

/** One line per component in the order given, no newline at the end (draft-cavage-http-signatures-12 section 2.3); undefined when one is missing. */
export function signingString(components: readonly string[], valueOf: ComponentValue): string | undefined {
  const lines: string[] = []
  for (const name of components) {
    const value = valueOf(name)
    if (value === undefined) return undefined
    lines.push(`${name}: ${value}`)
  }
  return lines.join('\n')
}

export function requestTarget({ method, target }: SignedLine): string {
  return `${method.toLowerCase()} ${target}`
}

/** Fedify, Pixelfed, BookWyrm and Mastodon before 4.3 leave the query out of what they sign (federation.md f.1). */
export function withoutQuery(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? target : target.slice(0, at)
}
