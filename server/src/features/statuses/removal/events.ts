import type { Id } from '#lib/id'
import { defineEvent } from '#platform/events'

/** A post that the team had removed is back. */
export const statusRestored = defineEvent<{ statusId: Id; isLocal: boolean }>('statuses.restored')
/** The team covered the media of a post, or uncovered them: nothing that it says changed. */
export const statusMarked = defineEvent<{ statusId: Id; authorId: Id; isLocal: boolean }>('statuses.marked')
