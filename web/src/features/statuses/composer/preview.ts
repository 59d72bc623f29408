import type { AudiencePreview } from '@hamlet/contract/audience'
import { findEntities } from '@hamlet/contract/text'
import { computed, signal } from '@preact/signals'
import { request } from '../../../api/request.ts'
import { me } from '../../../app/session.ts'
import { ownFollowers } from './audiences.ts'
import { canDo, writing, type Writing } from './model.ts'

const PAUSE_MS = 400
const answers = new Map<string, AudiencePreview>()
const MOST_KEPT = 50
/** Changes when another answer is there. */
const arrived = signal(0)
let timer: ReturnType<typeof setTimeout> | undefined

/** What the answer depends on; letters between the names do not matter. */
function questionOf(now: Writing): Record<string, string> {
  const text = handlesIn(now)
    .map((handle) => `@${handle}`)
    .join(' ')
  return {
    visibility: now.visibility,
    text,
    ...(now.replyTo ? { in_reply_to_id: now.replyTo.id } : {}),
    ...(now.quote ? { quoted_status_id: now.quote.id } : {}),
  }
}

function handlesIn(now: Writing): string[] {
  const handles = now.parts.flatMap((part) =>
    findEntities(part.text).flatMap((entity) =>
      entity.kind === 'mention' ? [[entity.username, entity.domain].filter(Boolean).join('@')] : [],
    ),
  )
  return [...new Set(handles)].filter((handle) => handle.toLowerCase() !== me.value.acct.toLowerCase())
}

/** Told at once from what is on the page; the server's own counts replace it. */
export const preview = computed<(AudiencePreview & { isEstimate: boolean }) | undefined>(() => {
  const now = writing.value
  if (!now || arrived.value < 0) return undefined
  const known = answers.get(JSON.stringify(questionOf(now)))
  if (known) return { ...known, isEstimate: false }
  const notified = handlesIn(now).map((acct) => ({
    id: acct,
    acct,
    username: acct.split('@')[0] ?? acct,
    display_name: '',
  }))
  return {
    followers: now.visibility === 'direct' ? 0 : ownFollowers(),
    servers: 0,
    notified,
    unknown: [],
    isEstimate: true,
  }
})

export function askLater(): void {
  clearTimeout(timer)
  const now = writing.value
  if (!now || now.edit || !canDo('audience_preview')) return
  const body = questionOf(now)
  const key = JSON.stringify(body)
  if (!answers.has(key)) timer = setTimeout(() => void ask(key, body), PAUSE_MS)
}

async function ask(key: string, body: unknown): Promise<void> {
  const answer = await request<AudiencePreview>('POST', '/api/hamlet/v1/audience', { body }).catch(() => undefined)
  if (!answer) return
  if (answers.size >= MOST_KEPT) answers.clear()
  answers.set(key, answer)
  arrived.value += 1
}
