/**
 * ActivityPub as a protocol: what arrives is verified, read and judged here; what leaves is signed and carried. What
 * posts and people are, the rooms know; this floor asks them through `ports.ts`.
 */
export { bindFederation, type Federation } from './bind.ts'
export { authorOf, judgeFetched, trustsEmbedded, trustsInstrument } from './authority.ts'
export { readAudience, renderAudience, type Audience } from './audience.ts'
export { countDueDeliveries, countWaitingDeliveries, noteSuccess } from './delivery/claim.ts'
export {
  deliver,
  eraseDeliveries,
  findLedger,
  hasWaitingDeliveries,
  listInboxesOf,
  type Ledger,
  type Outgoing,
} from './delivery/deliver.ts'
export { countDelivered, dropHost, listSlowHosts, retryHost, type SlowHost } from './delivery/health.ts'
export { eraseServerTraffic } from './delivery/server-traffic.ts'
export { startDelivery, type DeliveryWorker } from './delivery/worker.ts'
export { renderJrd } from './discovery/jrd.ts'
export { ACTIVITY_JSON, fetchDocument } from './fetching/fetch-document.ts'
export { walkCollection, type Walked } from './fetching/walk-collection.ts'
export { fingerHandle, fingerSubscribe, readHandle, type Finger, type Handle } from './fetching/webfinger.ts'
export { requireSigner, type SignedRequest } from './inbox/verify.ts'
export { handleActivity } from './inbox/receive.ts'
export { mayFetchKey } from './key-attempts.ts'
export type { FederationPorts, Handler, KnownKey, Preparation, Signer } from './ports.ts'
export { idOf, isJson, listOf, typeOf, type Json } from './reading/json.ts'
export { readActivity, type Activity } from './reading/read-activity.ts'
export { readActor, type RemoteActor, type RemoteKey } from './reading/read-actor.ts'
export type { RemoteEmoji } from './reading/read-emojis.ts'
export { hideQuoteFallback } from './reading/quote-fallback.ts'
export { QUOTE_REL, type RemoteQuote } from './reading/read-quote.ts'
export { isPublic, noteTypes, PUBLIC, readAttribution, readNote, type RemoteNote } from './reading/read-note.ts'
export type { RemoteQuestion } from './reading/read-question.ts'
export { linksOf, type HtmlLink } from './reading/links-of.ts'
export { htmlToText, sanitiseHtml } from './reading/sanitise-html.ts'
export { ownsKey } from './signatures/index.ts'
