import type { Draft, DraftPoll } from '@hamlet/contract/draft'
import type { Status } from '@hamlet/contract/status'
import { request } from '../../../api/request.ts'
import { emptyPoll, pollBody, type PollDraft } from '../../polls/poll-draft.ts'
import { freshPart, freshWriting, keptUpload, type Part, type Upload, type Writing } from './model.ts'

const idsOf = (uploads: readonly Upload[]) => uploads.map((one) => one.id).filter((id) => id !== undefined)

/** A writing as the server keeps it among the drafts. */
export function toDraft(now: Writing): Record<string, unknown> {
  return {
    visibility: now.visibility,
    quote_approval_policy: now.quotePolicy,
    reply_policy: now.replyPolicy,
    language: now.language,
    ...(now.replyTo ? { in_reply_to_id: now.replyTo.id } : {}),
    ...(now.quote ? { quoted_status_id: now.quote.id } : {}),
    parts: now.parts.map((part) => ({
      text: part.text,
      spoiler_text: part.warning ?? '',
      ...(part.poll ? { poll: toDraftPoll(part.poll) } : {}),
      media_ids: idsOf(part.uploads),
    })),
  }
}

/** A draft as it is written on. What it answers and quotes is asked for; gone, it becomes a post of its own. */
export async function fromDraft(draft: Draft): Promise<Writing> {
  const find = (id: string | null) => (id ? findStatus(id) : undefined)
  const [replyTo, quote] = await Promise.all([find(draft.in_reply_to_id), find(draft.quoted_status_id)])
  return freshWriting({
    draft: { id: draft.id, version: draft.version },
    parts: draft.parts.map((part) =>
      freshPart({
        text: part.text,
        warning: part.spoiler_text || null,
        poll: part.poll && fromDraftPoll(part.poll),
        uploads: part.media_attachments.map(keptUpload),
      }),
    ),
    ...(draft.visibility ? { visibility: draft.visibility } : {}),
    ...(draft.quote_approval_policy ? { quotePolicy: draft.quote_approval_policy } : {}),
    ...(draft.reply_policy ? { replyPolicy: draft.reply_policy } : {}),
    ...(draft.language ? { language: draft.language } : {}),
    ...(replyTo ? { replyTo } : {}),
    ...(quote ? { quote } : {}),
  })
}

/** Half-written options are kept as they are. */
function toDraftPoll({ options, expiresIn, multiple, hideTotals }: PollDraft): DraftPoll {
  return { options, expires_in: expiresIn ?? 0, multiple, hide_totals: hideTotals }
}

function fromDraftPoll({ options, expires_in, multiple, hide_totals: hideTotals }: DraftPoll): PollDraft {
  return { options, expiresIn: expires_in || emptyPoll.expiresIn, multiple, hideTotals }
}

export async function findStatus(id: string): Promise<Status | undefined> {
  return request<Status>('GET', `/api/v1/statuses/${id}`).catch(() => undefined)
}

/** One part as `POST /api/v1/statuses` takes it. */
export function toPost(now: Writing, part: Part): Record<string, unknown> {
  return {
    status: part.text,
    spoiler_text: part.warning ?? '',
    sensitive: (part.warning ?? '') !== '',
    language: now.language,
    media_ids: idsOf(part.uploads),
    visibility: now.visibility,
    quote_approval_policy: now.quotePolicy,
    ...(now.replyTo ? {} : { reply_policy: now.replyPolicy }),
    ...(part.poll ? { poll: pollBody(part.poll) } : {}),
    ...(now.quote && part === now.parts[0] ? { quoted_status_id: now.quote.id } : {}),
    ...(now.replyTo && part === now.parts[0] ? { in_reply_to_id: now.replyTo.id } : {}),
  }
}

/** Without what only this page can hold: files and their previews. */
export function toKeep(now: Writing): Writing {
  const keep = (upload: Upload): Upload => {
    const { file: _, ...rest } = upload
    return rest
  }
  const parts = now.parts.map((part) => ({ ...part, uploads: part.uploads.filter((one) => one.id).map(keep) }))
  return { ...now, parts }
}
