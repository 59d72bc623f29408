import { accountCreated } from '#features/accounts'
import { statusCreated, statusDeleted } from '#features/statuses'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([on(accountCreated), on(statusCreated), on(statusDeleted)])
