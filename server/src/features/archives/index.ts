/**
 * Purpose: what a person takes along as files that Mastodon and others read, and what they bring.
 * Owns: imports, import_rows, takeouts. Events: takeoutAsked.
 */
import { defineRoom } from '#platform/room'
import { runImport } from './imports/run-import.ts'
import { schedules } from './jobs.ts'
import { eraseArchives, takeOutArchives } from './leaving.ts'
import { exportRoutes } from './routes/exports.ts'
import { importRoutes } from './routes/imports.ts'
import { takeoutRoutes } from './routes/takeouts.ts'

export { takeoutAsked } from './takeout/ask.ts'
export { packTakeout } from './takeout/pack.ts'

export const archives = defineRoom({
  name: 'archives',
  routes: [...exportRoutes, ...importRoutes, ...takeoutRoutes],
  jobs: [runImport],
  schedules,
  erase: eraseArchives,
  takeout: takeOutArchives,
})
