import type { Id } from '#lib/id'
import type { LiveReaction } from '#platform/events'
import type { StreamPayload, Streams } from '#platform/streams'

export const LIVE = 'live'
export const END = 'live-end'

/** Tells every process that something happened; whoever listens there is told what they may know. After commit only. */
export function announce(streams: Streams, kind: string, facts: StreamPayload): void {
  streams.publish(LIVE, { kind, facts })
}

/** The live consequence of an event: `on(statusCreated, announced('status.created'))`. */
export function announced<Facts extends StreamPayload>(kind: string): LiveReaction<Facts> {
  return { live: (facts, streams) => announce(streams, kind, facts) }
}

/** Whose connections end: of one token, one session, one person or one account. */
export type Ended = { tokenId?: Id; sessionId?: Id; userId?: Id; accountId?: Id }

/** Closes open connections everywhere; a person who may still listen simply comes back. */
export function endStreams({ tokenId, sessionId, userId, accountId }: Ended, streams: Streams): void {
  streams.publish(END, { tokenId, sessionId, userId, accountId })
}
