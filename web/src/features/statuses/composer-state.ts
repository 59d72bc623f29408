import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { me } from '../../app/session.ts'

/** What somebody wants to write: an answer, a change, a quote, a post to be written anew, or words to begin with. */
export type Asked = { replyTo?: Status; edit?: Status; quote?: Status; redraft?: Status; text?: string }

/** Taken up by the composer, which is loaded when it is first asked for. */
export const asked = signal<Asked | undefined>(undefined)
/** Posts that were just written: lists that show them take them in. */
export const written = signal<Status | undefined>(undefined)

export function openComposer(wish: Asked = {}): void {
  asked.value = wish
}

/** How many posts wait here to be sent, as far as this page knows. */
export const waitingPosts = signal(0)

/** Says that posts of this person wait in this browser, so that the composer is loaded at the next start to send them. */
export const outboxMark = () => `hamlet-outbox-${me.peek().id}`

let settle: (() => Promise<void>) | undefined

/** The composer says how what is being written is brought into safety. */
export function onSettle(save: () => Promise<void>): void {
  settle = save
}

/** Brings what is being written into safety, before the page is left. */
export async function settleWriting(): Promise<void> {
  await settle?.()
}
