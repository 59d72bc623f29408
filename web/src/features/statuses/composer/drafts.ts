import type { Draft } from '@hamlet/contract/draft'
import { signal } from '@preact/signals'
import { ApiError, request } from '../../../api/request.ts'
import { fromDraft, toDraft, toKeep } from './convert.ts'
import { canDo, changeWriting, isBlank, writing, type Writing } from './model.ts'
import { local, type LocalDraft } from './store.ts'

export type SaveState = 'new' | 'saving' | 'saved' | 'here' | 'conflict'

export const saveState = signal<SaveState>('new')
/** Whether anything was written since it was opened. */
export const isTouched = signal(false)
/** What the same draft says elsewhere, when both were changed. */
export const theirs = signal<Draft | undefined>(undefined)
/** Every draft of the person, the last change first. */
export const allDrafts = signal<Draft[]>([])

const PATH = '/api/hamlet/v1/drafts'
const PAUSE_MS = 500
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

/** Saves after a pause in typing. An edit of a published post is no draft. */
export function saveLater(): void {
  const now = writing.value
  if (!now || now.edit || theirs.value) return
  clearTimeout(timer)
  isTouched.value = true
  saveState.value = 'saving'
  timer = setTimeout(() => void saveNow(), PAUSE_MS)
}

/** Saves what is written now. */
export function saveNow(): Promise<void> {
  return writing.value ? saveWriting(writing.value) : Promise.resolve()
}

/** One save after the other; a writing that is closed is saved on behind it. */
export async function saveWriting(now: Writing): Promise<void> {
  clearTimeout(timer)
  if (now.edit || (isBlank(now) && !draftOf(now))) return
  const before = running
  running = (async () => {
    await before
    await save(now)
  })()
  await running
}

/** Where the server keeps a writing, as the last save was told. */
const known = new Map<string, NonNullable<Writing['draft']>>()
/** Takes another version for the one that a writing changes. */
export function adopt(now: Writing, { id, version }: Draft): void {
  known.set(now.localId, { id, version })
}

const draftOf = (now: Writing) => known.get(now.localId) ?? now.draft

async function save(now: Writing): Promise<void> {
  await keepHere(now, true)
  if (!canDo('drafts')) return
  try {
    const draft = await sendDraft(now)
    adopt(now, draft)
    const { id, version } = draft
    if (writing.value?.localId === now.localId) {
      changeWriting({ draft: { id, version } })
      saveState.value = 'saved'
    }
    await keepHere({ ...now, draft: { id, version } }, false)
  } catch (error) {
    noteFailure(now, error)
  }
}

function noteFailure(now: Writing, error: unknown): void {
  const conflict = error instanceof ApiError && error.status === 409 ? (error.body.draft as Draft) : undefined
  if (conflict) theirs.value = conflict
  if (writing.value?.localId === now.localId) saveState.value = conflict ? 'conflict' : 'here'
}

async function keepHere(now: Writing, isDirty: boolean): Promise<void> {
  const kept: LocalDraft = {
    localId: now.localId,
    writing: toKeep(now),
    updatedAt: Date.now(),
    isDirty,
    isSetAside: false,
  }
  await local.keepDraft(kept)
  if (isDirty && writing.value?.localId === now.localId) saveState.value = 'here'
}

/** One that was thrown away elsewhere is made anew. */
async function sendDraft(now: Writing): Promise<Draft> {
  const draft = draftOf(now)
  if (draft) {
    const body = { ...toDraft(now), version: draft.version }
    const saved = await request<Draft>('PUT', `${PATH}/${draft.id}`, { body }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    })
    if (saved) return saved
  }
  const headers = { 'idempotency-key': `draft-${now.localId}${draft ? `-${draft.id}` : ''}` }
  const made = await request<Draft>('POST', PATH, { body: toDraft(now), headers })
  // The first save may have been answered unheard: what was written since is sent after it.
  return JSON.stringify(toDraft(await fromDraft(made))) === JSON.stringify(toDraft(now))
    ? made
    : request<Draft>('PUT', `${PATH}/${made.id}`, { body: { ...toDraft(now), version: made.version } })
}

export async function loadDrafts(): Promise<void> {
  if (!canDo('drafts')) return
  allDrafts.value = await request<Draft[]>('GET', PATH).catch(() => allDrafts.value)
}

/** The writing that was left here last in answer to the same post, or to none; a newer version of it from elsewhere. */
export async function findLeft(replyId: string | undefined): Promise<Writing | undefined> {
  const kept = (await local.listDrafts()).toSorted((a, b) => b.updatedAt - a.updatedAt)
  const left = kept.find((one) => !one.isSetAside && one.writing.replyTo?.id === replyId && !one.writing.quote)
  if (!left) return undefined
  const { draft } = left.writing
  if (!draft || left.isDirty) return left.writing
  const latest = await request<Draft>('GET', `${PATH}/${draft.id}`).catch((error: unknown) =>
    error instanceof ApiError && error.status === 404 ? null : undefined,
  )
  if (latest === null) {
    // Sent or thrown away on another device.
    await local.dropDraft(left.localId)
    return undefined
  }
  if (!latest || latest.version === draft.version) return left.writing
  return { ...(await fromDraft(latest)), localId: left.localId }
}

/** The writing was sent or thrown away: no copy of it stays anywhere. */
export async function forgetDraft(now: Writing): Promise<void> {
  clearTimeout(timer)
  await running
  await local.dropDraft(now.localId)
  const id = draftOf(now)?.id
  if (id) await request('DELETE', `${PATH}/${id}`).catch(() => undefined)
  allDrafts.value = allDrafts.value.filter((one) => one.id !== id)
}

/** Leaves the present writing among the drafts and writes on at another one. */
export async function takeUp(next: Writing): Promise<void> {
  const before = writing.value
  if (before && !isBlank(before)) {
    await saveNow()
    const kept = (await local.listDrafts()).find((one) => one.localId === before.localId)
    if (kept) await local.keepDraft({ ...kept, isSetAside: true })
  }
  theirs.value = undefined
  isTouched.value = false
  writing.value = next
  saveState.value = next.draft ? 'saved' : 'new'
}
