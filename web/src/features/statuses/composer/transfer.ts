import type { MediaAttachment } from '@hamlet/contract/media'
import { actingAs } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'

const notArrived = () => t('composer.notArrived', 'The picture did not arrive.')

const PREVIEW_PX = 464

/** A small picture to look at while the large one is on its way; nothing for what this browser cannot draw. */
export async function drawPreview(file: File): Promise<string> {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: PREVIEW_PX })
    const canvas = document.createElement('canvas')
    canvas.width = picture.width
    canvas.height = picture.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    return canvas.toDataURL('image/jpeg', 0.8)
  } catch {
    return ''
  }
}

/** Sends a file and says how far it is, which `fetch` cannot. */
export function transfer(file: File, tell: (progress: number) => void): Promise<MediaAttachment> {
  return new Promise((done, fail) => {
    const form = new FormData()
    form.set('file', file)
    const call = new XMLHttpRequest()
    call.open('POST', '/api/v2/media')
    for (const [name, value] of Object.entries(actingAs())) call.setRequestHeader(name, value)
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) tell(event.loaded / event.total)
    })
    call.addEventListener('load', () => {
      const body = readJson(call.responseText)
      if (call.status === 200) done(body as MediaAttachment)
      else
        fail(new Error(typeof body.error === 'string' ? body.error.replace(/^Validation failed: /, '') : notArrived()))
    })
    call.addEventListener('error', () => fail(new Error(notArrived())))
    call.send(form)
  })
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
