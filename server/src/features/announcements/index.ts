/**
 * Purpose: what the team tells everybody here, for how long, and what people answer it with. Owns: announcements,
 * announcement_reactions, announcement_dismissals. Events: announcementPublished, announcementWithdrawn, announcementReacted.
 */
import { defineRoom } from '#platform/room'
import { eraseAnnouncements, takeOutAnnouncements } from './leaving.ts'
import { schedules } from './keep-hours.ts'
import { readerRoutes } from './routes/reader.ts'
import { teamRoutes } from './routes/team.ts'

export { announcementPublished, announcementReacted, announcementWithdrawn } from './events.ts'
export { keepHours } from './keep-hours.ts'
export { streamAnnouncement, streamReaction, streamWithdrawal } from './stream.ts'
export { listAnnouncements, stateOf, type AnnouncementRow } from './store.ts'
export { createAnnouncement, deleteAnnouncement } from './write.ts'
export { readWish, type Wished } from './read-wish.ts'

export const announcements = defineRoom({
  name: 'announcements',
  routes: [...readerRoutes, ...teamRoutes],
  schedules,
  erase: eraseAnnouncements,
  takeout: takeOutAnnouncements,
})
