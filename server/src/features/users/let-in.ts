import type { Id } from '#lib/id'
import { defineEvent } from '#platform/events'

/** Has confirmed the address, and may come in. */
export const userLetIn = defineEvent<{ userId: Id }>('users.let-in')
