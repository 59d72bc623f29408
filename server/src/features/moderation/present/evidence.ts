import type { Account } from '@hamlet/contract/account'
import type { Evidence } from '@hamlet/contract/moderation'
import type { Id } from '#lib/id'
import type { EvidenceRow } from '../cases/evidence/store.ts'

const isoOf = (at: string) => new Date(at).toISOString()

/** What was kept, beside how it reads today. */
export function presentEvidence(rows: readonly EvidenceRow[], people: ReadonlyMap<Id, Account>): Evidence[] {
  return rows.flatMap((row) => {
    const account = people.get(row.account_id)
    if (!account) return []
    return [
      {
        id: row.status_id,
        place: row.place,
        account,
        url: row.url,
        html: row.content,
        warning: row.spoiler_text,
        visibility: row.visibility,
        language: row.language,
        at: row.created_at,
        edited_at: row.edited_at,
        edits: row.edits.map((edit) => ({ ...edit, at: isoOf(edit.at) })),
        now: presentNow(row),
        is_gone: row.now_content === null,
        media: row.media,
      },
    ]
  })
}

function presentNow(row: EvidenceRow): Evidence['now'] {
  const { now_content: html, now_spoiler_text: warning } = row
  if (html === null || (html === row.content && warning === row.spoiler_text)) return null
  return { html, warning: warning ?? '', at: row.now_edited_at ?? row.created_at }
}
