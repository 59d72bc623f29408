import { isPublic, PUBLIC } from './reading/read-note.ts'

export type Audience = 'public' | 'unlisted' | 'private' | 'direct'

/**
 * Who a post is for, from its addresses (federation.md d). Whatever cannot be told is for those who are named: a mistake
 * of reading must never make something public (federation-security.md 8.14).
 */
export function readAudience(to: readonly string[], cc: readonly string[], followers: string): Audience {
  if (to.some(isPublic)) return 'public'
  if (cc.some(isPublic)) return 'unlisted'
  return followers !== '' && [...to, ...cc].includes(followers) ? 'private' : 'direct'
}

/** The addresses of a post for an audience; `mentioned` are ids of actors. */
export function renderAudience(
  audience: Audience,
  followers: string,
  mentioned: readonly string[],
): { to: string[]; cc: string[] } {
  switch (audience) {
    case 'public':
      return { to: [PUBLIC], cc: [followers, ...mentioned] }
    case 'unlisted':
      return { to: [followers], cc: [PUBLIC, ...mentioned] }
    case 'private':
      return { to: [followers], cc: [...mentioned] }
    case 'direct':
      return { to: [...mentioned], cc: [] }
  }
}
