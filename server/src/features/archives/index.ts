/**
 * Purpose: what a person takes along as files that Mastodon and others read, and what they bring.
 * Owns: imports, import_rows, takeouts, post_imports, imported_posts. Events: takeoutAsked.
 */
import { defineRoom } from '#platform/room'
import { runImport } from './imports/run-import.ts'
import { schedules } from './jobs.ts'
import { eraseArchives, takeOutArchives } from './leaving.ts'
import { exportRoutes } from './routes/exports.ts'
import { importRoutes } from './routes/imports.ts'
import { bringPosts, takePostsBack } from './posts/bring-posts.ts'
import { postImportRoutes } from './routes/post-imports.ts'
import { takeoutRoutes } from './routes/takeouts.ts'

export { takeoutAsked } from './takeout/ask.ts'
export { packTakeout } from './takeout/pack.ts'

export const archives = defineRoom({
  name: 'archives',
  routes: [...exportRoutes, ...importRoutes, ...takeoutRoutes, ...postImportRoutes],
  jobs: [runImport, bringPosts, takePostsBack],
  schedules,
  erase: eraseArchives,
  takeout: takeOutArchives,
})
