import { parseHttpUrl, sameOrigin } from '#lib/host'

/** A key as documents describe it; ids are compared as text after parsing. */
export type KeyClaim = {
  keyId: string
  /** `owner` or `controller` in the description of the key. */
  keyOwner: string | undefined
  /** The id of the owner's document, fetched from that id. */
  actorId: string
  /** The ids of the keys that this document lists. */
  actorKeyIds: readonly string[]
  /** Whom our own table already gives this key id to. */
  boundTo?: string | undefined
}

/**
 * True when a key may speak for an actor: each names the other, both on one origin, and nobody else had the key before
 * (federation-security.md 2.4). Old PeerTube names the actor instead of its key: let through when the actor has
 * one key only (federation.md f.6).
 */
export function ownsKey(claim: KeyClaim): boolean {
  const { keyId, keyOwner, actorId, actorKeyIds, boundTo } = claim
  if (!sameOrigin(keyId, actorId)) return false
  if (keyOwner !== undefined && !sameId(keyOwner, actorId)) return false
  if (boundTo !== undefined && !sameId(boundTo, actorId)) return false
  if (actorKeyIds.some((listed) => sameId(listed, keyId))) return keyOwner !== undefined
  return actorKeyIds.length === 1 && sameId(keyId, actorId)
}

function sameId(a: string, b: string): boolean {
  const first = parseHttpUrl(a)
  return first !== undefined && first.href === parseHttpUrl(b)?.href
}
