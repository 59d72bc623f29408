import type { Id } from '#lib/id'
import { defineEvent } from '#platform/events'

/** Somebody here voted in a poll of another server, which is to be told; `castAtMs` tells one vote from a later one. */
export const votedElsewhere = defineEvent<{ statusId: Id; voterId: Id; choices: number[]; castAtMs: number }>(
  'polls.voted-elsewhere',
)

/** The counts are new for everybody; of votes for our own polls at most every few minutes. */
export const pollCounted = defineEvent<{ statusId: Id; isLocal: boolean }>('polls.counted')

/** The poll is over, told once. */
export const pollClosed = defineEvent<{ statusId: Id; authorId: Id; isLocal: boolean }>('polls.closed')
