import type { Id } from '#lib/id'

/** What can be told. Whether its senders can be filtered, and whether many of one kind are shown as one. */
const facts = {
  mention: { filterable: true, grouped: false },
  status: { filterable: false, grouped: false },
  reblog: { filterable: true, grouped: true },
  follow: { filterable: true, grouped: true },
  follow_request: { filterable: true, grouped: false },
  favourite: { filterable: true, grouped: true },
  poll: { filterable: false, grouped: false },
  update: { filterable: false, grouped: false },
  quote: { filterable: true, grouped: false },
  quoted_update: { filterable: false, grouped: false },
  'admin.sign_up': { filterable: false, grouped: true },
  'admin.report': { filterable: false, grouped: false },
  severed_relationships: { filterable: false, grouped: false },
  moderation_warning: { filterable: false, grouped: false },
} as const

export type Kind = keyof typeof facts
export const kinds = Object.keys(facts) as Kind[]
export const isKind = (text: string): text is Kind => Object.hasOwn(facts, text)
export const isFilterable = (kind: Kind) => facts[kind].filterable
export const isGrouped = (kind: Kind) => facts[kind].grouped
/** True for what others do with a post of the receiver, apart from answering it. */
export const happensOn = (kind: Kind) => kind === 'favourite' || kind === 'reblog'
/** The kinds that are shown as one unless an app names fewer (mastodon-api 1.11, grouped_types). */
export const groupedKinds = kinds.filter(isGrouped)
/** Grouped for who asks for it: answers to a post on which much happens at once (extension `surge_pause`). */
export const groupableKinds: readonly Kind[] = [...groupedKinds, 'mention']

/** What strangers say to somebody: filtered, it waits as a request to be let in (mastodon-features 4, Requests inbox). */
export const isAddress = (kind: Kind) => kind === 'mention' || kind === 'quote'

/** Something that may be told to these people. */
export type Occasion = {
  kind: Kind
  fromId: Id
  statusId?: Id | undefined
  reportId?: Id
  severanceId?: Id
  strikeId?: Id
  receivers: readonly Id[]
}

/** What was written down for one of them. `about_id`: their own post that it happened on; `quiet`: they rest from it. */
export type Told = { id: Id; account_id: Id; filtered: boolean; quiet: boolean; about_id: Id | null }

/** What a reader asks for. */
export type Wanted = { kinds: readonly Kind[]; fromId?: Id; withFiltered: boolean }

/** Unknown names are ignored (mastodon-api 1.11). */
export function readKinds(only: readonly string[] | undefined, without: readonly string[] | undefined): Kind[] {
  const asked = only && only.length > 0 ? only.filter(isKind) : kinds
  return asked.filter((kind) => !without?.includes(kind))
}
