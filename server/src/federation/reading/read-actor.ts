import { readHost, sameOrigin } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { fileOf, flagOf, idOf, isJson, listOf, textOf, timeOf, typeOf, urlOf, type Json } from './json.ts'
import { readEmojis, type RemoteEmoji } from './read-emojis.ts'
import { htmlToText, sanitiseHtml } from './sanitise-html.ts'

const TYPES = new Set(['Person', 'Service', 'Group', 'Organization', 'Application'])
const USERNAME = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/i

export type RemoteKey = { id: string; owner: string; pem: string }
export type RemoteActor = {
  id: string
  type: string
  username: string
  name: string
  summary: string
  url: string
  inbox: string
  sharedInbox: string | undefined
  outbox: string
  followers: string
  following: string
  /** Where its pinned posts are listed; empty where nowhere. */
  featured: string
  isLocked: boolean
  isDiscoverable: boolean
  isIndexable: boolean
  isMemorial: boolean
  isSuspended: boolean
  published: Date | undefined
  keys: RemoteKey[]
  avatarUrl: string | undefined
  avatarWords: string
  headerUrl: string | undefined
  headerWords: string
  fields: { name: string; value: string }[]
  emojis: RemoteEmoji[]
  /** Hosts whose pages may name this actor as their author. */
  attributionDomains: string[]
  /** Where it moved to, by its own word alone. */
  movedTo: string | undefined
  /** Who it says that it also is. */
  alsoKnownAs: string[]
}

/** federation.md l.2. */
const LONGEST = { username: 2048, name: 2048, summary: 20_480, field: 2047, words: 1500 }
const MOST_FIELDS = 50
const MOST_DOMAINS = 256
const MOST_ALIASES = 256
const MOST_KEYS = 10

/**
 * An actor as its document tells it. What other logic trusts (inbox, followers, outbox) must lie on the actor's own
 * origin, or somebody's followers address could be claimed (federation-security.md 3.6). Throws a Refusal.
 */
export function readActor(raw: Json, now: Date): RemoteActor {
  const id = idOf(raw.id)
  const type = typeOf(raw, TYPES)
  const inbox = idOf(raw.inbox)
  if (!id || !TYPES.has(type) || !inbox || !sameOrigin(id, inbox)) throw unusable()
  const username = textOf(raw.preferredUsername, LONGEST.username + 1) ?? ''
  if (username.length > LONGEST.username || !USERNAME.test(username)) throw unusable()
  const own = (value: unknown) => {
    const found = idOf(value)
    return found && sameOrigin(id, found) ? found : undefined
  }
  const url = urlOf(raw.url)
  const icon = listOf(raw.icon, 1)[0]
  const image = listOf(raw.image, 1)[0]
  return {
    id,
    type,
    username,
    name: htmlToText(textOf(raw.name, LONGEST.name) ?? ''),
    summary: sanitiseHtml(textOf(raw.summary, LONGEST.summary) ?? ''),
    url: url && sameOrigin(id, url) ? url : id,
    inbox,
    sharedInbox: isJson(raw.endpoints) ? own(raw.endpoints.sharedInbox) : undefined,
    outbox: own(raw.outbox) ?? '',
    followers: own(raw.followers) ?? '',
    following: own(raw.following) ?? '',
    featured: own(raw.featured) ?? '',
    isLocked: flagOf(raw.manuallyApprovesFollowers) ?? false,
    isDiscoverable: flagOf(raw.discoverable) ?? false,
    isIndexable: flagOf(raw.indexable) ?? false,
    isMemorial: flagOf(raw.memorial) ?? false,
    isSuspended: flagOf(raw.suspended) ?? false,
    published: timeOf(raw.published, now),
    keys: readKeys(raw, id),
    avatarUrl: fileOf(icon)?.url,
    avatarWords: wordsOf(icon),
    headerUrl: fileOf(image)?.url,
    headerWords: wordsOf(image),
    fields: readFields(raw.attachment),
    emojis: readEmojis(raw.tag, now),
    attributionDomains: readDomains(raw.attributionDomains),
    movedTo: urlOf(raw.movedTo),
    alsoKnownAs: readAliases(raw.alsoKnownAs),
  }
}

function unusable(): Refusal {
  return new Refusal('invalid', 'This is no account that can be understood')
}

function wordsOf(image: unknown): string {
  return isJson(image) ? (textOf(image.summary ?? image.name, LONGEST.words) ?? '') : ''
}

/** Only keys that name this actor as their owner, on its own origin (federation-security.md 2.4). */
function readKeys(raw: Json, actorId: string): RemoteKey[] {
  return listOf(raw.publicKey, MOST_KEYS).flatMap((key) => {
    if (!isJson(key)) return []
    const [id, owner] = [idOf(key.id), idOf(key.owner ?? key.controller)]
    const pem = textOf(key.publicKeyPem, 5000)
    return id && owner === actorId && pem && sameOrigin(id, actorId) ? [{ id, owner, pem }] : []
  })
}

function readDomains(value: unknown): string[] {
  const hosts = listOf(value, MOST_DOMAINS).flatMap((item) => {
    const host = typeof item === 'string' ? readHost(item) : undefined
    return host ? [host] : []
  })
  return [...new Set(hosts)]
}

/** Some name themselves in other ways than by an address (federation.md a.3): these are passed over. */
function readAliases(value: unknown): string[] {
  const found = listOf(value, MOST_ALIASES).map(idOf)
  return [...new Set(found.filter((one) => one !== undefined))]
}

function readFields(attachment: unknown): { name: string; value: string }[] {
  return listOf(attachment, 200)
    .filter(isJson)
    .filter((item) => typeOf(item) === 'PropertyValue')
    .slice(0, MOST_FIELDS)
    .map((item) => ({
      name: htmlToText(textOf(item.name, LONGEST.field) ?? ''),
      value: sanitiseHtml(textOf(item.value, LONGEST.field) ?? ''),
    }))
}
