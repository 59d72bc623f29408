/**
 * Purpose: private mentions as threads: for each person here, what the same people write to each other in one conversation.
 * Owns: direct_threads, direct_thread_accounts, direct_thread_statuses. Events: none.
 * One's own messages are gathered when they are written; what others write, when notifications lets them in.
 */
import { defineRoom } from '#platform/room'
import { forgetMessage, forgetThreadsWith, keepOwnMessage } from './jobs.ts'
import { eraseThreads, takeOutThreads } from './leaving.ts'
import { extensionRoutes } from './routes/extension.ts'
import { threadRoutes } from './routes/threads.ts'

export { gatherMessages, type Message } from './gather-messages.ts'
export { forgetMessage, forgetThreadsWith, keepOwnMessage } from './jobs.ts'
export { streamThread } from './stream.ts'

export const directThreads = defineRoom({
  name: 'direct-threads',
  routes: [...threadRoutes, ...extensionRoutes],
  jobs: [keepOwnMessage, forgetMessage, forgetThreadsWith],
  erase: eraseThreads,
  takeout: takeOutThreads,
})
