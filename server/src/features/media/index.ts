/** Purpose: pictures: uploaded, described, shown with posts and on profiles. Owns: media. Events: none yet. */
import { defineRoom } from '#platform/room'
import { deleteFiles } from './jobs.ts'
import { eraseMedia, schedules, takeOutMedia } from './leaving.ts'
import { routes } from './routes.ts'

export { addRemoteMedia, attachMedia, dropFiles, forgetMediaOf, keepOnlyMedia, type RemotePicture } from './attach.ts'
export { presentMediaOf } from './present.ts'
export { findMediaOf, type MediaRow } from './store.ts'
export { keepCut, MEDIA_TYPES, MOST_BYTES, uploadPicture } from './upload.ts'

export const media = defineRoom({
  name: 'media',
  routes,
  jobs: [deleteFiles],
  schedules,
  erase: eraseMedia,
  takeout: takeOutMedia,
})
