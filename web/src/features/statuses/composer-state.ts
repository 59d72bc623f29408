import type { Status, Visibility } from '@hamlet/contract/status'
import { computed, signal } from '@preact/signals'
import { countCharacters, findEntities } from '@hamlet/contract/text'
import { explain, request } from '../../api/request.ts'
import { keepStatus } from '../../api/store.ts'
import { me, server } from '../../app/session.ts'
import { draftOf, pollBody, problemOf, type PollDraft } from '../polls/poll-draft.ts'
import { toast } from '../../ui/toast.tsx'

export type Upload = { key: string; name: string; preview: string; id?: string; description: string; fault?: string }
export type Draft = {
  text: string
  warning: string | null
  visibility: Visibility
  quotePolicy: 'public' | 'followers' | 'nobody'
  language: string
  replyTo?: Status | undefined
  edit?: Status | undefined
  quote?: Status | undefined
  uploads: Upload[]
  poll: PollDraft | null
  /** Sent with the post, so that a press that was not answered is not posted twice. */
  key: string
}

export const draft = signal<Draft | undefined>(undefined)
export const isSending = signal(false)
export const fault = signal('')
/** Posts that were just written: lists that show them take them in. */
export const written = signal<Status | undefined>(undefined)

const KEPT = 'hamlet-draft'

function fresh(change: Partial<Draft>): Draft {
  const { source } = me.value
  return {
    text: '',
    warning: null,
    visibility: source.privacy as Visibility,
    quotePolicy: source.quote_policy as Draft['quotePolicy'],
    language: source.language ?? navigator.language.slice(0, 2),
    uploads: [],
    poll: null,
    key: crypto.randomUUID(),
    ...change,
  }
}

/** A reply is never for more people than what it answers. */
const order: Visibility[] = ['public', 'unlisted', 'private', 'direct']

type Wish = { replyTo?: Status; edit?: Status; quote?: Status; text?: string }

export function openComposer({ replyTo, edit, quote, text }: Wish = {}): void {
  fault.value = ''
  if (edit) return void openEdit(edit)
  if (replyTo) {
    const people = [replyTo.account.acct, ...replyTo.mentions.map((one) => one.acct)]
    const others = [...new Set(people)].filter((acct) => acct !== me.value.acct)
    const visibility = [replyTo.visibility, fresh({}).visibility].toSorted(
      (a, b) => order.indexOf(b) - order.indexOf(a),
    )[0]
    draft.value = fresh({
      replyTo,
      text: others.map((acct) => `@${acct} `).join(''),
      warning: replyTo.spoiler_text || null,
      visibility: visibility ?? 'public',
    })
    return
  }
  if (quote) return void (draft.value = fresh({ quote }))
  draft.value = fresh({ text: text ?? localStorage.getItem(KEPT) ?? '' })
}

async function openEdit(status: Status): Promise<void> {
  try {
    const source = await request<{ text: string; spoiler_text: string }>('GET', `/api/v1/statuses/${status.id}/source`)
    draft.value = fresh({
      edit: status,
      text: source.text,
      warning: source.spoiler_text || null,
      visibility: status.visibility,
      language: status.language ?? 'en',
      poll: draftOf(status.poll),
    })
  } catch (error) {
    toast(explain(error))
  }
}

export function changeDraft(change: Partial<Draft>): void {
  const now = draft.value
  if (!now) return
  draft.value = { ...now, ...change }
  if (!now.replyTo && !now.edit && !now.quote && change.text !== undefined) localStorage.setItem(KEPT, change.text)
}

export function closeComposer(): void {
  draft.value = undefined
}

export const charactersLeft = computed(() => {
  const now = draft.value
  const limit = server.value?.configuration.statuses.max_characters ?? 500
  return limit - countCharacters((now?.text ?? '') + (now?.warning ?? ''))
})

