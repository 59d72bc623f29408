import type { Id } from '#lib/id'
import { defineEvent } from '#platform/events'

type About = { announcementId: Id }

/** Published, or changed while it is. */
export const announcementPublished = defineEvent<About>('announcementPublished')
/** Unpublished or deleted. */
export const announcementWithdrawn = defineEvent<About>('announcementWithdrawn')
/** How many chose an emoji is another number now. */
export const announcementReacted = defineEvent<About & { name: string }>('announcementReacted')
