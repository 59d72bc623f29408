import { announce } from '#features/streaming'
import type { Id } from '#lib/id'
import { defineEvent, type LiveReaction } from '#platform/events'

/** A quote and the two posts in it. */
export type QuoteFacts = {
  quoteId: Id
  /** The post that quotes, and whether its author lives here. */
  statusId: Id
  authorId: Id
  isLocal: boolean
  /** The post that is quoted, and whether its author lives here. */
  quotedStatusId: Id
  quotedAuthorId: Id
  quotedIsLocal: boolean
  /** False for the quote that came with its post: whoever hears of the post hears of it. */
  isChange: boolean
}

/** A person here quotes somebody elsewhere, who is to be asked. */
export const quoteRequested = defineEvent<QuoteFacts>('statuses.quote-requested')
export const quoteAccepted = defineEvent<QuoteFacts>('statuses.quote-accepted')
export const quoteRejected = defineEvent<QuoteFacts>('statuses.quote-rejected')
/** What was allowed is so no longer. */
export const quoteRevoked = defineEvent<QuoteFacts>('statuses.quote-revoked')

/** A post from elsewhere says that it quotes, or shows another stamp; `depth` counts the quotes that led here. */
export const quoteShownUnproven = defineEvent<{ quoteId: Id; depth: number }>('statuses.quote-shown-unproven')

/** Whoever reads the quoting post sees at once what became of its quote. */
export const quoteShown: LiveReaction<QuoteFacts> = {
  live: ({ statusId, isChange }, streams) => {
    if (isChange) announce(streams, 'status.edited', { statusId })
  },
}
