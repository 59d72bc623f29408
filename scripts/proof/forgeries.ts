import { renderDigest } from '../../server/src/federation/signatures/digest.ts'
import type { Forgery, Peer } from '../../server/test/peer.ts'
import type { Person } from '../inside.ts'

export type Liar = ReturnType<Peer['addActor']>

/** Whom the lies are about: `bram` is honest and known, `mallory` lies, both of the peer; `victim` lives in the town. */
export type Cast = {
  peer: Peer
  bram: Liar
  mallory: Liar
  victim: Person
  /** A post of bram's that the town has, and a follow of his. */
  bramsPost: Record<string, unknown>
  bramsFollow: Record<string, unknown>
  /** A post of the victim's for followers; mallory is none. */
  privatePost: string
}

/** One lie: what is sent, as whom, and what is wrong with the request itself. */
export type Lie = { name: string; body: unknown; as: Liar; change?: Forgery; inbox?: string }

const HOUR_MS = 3_600_000
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let count = 0

export function noteBy(by: { id: string }, victim: Person, change: Record<string, unknown> = {}) {
  return {
    id: `${by.id}/statuses/${(count += 1)}`,
    type: 'Note',
    attributedTo: by.id,
    content: '<p>a forged word</p>',
    to: [PUBLIC],
    cc: [victim.uri],
    tag: [{ type: 'Mention', href: victim.uri, name: `@${victim.username}` }],
    published: new Date().toISOString(),
    ...change,
  }
}

export function createOf(by: { id: string }, object: Record<string, unknown>) {
  return { id: `${String(object.id)}/activity`, type: 'Create', actor: by.id, to: object.to, cc: object.cc, object }
}

export const actOf = (by: { id: string }, type: string, object: unknown, rest: Record<string, unknown> = {}) => ({
  id: `${by.id}#${type}/${(count += 1)}`,
  type,
  actor: by.id,
  object,
  ...rest,
})

/** Requests that do not prove who sent them (draft-cavage-12; federation-security of any peer): refused at the door. */
export function unprovenLies({ peer, bram, mallory, victim, bramsPost }: Cast): Lie[] {
  const said = () => createOf(bram, noteBy(bram, victim))
  const other = Buffer.from(JSON.stringify(said()))
  const lie = (name: string, change: Forgery): Lie => ({ name, body: said(), as: bram, change })
  return [
    lie('unsigned', { drop: ['Signature'] }),
    lie('another body than was signed', { body: other.toString() }),
    lie('another body, with its digest put right', {
      body: other.toString(),
      headers: { Digest: renderDigest(other) },
    }),
    lie('a wrong digest', { headers: { Digest: renderDigest(Buffer.from('x')) } }),
    lie('no digest', { drop: ['Digest'] }),
    lie('no date', { drop: ['Date'] }),
    lie('another date than was signed', { headers: { Date: new Date(Date.now() - 1000).toUTCString() } }),
    lie('two hours old', { date: new Date(Date.now() - 2 * HOUR_MS) }),
    lie('two hours early', { date: new Date(Date.now() + 2 * HOUR_MS) }),
    lie('signed for another path', { signedUrl: `${victim.url}/actor/inbox` }),
    lie('signed for another server', { signedUrl: `${peer.url}/inbox` }),
    lie('a key that nobody has', { keyId: 'http://localhost:1/nobody#main-key' }),
    lie('a key that is no address', { keyId: 'nobody' }),
    lie('a key of the town itself', { keyId: `${victim.uri}#main-key` }),
    { name: 'signed with another key', body: said(), as: { id: bram.id, key: mallory.key } },
    { name: 'signed by another', body: said(), as: mallory },
    { name: 'a deletion signed by another', body: actOf(bram, 'Delete', bramsPost.id), as: mallory },
    { name: 'the end of an account, signed by another', body: actOf(bram, 'Delete', bram.id), as: mallory },
  ]
}

/** Requests that prove their sender, who may not say this: taken with 202 perhaps, and never written. */
export function forbiddenLies({ peer, bram, mallory, victim, bramsPost, bramsFollow, privatePost }: Cast): Lie[] {
  const lie = (name: string, body: unknown): Lie => ({ name, body, as: mallory })
  const changed = { ...bramsPost, content: '<p>changed</p>', updated: new Date().toISOString() }
  const followOfVictim = { type: 'Follow', actor: victim.uri, object: bram.id }
  return [
    lie("a post in another's name", createOf(mallory, noteBy(bram, victim))),
    lie(
      'a post at an address of another server',
      createOf(mallory, { ...noteBy(mallory, victim), id: 'https://victim.example/notes/1' }),
    ),
    lie(
      'a post at an address of the town',
      createOf(mallory, { ...noteBy(mallory, victim), id: `${victim.uri}/statuses/1` }),
    ),
    lie('a post in the name of a member', createOf(mallory, { ...noteBy(mallory, victim), attributedTo: victim.uri })),
    lie("an edit of another's post", actOf(mallory, 'Update', changed)),
    lie(
      'an edit of a post of a member',
      actOf(mallory, 'Update', { ...changed, id: privatePost, attributedTo: victim.uri }),
    ),
    lie("a deletion of another's post", actOf(mallory, 'Delete', bramsPost.id)),
    lie('a deletion of a post of a member', actOf(mallory, 'Delete', privatePost)),
    lie('the end of another account', actOf(mallory, 'Delete', bram.id)),
    lie(
      'a change of another account',
      actOf(mallory, 'Update', { ...(peer.documents.get('/users/bram') as object), name: 'Fooled' }),
    ),
    lie("an undoing of another's follow", actOf(mallory, 'Undo', bramsFollow)),
    lie("an undoing of another's follow by its address", actOf(mallory, 'Undo', bramsFollow.id)),
    lie('an answer to what another was asked', actOf(mallory, 'Accept', followOfVictim)),
    lie('a refusal of what another was asked', actOf(mallory, 'Reject', followOfVictim)),
    lie(
      'a boost of a post that was never shown to the booster',
      actOf(mallory, 'Announce', privatePost, { to: [PUBLIC] }),
    ),
    lie('a favourite of a post that was never shown', actOf(mallory, 'Like', privatePost)),
    lie('a post that concerns nobody here', createOf(mallory, noteBy(mallory, victim, { cc: [], tag: [] }))),
  ]
}

/** Signed bytes that are no activity. */
export const rubbish: readonly [name: string, bytes: string][] = [
  ['no JSON', 'x'],
  ['a list', '[]'],
  ['no actor', '{"type":"Follow"}'],
  ['too deep', `{"type":"Follow","actor":"http://x.example/","object":${'['.repeat(100)}${']'.repeat(100)}}`],
]
