import type { Status, Visibility } from '@hamlet/contract/status'
import { explain, request } from '../../../api/request.ts'
import { keepStatus } from '../../../api/store.ts'
import { me, server } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { draftOf, emptyPoll, problemOf as pollProblemOf } from '../../polls/poll-draft.ts'
import { written, type Asked } from '../composer-state.ts'
import { findStatus, toPost } from './convert.ts'
import { charactersLeft } from './count.ts'
import { findLeft, forgetDraft, isTouched, loadDrafts, saveNow, saveState, saveWriting, theirs } from './drafts.ts'
import { takeBack } from './holding.ts'
import { activeKey, fault, freshPart, freshWriting, isBlank, keptUpload, writing, type Writing } from './model.ts'
import { sendOut } from './outbox.ts'
import { keepWarning } from './preferences.ts'

/** Opens what somebody wants to write. */
export async function begin(wish: Asked): Promise<void> {
  fault.value = ''
  theirs.value = undefined
  try {
    const next = await startOf(wish)
    saveState.value = next.draft ? 'saved' : 'new'
    isTouched.value = false
    activeKey.value = next.parts[0]?.key ?? ''
    writing.value = next
    if (!wish.edit) void loadDrafts()
  } catch (error) {
    toast(explain(error))
  }
}

async function startOf({ edit, redraft, replyTo, quote, text }: Asked): Promise<Writing> {
  if (edit) return startEdit(edit)
  if (redraft) return startRedraft(redraft)
  if (quote) return freshWriting({ quote })
  if (text !== undefined) return freshWriting({ parts: [freshPart({ text })] })
  return (await findLeft(replyTo?.id)) ?? (replyTo ? startReply(replyTo) : freshWriting())
}

/** From the widest audience to the narrowest. */
const order: Visibility[] = ['public', 'unlisted', 'private', 'direct']

/** A reply names who takes part, and is never for more people than what it answers. */
function startReply(replyTo: Status): Writing {
  const people = [replyTo.account.acct, ...replyTo.mentions.map((one) => one.acct)]
  const others = [...new Set(people)].filter((acct) => acct !== me.value.acct)
  const usual = freshWriting()
  const narrower = order.indexOf(replyTo.visibility) > order.indexOf(usual.visibility)
  const part = freshPart({
    text: others.map((acct) => `@${acct} `).join(''),
    warning: replyTo.spoiler_text || null,
  })
  return { ...usual, replyTo, parts: [part], visibility: narrower ? replyTo.visibility : usual.visibility }
}

async function startEdit(edit: Status): Promise<Writing> {
  const source = await request<{ text: string; spoiler_text: string }>('GET', `/api/v1/statuses/${edit.id}/source`)
  return { ...asWritten(edit, source.text, source.spoiler_text), edit, original: source.text }
}

async function startRedraft(gone: Status): Promise<Writing> {
  const replyTo = gone.in_reply_to_id ? await findStatus(gone.in_reply_to_id) : undefined
  const quote = gone.quote && 'quoted_status' in gone.quote ? gone.quote.quoted_status : undefined
  return {
    ...withOpenPoll(asWritten(gone, gone.text ?? '', gone.spoiler_text)),
    ...(replyTo ? { replyTo } : {}),
    ...(quote ? { quote } : {}),
  }
}

/** A poll that is asked anew needs an end of its own. */
function withOpenPoll(now: Writing): Writing {
  const { expiresIn } = emptyPoll
  return { ...now, parts: now.parts.map((part) => ({ ...part, poll: part.poll && { ...part.poll, expiresIn } })) }
}

function asWritten(status: Status, text: string, warning: string): Writing {
  const automatic = status.quote_approval.automatic[0]
  return freshWriting({
    parts: [
      freshPart({
        text,
        warning: warning || null,
        uploads: status.media_attachments.map(keptUpload),
        poll: draftOf(status.poll),
      }),
    ],
    visibility: status.visibility,
    language: status.language ?? 'en',
    quotePolicy: automatic === 'public' || automatic === 'followers' ? automatic : 'nobody',
  })
}

/** Closing never asks: what was written is among the drafts. */
export async function close(): Promise<void> {
  const now = writing.value
  if (!now) return
  if (now.edit || !isTouched.value) {
    writing.value = undefined
    return
  }
  if (isBlank(now)) {
    writing.value = undefined
    await forgetDraft(now)
    return
  }
  const saving = saveWriting(now)
  writing.value = undefined
  toast(t('composer.savedInDrafts', 'Saved in drafts'))
  await saving
}

/** Why this cannot be sent as it is, in words; undefined when it can. */
export function problemOf(now: Writing): string | undefined {
  for (const part of now.parts) {
    const isQuoteAlone = part === now.parts[0] && Boolean(now.quote ?? now.edit?.quote)
    if (part.text.trim() === '' && part.uploads.length === 0 && !isQuoteAlone)
      return now.parts.length > 1
        ? t('composer.emptyPart', 'A post of the thread is empty.')
        : t('composer.empty', 'Write something first.')
    const over = -charactersLeft(part)
    if (over > 0)
      return t('composer.tooLong', '{over, plural, one {# character} other {# characters}} too many.', { over })
    const pollTrouble = part.poll && pollProblemOf(part.poll, server.value.configuration.polls)
    if (pollTrouble) return pollTrouble
    if (part.uploads.some((one) => one.fault))
      return t('composer.faultyPicture', 'Try the picture that did not arrive again, or take it away.')
    if (part.uploads.some((one) => !one.id)) return t('composer.onItsWay', 'A picture is still on its way.')
  }
  return undefined
}

/** Sends what is written and closes; false when something is to be mended first. */
export async function send(): Promise<boolean> {
  const now = writing.value
  if (!now) return false
  fault.value = problemOf(now) ?? ''
  if (fault.value !== '') return false
  for (const part of now.parts) keepWarning(part.warning ?? '')
  if (now.edit) return sendEdit(now)
  writing.value = undefined
  await sendOut(now)
  return true
}

async function sendEdit(now: Writing): Promise<boolean> {
  const [part] = now.parts
  if (!part || !now.edit) return false
  const { visibility: _, ...body } = toPost(now, part)
  const media_attributes = part.uploads.map(({ id, description, focus }) => ({
    id,
    description,
    focus: `${focus.x.toFixed(2)},${focus.y.toFixed(2)}`,
  }))
  try {
    const status = await request<Status>('PUT', `/api/v1/statuses/${now.edit.id}`, {
      body: { ...body, media_attributes },
    })
    keepStatus(status)
    written.value = status
    writing.value = undefined
    toast(t('composer.changed', 'The post is changed.'))
    return true
  } catch (error) {
    fault.value = explain(error)
    return false
  }
}

/** Undo: the words are back where they were written. */
export async function undo(): Promise<void> {
  const before = await takeBack()
  if (!before) return
  if (writing.value) await saveNow()
  fault.value = ''
  saveState.value = 'new'
  isTouched.value = true
  activeKey.value = before.parts[0]?.key ?? ''
  writing.value = before
  await saveNow()
}
