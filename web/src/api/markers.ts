import { HOME_PLACE } from '@hamlet/contract/marker'
import { request } from './request.ts'

export type Markers = {
  home?: { last_read_id: string; updated_at: string }
  notifications?: { last_read_id: string }
  [HOME_PLACE]?: { last_read_id: string; updated_at: string }
}

/** Home and the bell both want to know, as the app begins, how far somebody had read: one request tells both. */
export const FIRST_MARKERS = `/api/v1/markers?timeline[]=home&timeline[]=${HOME_PLACE}&timeline[]=notifications`
let first: Promise<Markers> | undefined

/** Asked on the way to home. */
export function readFirstMarkers(): Promise<Markers> {
  first = request<Markers>('GET', FIRST_MARKERS)
  return first
}

/** The bell takes the answer to that once; from then on, and on the way elsewhere, it asks for its own. */
export function readNotificationMarker(): Promise<Markers> {
  const early = first
  first = undefined
  return early ?? request<Markers>('GET', '/api/v1/markers?timeline[]=notifications')
}