/** Names of the people that a post in writing would notify. */
export const notified = computed(() => {
  const entities = findEntities(draft.value?.text ?? '')
  const names = entities.map((entity) =>
    entity.kind === 'mention' ? [entity.username, entity.domain].filter(Boolean).join('@') : undefined,
  )
  return [...new Set(names.filter((name) => name !== undefined))]
})

export async function addPictures(files: Iterable<File>): Promise<void> {
  const room = (server.value.configuration.statuses.max_media_attachments ?? 4) - (draft.value?.uploads.length ?? 0)
  await Promise.all([...files].slice(0, room).map((file) => upload(file)))
}

async function upload(file: File): Promise<void> {
  const key = crypto.randomUUID()
  const started: Upload = { key, name: file.name, preview: URL.createObjectURL(file), description: '' }
  changeDraft({ uploads: [...(draft.value?.uploads ?? []), started] })
  const form = new FormData()
  form.set('file', file)
  try {
    const made = await request<{ id: string }>('POST', '/api/v2/media', { form })
    changeUpload(key, { id: made.id })
  } catch (error) {
    changeUpload(key, { fault: explain(error) })
  }
}

export function changeUpload(key: string, change: Partial<Upload>): void {
  const uploads = draft.value?.uploads.map((one) => (one.key === key ? { ...one, ...change } : one))
  if (uploads) changeDraft({ uploads })
}

export function removeUpload(key: string): void {
  const gone = draft.value?.uploads.find((one) => one.key === key)
  if (gone) URL.revokeObjectURL(gone.preview)
  changeDraft({ uploads: (draft.value?.uploads ?? []).filter((one) => one.key !== key) })
}

function problem(now: Draft): string | undefined {
  if (now.text.trim() === '' && now.uploads.length === 0 && !now.quote) return 'Write something first.'
  if (charactersLeft.value < 0) return `${-charactersLeft.value} characters too many.`
  if (now.uploads.some((one) => !one.id && !one.fault)) return 'A picture is still on its way.'
  const pollTrouble = now.poll && problemOf(now.poll, server.value.configuration.polls)
  if (pollTrouble) return pollTrouble
  return now.uploads.some((one) => one.fault) ? 'Take away the picture that did not arrive.' : undefined
}

export async function sendDraft(): Promise<void> {
  const now = draft.value
  if (!now || isSending.value) return
  const trouble = problem(now)
  if (trouble) {
    fault.value = trouble
    return
  }
  isSending.value = true
  fault.value = ''
  try {
    await describeUploads(now.uploads)
    const status = await post(now)
    keepStatus(status)
    written.value = status
    if (!now.replyTo && !now.edit && !now.quote) localStorage.removeItem(KEPT)
    draft.value = undefined
    toast(now.edit ? 'The post is changed.' : 'Your post is out.')
  } catch (error) {
    fault.value = explain(error)
  }
  isSending.value = false
}

async function describeUploads(uploads: readonly Upload[]): Promise<void> {
  const described = uploads.filter((one) => one.id && one.description.trim() !== '')
  await Promise.all(
    described.map((one) =>
      request('PUT', `/api/v1/media/${one.id}`, { body: { description: one.description.trim() } }),
    ),
  )
}

function post(now: Draft): Promise<Status> {
  const body = {
    status: now.text,
    spoiler_text: now.warning ?? '',
    sensitive: (now.warning ?? '') !== '',
    language: now.language,
    media_ids: now.uploads.map((one) => one.id),
    ...(now.poll ? { poll: pollBody(now.poll) } : {}),
  }
  if (now.edit) return request<Status>('PUT', `/api/v1/statuses/${now.edit.id}`, { body })
  return request<Status>('POST', '/api/v1/statuses', {
    body: {
      ...body,
      visibility: now.visibility,
      quote_approval_policy: now.quotePolicy,
      ...(now.replyTo ? { in_reply_to_id: now.replyTo.id } : {}),
      ...(now.quote ? { quoted_status_id: now.quote.id } : {}),
    },
    headers: { 'idempotency-key': now.key },
  })
}
