import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'

/** What somebody wants to write: an answer, a change, a quote, a post to be written anew, or words to begin with. */
export type Asked = { replyTo?: Status; edit?: Status; quote?: Status; redraft?: Status; text?: string }

/** Taken up by the composer, which is loaded when it is first asked for. */
export const asked = signal<Asked | undefined>(undefined)
/** Posts that were just written: lists that show them take them in. */
export const written = signal<Status | undefined>(undefined)

export function openComposer(wish: Asked = {}): void {
  asked.value = wish
}

/** Says that posts wait in the outbox of this browser, so that the composer is loaded at the next start to send them. */
export const OUTBOX_MARK = 'hamlet-outbox'
