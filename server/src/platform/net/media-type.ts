export type MediaType = { essence: string; parameters: ReadonlyMap<string, string> }

const ESSENCE = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+*-]+)\s*(?=;|$)/
const PARAMETER = /;\s*(?:([\w!#$&^.+-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*))\s*)?(?=;|$)/y

/** Reads a Content-Type whole (RFC 9110 section 8.3.1); undefined when any part of it is out of shape, so that nothing hides in a tail. */
export function readMediaType(text: string | undefined): MediaType | undefined {
  const start = ESSENCE.exec(text ?? '')
  if (!text || !start) return undefined
  const parameters = new Map<string, string>()
  PARAMETER.lastIndex = start[0].length
  while (PARAMETER.lastIndex < text.length) {
    const found = PARAMETER.exec(text)
    if (!found) return undefined
    const name = found[1]?.toLowerCase()
    if (name !== undefined && parameters.has(name)) return undefined
    if (name !== undefined) parameters.set(name, found[2]?.replace(/\\(.)/g, '$1') ?? found[3] ?? '')
  }
  return { essence: start[1]!.toLowerCase(), parameters }
}

/**
 * True when the type is one of `allowed`. An entry may end in `/*`, and may name a `profile`, which must then be among
 * the type's profiles: `application/ld+json` alone is no ActivityPub object (federation.md h.1).
 */
export function isAllowedType(text: string | undefined, allowed: readonly string[]): boolean {
  const type = readMediaType(text)
  if (!type) return false
  const profiles = (type.parameters.get('profile') ?? '').split(/\s+/)
  return allowed.some((entry) => {
    const wanted = readMediaType(entry)
    if (!wanted) return false
    const profile = wanted.parameters.get('profile')
    if (profile !== undefined && !profiles.includes(profile)) return false
    return wanted.essence.endsWith('/*')
      ? type.essence.startsWith(wanted.essence.slice(0, -1))
      : type.essence === wanted.essence
  })
}
