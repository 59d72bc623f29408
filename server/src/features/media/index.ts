/**
 * Purpose: pictures that people upload: taken in, drawn anew, described, held by a post, let go.
 * Owns: media. Events: none; what holds a picture says when it goes.
 */
import { defineRoom } from '#platform/room'
import { jobs, schedules } from './jobs.ts'
import { eraseMedia, takeOutMedia } from './leaving.ts'
import { routes } from './routes.ts'

export { attachMedia, detachMedia, removeMediaOf } from './attach-media.ts'
export { describeMedia, removeOwnMedia } from './edit-media.ts'
export { dropFiles, pruneLooseMedia } from './jobs.ts'
export { keepPicture, type Frame } from './keep-picture.ts'
export { mediaLimits } from './limits.ts'
export { replaceMedia, setRemoteMedia, type MediaWords, type RemotePicture } from './replace-media.ts'
export { presentMedia, presentMediaOf } from './present.ts'
export { listMediaOf, type MediaRow } from './store.ts'
export { uploadMedia } from './upload-media.ts'

export const media = defineRoom({
  name: 'media',
  routes,
  jobs,
  schedules,
  erase: eraseMedia,
  takeout: takeOutMedia,
})
