import { changeLayer, takeLayer } from '../../app/router.ts'
import { pathOfPicture, viewed, type Viewed } from './state.ts'

/** Another picture of the post, in the same entry of the history: Back leads out of the viewer, wherever one is in it. */
export function showPicture(now: Viewed, index: number): void {
  changeLayer(pathOfPicture(now.path, index))
}

let isClosing = false
viewed.subscribe(() => (isClosing = false))

/** Closes it once, however often that is pressed before the history has moved. */
export function closeViewer({ path }: Viewed): void {
  if (isClosing) return
  isClosing = true
  takeLayer(path)
}

/** Whether the page is read from the right: then what comes next lies to the left. */
export function isFromRight(): boolean {
  return document.documentElement.dir === 'rtl'
}
