import type { MediaAttachment } from '@hamlet/contract/media'
import type { QuotePolicy, ReplyPolicy, Status, Visibility } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { me, server } from '../../../app/session.ts'
import type { PollDraft } from '../../polls/poll-draft.ts'

export type Focus = { x: number; y: number }

/** A picture of a post in writing. It has an `id` once it has arrived, and no `file` when it came from a draft. */
export type Upload = {
  key: string
  name: string
  preview: string
  file?: File
  id?: string
  /** 0 to 1, while it is on its way. */
  progress: number
  description: string
  focus: Focus
  /** Its words come from what the same person wrote of the same picture before. */
  isRecalled?: boolean
  fault?: string
}

/** One post of what is being written; most writings have one. */
export type Part = {
  key: string
  text: string
  warning: string | null
  uploads: Upload[]
  poll: PollDraft | null
}

export type Writing = {
  /** Tells it apart from others in this browser. */
  localId: string
  /** Sent with the post, so that a press that was not answered is not posted twice. */
  key: string
  /** Where the server keeps it, and which version of it this one changes. */
  draft?: { id: string; version: number }
  parts: Part[]
  visibility: Visibility
  quotePolicy: QuotePolicy
  replyPolicy: ReplyPolicy
  language: string
  replyTo?: Status
  edit?: Status
  /** The words before an edit. */
  original?: string
  quote?: Status | undefined
}

/** What is said of a picture. */
export type Words = Pick<Upload, 'id' | 'description' | 'focus'>

/** Something that is to be sent, once, however often it is tried. */
export type Outgoing = { key: string; writing: Writing; described: Words[]; holdFor: number; at: number }

export const writing = signal<Writing | undefined>(undefined)
export const fault = signal('')
/** The part that has, or last had, the focus. */
export const activeKey = signal('')

export const MOST_PARTS = 20

export function freshPart(change: Partial<Part> = {}): Part {
  return { key: crypto.randomUUID(), text: '', warning: null, uploads: [], poll: null, ...change }
}

export function freshWriting(change: Partial<Writing> = {}): Writing {
  const { source } = me.value
  return {
    localId: crypto.randomUUID(),
    key: crypto.randomUUID(),
    parts: [freshPart()],
    visibility: source.privacy as Visibility,
    quotePolicy: source.quote_policy as QuotePolicy,
    replyPolicy: 'everyone',
    language: source.language ?? navigator.language.slice(0, 2),
    ...change,
  }
}

/** A picture that the server has already. */
export function keptUpload(media: MediaAttachment): Upload {
  return {
    key: media.id,
    id: media.id,
    name: media.description ?? '',
    preview: media.preview_url ?? media.url ?? '',
    progress: 1,
    description: media.description ?? '',
    focus: media.meta.focus,
  }
}

export function isBlank(now: Writing): boolean {
  return now.parts.every((part) => part.text.trim() === '' && part.uploads.length === 0 && !part.warning && !part.poll)
}

export function changeWriting(change: Partial<Writing>): void {
  if (writing.value) writing.value = { ...writing.value, ...change }
}

export function changePart(key: string, change: Partial<Part>): void {
  const now = writing.value
  if (now) changeWriting({ parts: now.parts.map((part) => (part.key === key ? { ...part, ...change } : part)) })
}

export function partOf(key: string): Part | undefined {
  return writing.value?.parts.find((part) => part.key === key)
}

/** Adds a post after the one that is being written, with the warning of that one. */
export function addPart(): void {
  const now = writing.value
  if (!now || now.edit || now.parts.length >= MOST_PARTS) return
  const at = Math.max(
    now.parts.findIndex((part) => part.key === activeKey.value),
    0,
  )
  const part = freshPart({ warning: now.parts[at]?.warning || null })
  activeKey.value = part.key
  changeWriting({ parts: now.parts.toSpliced(at + 1, 0, part) })
}

export function removePart(key: string): void {
  const now = writing.value
  if (now && now.parts.length > 1) changeWriting({ parts: now.parts.filter((part) => part.key !== key) })
}

/** Moves one of several by so many places; undefined where it cannot go. */
export function moved<T>(items: readonly T[], from: number, by: number): T[] | undefined {
  const to = from + by
  const item = items[from]
  return item === undefined || to < 0 || to >= items.length
    ? undefined
    : items.toSpliced(from, 1).toSpliced(to, 0, item)
}

export function movePart(key: string, by: number): void {
  const now = writing.value
  const parts =
    now &&
    moved(
      now.parts,
      now.parts.findIndex((part) => part.key === key),
      by,
    )
  if (parts) changeWriting({ parts })
}

/** What this server answers beside Mastodon's API. */
export function canDo(extension: string): boolean {
  return server.value.configuration.hamlet?.extensions.includes(extension) ?? false
}
