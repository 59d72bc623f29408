import type { Id } from '#lib/id'
import { defineEvent } from '#platform/events'

/** The owner asked for the demo village; loading it is work for the whole house, so it is a reaction. */
export const villageWanted = defineEvent<{ followerAccountId: Id | null }>('set-up.village-wanted')
