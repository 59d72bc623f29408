import assert from 'node:assert/strict'
import { parseNodeInfo } from '@fedify/fedify'
import {
  Announce,
  Accept,
  Create,
  Delete,
  Follow,
  isActor,
  Like,
  Note,
  Object as ApObject,
  PUBLIC_COLLECTION,
  Tombstone,
  Undo,
  Update,
  type Activity,
  type Actor,
} from '@fedify/vocab'
import { Temporal } from '@js-temporal/polyfill'
import { NAME, startFedifyPeer, type FedifyPeer } from '../fedify-peer.ts'
import type { Town } from '../town.ts'

type Json = Record<string, any>

/**
 * Another implementation, which shares no line with ours, is followed and follows, reads and writes: what both of our
 * towns would get wrong together shows here.
 */
export async function meetFedify(town: Town): Promise<void> {
  const peer = await startFedifyPeer()
  try {
    await meet(town, peer)
  } finally {
    await peer.stop()
  }
}

async function meet(town: Town, peer: FedifyPeer): Promise<void> {
  await town.hamlet('accounts', 'create', 'hanna', '--email', 'hanna@example.org', '--confirmed')
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', 'hanna', '--scopes', 'read write follow')
  const hanna = makeClient(town, token)
  const meeting: Meeting = { town, peer, hanna, actor: await findActor(peer, hanna) }
  const femke = await follows(meeting)
  await isFollowed(meeting, femke)
  await hears(meeting, femke)
  await isHeard(meeting, femke)
  await part(meeting, femke)
  const documents = await readsEverything(meeting)
  console.log(`        Fedify accepted ${peer.received.length} activities and parsed ${documents} kinds of document`)
}

type Client = {
  ask(method: string, path: string, body?: Json): Promise<Json>
  /** Repeats a question until its answer satisfies. */
  until(path: string, holds: (answer: any) => boolean): Promise<any>
}
type Meeting = { town: Town; peer: FedifyPeer; hanna: Client; actor: Actor }

