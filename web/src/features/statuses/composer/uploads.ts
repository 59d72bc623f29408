import { explain, request } from '../../../api/request.ts'
import { server } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { changePart, fault, moved, partOf, writing, type Upload, type Words } from './model.ts'

const LATER_MS = 800
const waiting = new Map<string, { upload: Upload; timer: ReturnType<typeof setTimeout> }>()

export function uploadOf(partKey: string, key: string): Upload | undefined {
  return partOf(partKey)?.uploads.find((one) => one.key === key)
}

function changeUpload(partKey: string, key: string, change: Partial<Upload>): void {
  const uploads = partOf(partKey)?.uploads.map((one) => (one.key === key ? { ...one, ...change } : one))
  if (uploads) changePart(partKey, { uploads })
}

/** Takes pictures in, all at once; those beyond what a post can hold are said. */
export function addPictures(partKey: string, files: readonly File[]): void {
  const part = partOf(partKey)
  if (!part) return
  const most = server.value.configuration.statuses.max_media_attachments
  const taken = files.slice(0, most - part.uploads.length)
  if (taken.length < files.length)
    fault.value = t('composer.tooMany', 'A post can hold {most, plural, one {# picture} other {# pictures}}.', { most })
  const uploads = taken.map(startOf)
  changePart(partKey, { uploads: [...part.uploads, ...uploads] })
  for (const upload of uploads) void send(partKey, upload)
}

function startOf(file: File): Upload {
  return {
    key: crypto.randomUUID(),
    name: file.name,
    preview: '',
    file,
    progress: 0,
    description: '',
    focus: { x: 0, y: 0 },
  }
}

export function retryUpload(partKey: string, key: string): void {
  const upload = uploadOf(partKey, key)
  if (!upload) return
  const { fault: _, ...rest } = upload
  changePart(partKey, {
    uploads: partOf(partKey)!.uploads.map((one) => (one.key === key ? { ...rest, progress: 0 } : one)),
  })
  void send(partKey, rest)
}

async function send(partKey: string, upload: Upload): Promise<void> {
  if (!upload.file) return
  try {
    const { drawPreview, transfer } = await import('./transfer.ts')
    void drawPreview(upload.file).then((preview) => {
      if (!uploadOf(partKey, upload.key)?.id) changeUpload(partKey, upload.key, { preview })
      return preview
    })
    const made = await transfer(upload.file, (progress) => changeUpload(partKey, upload.key, { progress }))
    const recalled = made.hamlet?.recalled_description
    const isEmpty = uploadOf(partKey, upload.key)?.description === ''
    changeUpload(partKey, upload.key, { id: made.id, progress: 1, preview: made.preview_url ?? made.url ?? '' })
    if (recalled && isEmpty) describeUpload(partKey, upload.key, { description: recalled, isRecalled: true })
    const now = uploadOf(partKey, upload.key)
    if (now && now.description !== '') keepWords(now)
  } catch (error) {
    changeUpload(partKey, upload.key, { fault: error instanceof Error ? error.message : explain(error) })
  }
}

export function removeUpload(partKey: string, key: string): void {
  const part = partOf(partKey)
  const gone = part?.uploads.find((one) => one.key === key)
  if (!part || !gone) return
  changePart(partKey, { uploads: part.uploads.filter((one) => one.key !== key) })
}

export function moveUpload(partKey: string, key: string, by: number): void {
  const uploads = partOf(partKey)?.uploads ?? []
  const next = moved(
    uploads,
    uploads.findIndex((one) => one.key === key),
    by,
  )
  if (next) changePart(partKey, { uploads: next })
}

/** Changes what is said of a picture, and tells the server after a pause. */
export function describeUpload(partKey: string, key: string, change: Partial<Upload>): void {
  changeUpload(partKey, key, change)
  const upload = uploadOf(partKey, key)
  if (upload?.id) keepWords(upload)
}

function keepWords(upload: Upload): void {
  // What is on a post already is described with the post.
  if (writing.value?.edit && !upload.file) return
  clearTimeout(waiting.get(upload.key)?.timer)
  waiting.set(upload.key, { upload, timer: setTimeout(() => void tellWords(upload.key).catch(() => {}), LATER_MS) })
}

async function tellWords(key: string): Promise<void> {
  const entry = waiting.get(key)
  if (!entry) return
  waiting.delete(key)
  clearTimeout(entry.timer)
  await putWords(entry.upload)
}

export function putWords({ id, description, focus }: Words): Promise<unknown> {
  const body = { description: description.trim(), focus: `${focus.x.toFixed(2)},${focus.y.toFixed(2)}` }
  return request('PUT', `/api/v1/media/${id}`, { body })
}

/** What the server was not told yet of these pictures: it is sent with the post. */
export function takeWaiting(uploads: readonly Upload[]): Words[] {
  return uploads.flatMap((upload) => {
    const entry = waiting.get(upload.key)
    if (!entry) return []
    clearTimeout(entry.timer)
    waiting.delete(upload.key)
    const { id, description, focus } = entry.upload
    return id ? [{ id, description, focus }] : []
  })
}
