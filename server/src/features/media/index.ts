/**
 * Purpose: pictures that people upload: taken in, drawn anew, described, held by a post, let go. Pictures of other
 * servers, shown from here: fetched when somebody looks, drawn anew, kept for a while.
 * Owns: media, remote_pictures. Events: pictureKept; what holds a picture says when it goes.
 */
import { defineRoom } from '#platform/room'
import { jobs, schedules } from './jobs.ts'
import { eraseMedia, takeOutMedia } from './leaving.ts'
import { eraseServerPictures } from './remote/forget-pictures.ts'
import { routes } from './routes.ts'

export { attachMedia, detachMedia, removeMediaOf } from './attach-media.ts'
export { describeMedia, removeOwnMedia } from './edit-media.ts'
export { dropFiles, sweepFiles, sweepMediaFiles } from './files.ts'
export { pruneLooseMedia } from './jobs.ts'
export { findMarksOfPosts, findMediaMarks, type MediaMark } from './find-marks.ts'
export { holdMedia, releaseMedia } from './hold-media.ts'
export { keepEmojiPicture, keepPicture, type Frame } from './keep-picture.ts'
export { requirePicture } from './read-upload.ts'
export { mediaLimits } from './limits.ts'
export { replaceMedia, type MediaWords } from './replace-media.ts'
export { presentMedia, presentMediaOf, presentOwnMedia } from './present.ts'
export { pictureAddress, signPicture, type PictureKind } from './remote/address.ts'
export { evictPictures } from './remote/evict-pictures.ts'
export { forgetOldPictures, forgetPicturesNamed, forgetPicturesOf } from './remote/forget-pictures.ts'
export { openPicture, orderPicture, type OpenedPicture, type PictureSource } from './remote/open-picture.ts'
export { servePicture } from './remote/serve-picture.ts'
export { setRemoteMedia, type RemotePicture } from './remote/set-remote-media.ts'
export { pictureKept } from './remote/settle-picture.ts'
export { findRemoteMedia } from './remote/store.ts'
export { listMediaOf, type MediaRow } from './store.ts'
export { countOldPictures, dropOldPictures, findOwnerOfFile, refreshPicturesOf, type FileOwner } from './usage.ts'
export { uploadMedia } from './upload-media.ts'
export { moveFiles, withholdMediaOf, withholdOwned } from './withhold.ts'

export const media = defineRoom({
  name: 'media',
  routes,
  jobs,
  schedules,
  erase: eraseMedia,
  eraseServer: eraseServerPictures,
  takeout: takeOutMedia,
})
