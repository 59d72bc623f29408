/**
 * The only outbound HTTP client. Rules: federation-security.md section 1: global unicast only, on the address
 * actually connected to; redirects by hand; caps on bytes and time. `undici` is imported nowhere else.
 */
export { makeNet } from './client.ts'
export type { Net, NetOptions, NetRequest, NetResponse, SignableRequest } from './client.ts'
export { type FailureKind, failureKind, requireOk } from './failures.ts'
export { isAllowedType, readMediaType, type MediaType } from './media-type.ts'
export { householdOf, isLoopback, makeNetworkSet, networkOf, readCidr, readNetwork, type Width } from './network.ts'
