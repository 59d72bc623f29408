import { parseHttpUrl } from '#lib/host'

/**
 * Who may say this about what (federation-security.md sections 3 and 5; federation.md c.1, A1 to A7).
 * Pure: called before any room, over what the reader made of the activity. A room still looks up what only rows can tell,
 * always scoped by the actor: that a request exists, that a like is theirs, that a post may be seen.
 */

/** How we know who speaks. Only these two count: an embedded signature is at most a hint to fetch (4.1). */
export type Proof =
  /** The actor whose key signed the HTTP request. */
  | { by: 'key'; actor: string }
  /** The final address from which the document itself was fetched. */
  | { by: 'origin'; url: string }

export type Attribution = { id: string; type?: string | undefined }

/** An activity as the reader types it; ids are untrusted text. */
export type Claim = {
  type: string
  id?: string | undefined
  actor: string
  objectId?: string | undefined
  objectType?: string | undefined
  /** True when the object came whole and would be used as it is; false when it is an address to be fetched. */
  objectEmbedded: boolean
  objectAttributedTo?: readonly Attribution[] | undefined
  /** Of an activity inside (Undo, Accept, Reject): who did it, to what. */
  objectActor?: string | undefined
  objectObject?: string | undefined
  target?: string | undefined
  /** Of Accept: the stamp. */
  result?: string | undefined
  /** Of QuoteRequest and its kin: the post that asks. */
  instrument?: string | undefined
}

/** What our rows already say; absent is "not known here". */
export type Known = {
  /** Stored author of the object (of an actor: the actor). */
  objectOwner?: string | undefined
  /** Whom the request that is answered was made to. */
  requestTarget?: string | undefined
  /** The collections that the actor's own document names: `featured` and the like. */
  actorCollections?: readonly string[] | undefined
}

export type RefusedBecause = 'malformed' | 'signer' | 'origin' | 'author' | 'owner' | 'target' | 'unknown'
export type Verdict = 'allow' | { refuse: RefusedBecause }

type Judge = (claim: Claim, known: Known, proof: Proof) => Verdict

const ACTORS = new Set(['Person', 'Service', 'Group', 'Organization', 'Application'])
/** FEP-1b12: a community may stand beside the author, and never in their place. */
const COMMUNITIES = new Set(['Group', 'Organization'])

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['Create', judgeContent],
  ['Update', judgeUpdate],
  ['Delete', judgeDelete],
  ['Undo', judgeUndo],
  ['Accept', judgeAnswer],
  ['Reject', judgeAnswer],
  ['Add', judgeCollection],
  ['Remove', judgeCollection],
  ['Move', judgeMove],
  ['QuoteRequest', judgeRequest],
  ['FeatureRequest', judgeRequest],
  // Acts of the actor alone, about anything: the pair (actor, object) is what is stored (A5).
  ...['Follow', 'Like', 'EmojiReact', 'Dislike', 'Block', 'Announce', 'Flag'].map((type): [string, Judge] => [
    type,
    judgeAct,
  ]),
])

export function judge(claim: Claim, proof: Proof, known: Known = {}): Verdict {
  const decide = JUDGES.get(claim.type)
  if (!decide) return { refuse: 'unknown' }
  const actor = readId(claim.actor)
  const speaker = readId(proof.by === 'key' ? proof.actor : proof.url)
  if (!actor || !speaker) return { refuse: 'malformed' }
  if (proof.by === 'key' && speaker.href !== actor.href) return { refuse: 'signer' }
  if (proof.by === 'origin' && speaker.origin !== actor.origin) return { refuse: 'origin' }
  // A document is authentic only under the address that it was fetched from (FEP-fe34); a signed activity may lack an id.
  if (proof.by === 'origin' && !sameId(claim.id, proof.url)) return { refuse: 'origin' }
  return decide(claim, known, proof)
}

/** The activity's own id, or undefined when it lies on a host that is not the actor's: then it is treated as having none (A2). */
export function ownId(claim: Claim): string | undefined {
  return onOrigin(claim.id, claim.actor) ? claim.id : undefined
}

/** True when the object that came inside may be used as it is; otherwise only its id counts, and is fetched (A4). */
export function trustsEmbedded(claim: Claim): boolean {
  return claim.objectEmbedded && onOrigin(claim.objectId, claim.actor) && isAuthor(claim)
}

/** True when the post that came with a request may be used as it is; otherwise it is fetched from its own address. */
export function trustsInstrument(actor: string, note: { id: string; attributedTo: readonly Attribution[] }): boolean {
  return onOrigin(note.id, actor) && sameId(authorOf(note.attributedTo), actor)
}

/** A fetched object is what it says only at its own address, and its first author lives there too (federation.md h.3). */
export function judgeFetched(
  fetched: { id: string | undefined; attributedTo: readonly Attribution[] },
  finalUrl: string,
): Verdict {
  if (!readId(fetched.id)) return { refuse: 'malformed' }
  if (!sameId(fetched.id, finalUrl)) return { refuse: 'origin' }
  return onOrigin(authorOf(fetched.attributedTo), finalUrl) ? 'allow' : { refuse: 'author' }
}

/** The author among `attributedTo`: the first that is no community; a community only when nobody else is there. */
export function authorOf(attributedTo: readonly Attribution[]): string | undefined {
  return (attributedTo.find(({ type }) => !COMMUNITIES.has(type ?? '')) ?? attributedTo[0])?.id
}