function makeClient(town: Town, token: string): Client {
  const ask: Client['ask'] = async (method, path, body) => {
    const response = await fetch(`${town.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    assert.ok(response.ok, `${method} ${path} was answered ${response.status}: ${text}`)
    return JSON.parse(text)
  }
  return {
    ask,
    until: (path, holds) =>
      waitFor(`GET ${path}`, async () => {
        const answer = await ask('GET', path)
        return { value: answer, holds: holds(answer) }
      }),
  }
}

async function waitFor<T>(what: string, look: () => Promise<{ value: T; holds: boolean }>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const seen = await look()
    if (seen.holds) return seen.value
    if (waitedMs > 20_000) throw new Error(`${what} never came to hold; at last: ${JSON.stringify(seen.value)}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** An activity of one kind that the peer's inbox accepted and parsed. */
async function receives<T extends Activity>(
  peer: FedifyPeer,
  kind: new (...given: any[]) => T,
  holds: (activity: T) => boolean | Promise<boolean> = () => true,
): Promise<T> {
  return waitFor(`${kind.name} at Fedify's inbox`, async () => {
    for (const one of peer.received) if (one instanceof kind && (await holds(one))) return { value: one, holds: true }
    return { value: undefined as unknown as T, holds: false }
  })
}

/** The town's person as Fedify reads it: an actor with inbox, shared inbox and a key. */
async function findActor(peer: FedifyPeer, hanna: Client): Promise<Actor> {
  const { url } = await hanna.ask('GET', '/api/v1/accounts/verify_credentials')
  const actor = await peer.context.lookupObject(url)
  assert.ok(isActor(actor), 'the address of a profile gives an actor')
  assert.equal(actor.preferredUsername, 'hanna')
  assert.ok(actor.inboxId && actor.endpoints?.sharedInbox && actor.followersId && actor.followingId && actor.outboxId)
  const key = await actor.getPublicKey(peer.context)
  assert.equal(key?.ownerId?.href, actor.id?.href)
  return actor
}

async function follows({ peer, hanna, actor }: Meeting): Promise<Json> {
  const femkeUri = peer.context.getActorUri(NAME)
  const found = await hanna.ask('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(femkeUri.href)}`)
  const femke = found.accounts[0]
  assert.equal(femke?.display_name, 'Femke of elsewhere')
  await hanna.ask('POST', `/api/v1/accounts/${femke.id}/follow`)
  const asked = await receives(peer, Follow)
  assert.equal(asked.actorId?.href, actor.id?.href)
  assert.equal(asked.objectId?.href, femkeUri.href)
  await say({ peer, actor }, new Accept({ id: local(peer, 'accept'), actor: femkeUri, object: asked }))
  await hanna.until(`/api/v1/accounts/relationships?id[]=${femke.id}`, ([relation]) => relation.following)
  return femke
}

async function isFollowed({ peer, hanna, actor }: Meeting, femke: Json): Promise<void> {
  const femkeUri = peer.context.getActorUri(NAME)
  const follow = new Follow({ id: local(peer, 'follow'), actor: femkeUri, object: actor.id })
  await say({ peer, actor }, follow)
  const accepted = await receives(peer, Accept)
  assert.equal(accepted.actorId?.href, actor.id?.href)
  const me = await hanna.ask('GET', '/api/v1/accounts/verify_credentials')
  await hanna.until(`/api/v1/accounts/${me.id}/followers`, (list) => list.some((one: Json) => one.id === femke.id))
}

/** What Fedify says arrives: a post with an edit, a favourite, a boost, each taken back, and a deletion. */
async function hears({ peer, hanna, actor }: Meeting, femke: Json): Promise<void> {
  const femkeUri = peer.context.getActorUri(NAME)
  const note = new Note({
    id: new URL('/notes/1', peer.url),
    attribution: femkeUri,
    to: PUBLIC_COLLECTION,
    cc: actor.id,
    content: '<p>Written elsewhere</p>',
    published: Temporal.Now.instant(),
  })
  peer.notes.set('1', note)
  const tell = (activity: Activity) => say({ peer, actor }, activity)
  const audience = { actor: femkeUri, to: PUBLIC_COLLECTION } as const
  await tell(new Create({ ...audience, id: local(peer, 'create'), object: note }))
  const [seen] = await hanna.until('/api/v1/timelines/home', (list) => list[0]?.account.id === femke.id)
  assert.equal(seen.content, '<p>Written elsewhere</p>')
  const edited = note.clone({ content: '<p>Written better</p>', updated: Temporal.Now.instant() })
  await tell(new Update({ ...audience, id: local(peer, 'update'), object: edited }))
  await hanna.until(`/api/v1/statuses/${seen.id}`, (status) => status.content === '<p>Written better</p>')

  const mine = await hanna.ask('POST', '/api/v1/statuses', { status: 'Judge this' })
  const like = new Like({ id: local(peer, 'like'), actor: femkeUri, object: new URL(mine.uri) })
  const boost = new Announce({ ...audience, id: local(peer, 'announce'), object: new URL(mine.uri) })
  await tell(like)
  await tell(boost)
  const counts = (favourites: number, boosts: number) => (status: Json) =>
    status.favourites_count === favourites && status.reblogs_count === boosts
  await hanna.until(`/api/v1/statuses/${mine.id}`, counts(1, 1))
  await tell(new Undo({ id: local(peer, 'undo-like'), actor: femkeUri, object: like }))
  await tell(new Undo({ id: local(peer, 'undo-announce'), actor: femkeUri, object: boost }))
  await hanna.until(`/api/v1/statuses/${mine.id}`, counts(0, 0))
  peer.notes.delete('1')
  await tell(new Delete({ ...audience, id: local(peer, 'delete'), object: new Tombstone({ id: note.id }) }))
  await hanna.until('/api/v1/timelines/home', (list) => !list.some((one: Json) => one.id === seen.id))
}

/** What the town says is accepted by Fedify's inbox: signature, digest and every property by its strict vocabulary. */
async function isHeard({ peer, hanna, actor }: Meeting, femke: Json): Promise<void> {
  const post = await hanna.ask('POST', '/api/v1/statuses', {
    status: `@${femke.acct} come and see #harbour`,
    spoiler_text: 'boats',
    language: 'en',
  })
  const isOf = (activity: Activity) => activity.objectId?.href === post.uri
  const created = await receives(peer, Create, isOf)
  const note = await created.getObject(peer.context)
  assert.ok(note instanceof Note)
  assert.equal(note.summary?.toString(), 'boats')
  assert.equal(note.attributionId?.href, actor.id?.href)
  const tags: string[] = []
  for await (const tag of note.getTags(peer.context)) tags.push(tag.name?.toString() ?? '')
  assert.deepEqual(tags.toSorted(), [`#harbour`, `@${femke.acct}`])
  await hanna.ask('PUT', `/api/v1/statuses/${post.id}`, { status: `@${femke.acct} come and see it all` })
  await receives(peer, Update, isOf)

  const theirs = new Note({
    id: new URL('/notes/2', peer.url),
    attribution: peer.context.getActorUri(NAME),
    to: PUBLIC_COLLECTION,
    content: '<p>Found by its address</p>',
    published: Temporal.Now.instant(),
  })
  peer.notes.set('2', theirs)
  const found = await hanna.ask('GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(theirs.id?.href ?? '')}`)
  const id = found.statuses[0]?.id
  assert.ok(id, 'a post is found by its address')
  const isOfTheirs = (activity: Activity) => activity.objectId?.href === theirs.id?.href
  await hanna.ask('POST', `/api/v1/statuses/${id}/favourite`)
  await receives(peer, Like, isOfTheirs)
  await hanna.ask('POST', `/api/v1/statuses/${id}/reblog`)
  await receives(peer, Announce, isOfTheirs)
  await hanna.ask('POST', `/api/v1/statuses/${id}/unfavourite`)
  await receives(peer, Undo, async (one) => (await one.getObject(peer.context)) instanceof Like)
  await hanna.ask('POST', `/api/v1/statuses/${id}/unreblog`)
  await receives(peer, Undo, async (one) => (await one.getObject(peer.context)) instanceof Announce)
  await hanna.ask('DELETE', `/api/v1/statuses/${post.id}`)
  await receives(peer, Delete, async (one) => (await one.getObject(peer.context))?.id?.href === post.uri)
}

/** Each takes the own follow back, and the other side knows. */
async function part({ peer, hanna, actor }: Meeting, femke: Json): Promise<void> {
  await hanna.ask('POST', `/api/v1/accounts/${femke.id}/unfollow`)
  await receives(peer, Undo, async (one) => (await one.getObject(peer.context)) instanceof Follow)
  const actorUri = peer.context.getActorUri(NAME)
  const follow = new Follow({ id: local(peer, 'follow'), actor: actorUri, object: actor.id })
  await say({ peer, actor }, new Undo({ id: local(peer, 'undo-follow'), actor: actorUri, object: follow }))
  await hanna.until(`/api/v1/accounts/relationships?id[]=${femke.id}`, ([relation]) => !relation.followed_by)
}

/** Every document that a town shows to other servers is read by a vocabulary that throws at what it does not understand. */
async function readsEverything({ town, peer, hanna, actor }: Meeting): Promise<number> {
  const post = await hanna.ask('POST', '/api/v1/statuses', { status: 'To be read by all' })
  const addresses = [
    actor.id?.href,
    `${town.url}/actor`,
    actor.outboxId?.href,
    `${actor.outboxId?.href}?page=true`,
    actor.followersId?.href,
    actor.followingId?.href,
    post.uri,
    `${post.uri}/activity`,
  ]
  let parsed = 0
  for (const address of addresses) {
    const response = await fetch(address as string, { headers: { accept: 'application/activity+json' } })
    assert.equal(response.status, 200, `${address} is shown`)
    const object = await ApObject.fromJsonLd(await response.json(), peer.context)
    assert.equal(object.id?.href, address)
    parsed += 1
  }
  const nodeinfo = parseNodeInfo(await (await fetch(`${town.url}/nodeinfo/2.0`)).json())
  assert.equal(nodeinfo?.software.name, 'hamlet')
  return parsed + 1
}

function local(peer: FedifyPeer, name: string): URL {
  return new URL(`/activities/${name}`, peer.url)
}

function say({ peer, actor }: Pick<Meeting, 'peer' | 'actor'>, activity: Activity): Promise<void> {
  return peer.context.sendActivity({ identifier: NAME }, actor, activity, { immediate: true })
}