/** 3.1, 3.2, 5.8: one's own object, written by oneself, and never one that is stored as somebody else's. */
function judgeContent(claim: Claim, known: Known): Verdict {
  if (!readId(claim.objectId)) return { refuse: 'malformed' }
  if (!onOrigin(claim.objectId, claim.actor)) return { refuse: 'origin' }
  if (ACTORS.has(claim.objectType ?? '')) return { refuse: 'owner' }
  if (claim.objectEmbedded && !isAuthor(claim)) return { refuse: 'author' }
  return requireOwner(claim, known)
}

/** An actor is updated by itself alone, whatever type the object pretends to have. */
function judgeUpdate(claim: Claim, known: Known): Verdict {
  return sameId(claim.objectId, claim.actor) ? 'allow' : judgeContent(claim, known)
}

/** 5.1. That an account is gone is believed from its own key only; who has no key asks the account's address instead. */
function judgeDelete(claim: Claim, known: Known, proof: Proof): Verdict {
  if (!readId(claim.objectId)) return { refuse: 'malformed' }
  if (sameId(claim.objectId, claim.actor)) return proof.by === 'key' ? 'allow' : { refuse: 'signer' }
  if (!onOrigin(claim.objectId, claim.actor)) return { refuse: 'origin' }
  if (ACTORS.has(claim.objectType ?? '')) return { refuse: 'owner' }
  if (claim.objectAttributedTo?.length && !isAuthor(claim)) return { refuse: 'author' }
  return requireOwner(claim, known)
}

/** 5.2. An embedded act must be one's own; a bare id must lie on one's own host, and the room looks it up by actor. */
function judgeUndo(claim: Claim, known: Known): Verdict {
  if (claim.objectEmbedded) return sameId(claim.objectActor, claim.actor) ? 'allow' : { refuse: 'owner' }
  if (!readId(claim.objectId)) return { refuse: 'malformed' }
  if (!onOrigin(claim.objectId, claim.actor)) return { refuse: 'origin' }
  return requireOwner(claim, known)
}

/**
 * 5.3. Only whoever was asked answers. The form of `objectId` proves nothing: peers send numbers, actor ids or nothing there
 * (federation.md c.5); an embedded request names whom it went to, and a stored one is compared when it is known.
 */
const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public'])

function judgeAnswer(claim: Claim, known: Known): Verdict {
  if (known.requestTarget !== undefined && !sameId(known.requestTarget, claim.actor)) return { refuse: 'target' }
  if (claim.result !== undefined && !onOrigin(claim.result, claim.actor)) return { refuse: 'origin' }
  if (claim.objectObject === undefined) return 'allow'
  // A relay is asked for everything; by the id of the request its room knows whether it was that one (federation.md e.8).
  if (claim.objectType === 'Follow' && PUBLIC.has(claim.objectObject)) return 'allow'
  // A follow goes to the actor; other requests go to something of theirs.
  const asked =
    claim.objectType === 'Follow' ? sameId(claim.objectObject, claim.actor) : onOrigin(claim.objectObject, claim.actor)
  return asked ? 'allow' : { refuse: 'target' }
}

/** 5.12. Only into one's own collections, and posts only if they are one's own; a hashtag belongs to nobody. */
function judgeCollection(claim: Claim, known: Known): Verdict {
  if (!known.actorCollections?.some((own) => sameId(own, claim.target))) return { refuse: 'target' }
  if (!onOrigin(claim.target, claim.actor)) return { refuse: 'origin' }
  if (claim.objectType === 'Hashtag') return 'allow'
  if (!readId(claim.objectId)) return { refuse: 'malformed' }
  if (!onOrigin(claim.objectId, claim.actor)) return { refuse: 'origin' }
  if (claim.objectAttributedTo?.length && !isAuthor(claim)) return { refuse: 'author' }
  return requireOwner(claim, known)
}

/** 3.5. One moves oneself; that the new account agrees is seen in a fresh fetch of it. */
function judgeMove(claim: Claim): Verdict {
  if (!sameId(claim.objectId, claim.actor)) return { refuse: 'owner' }
  const target = readId(claim.target)
  return target && !sameId(claim.target, claim.actor) ? 'allow' : { refuse: 'target' }
}

/** FEP-044f: what asks to quote is one's own post. */
function judgeRequest(claim: Claim): Verdict {
  if (!readId(claim.objectId) || !readId(claim.instrument)) return { refuse: 'malformed' }
  return onOrigin(claim.instrument, claim.actor) ? 'allow' : { refuse: 'origin' }
}

function judgeAct(claim: Claim): Verdict {
  return readId(claim.objectId) ? 'allow' : { refuse: 'malformed' }
}

function requireOwner(claim: Claim, known: Known): Verdict {
  return known.objectOwner === undefined || sameId(known.objectOwner, claim.actor) ? 'allow' : { refuse: 'owner' }
}

function isAuthor(claim: Claim): boolean {
  return sameId(authorOf(claim.objectAttributedTo ?? []), claim.actor)
}

/**
 * Reads an id as one parser for all comparisons. Spellings that another parser could take for another host are no ids:
 * backslashes, tabs and other control characters, spaces, user names, a dot at the end of the host (3.1).
 */
function readId(text: string | undefined): URL | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (text === undefined || /[\u0000-\u0020\u007f\\]/.test(text)) return undefined
  if (/^https?:\/\/[^/?#]*@/i.test(text) || !/^https?:\/\/[^/]/i.test(text)) return undefined
  const url = parseHttpUrl(text)
  return url?.hostname.endsWith('.') ? undefined : url
}

function sameId(a: string | undefined, b: string | undefined): boolean {
  const first = readId(a)
  return first !== undefined && first.href === readId(b)?.href
}

/** Scheme, host and port, after parsing: a prefix of text is no origin. */
function onOrigin(a: string | undefined, b: string | undefined): boolean {
  const first = readId(a)
  return first !== undefined && first.origin === readId(b)?.origin
}
