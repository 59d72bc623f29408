/**
 * Purpose: posts: write, hold back, schedule, show, edit, delete; drafts of them; the presenter of statuses.
 * Owns: statuses, mentions, status_tags, status_edits, status_tombstones, idempotency_keys, quotes, held_statuses, drafts,
 * scheduled_statuses, status_pins, thread_fetches, set_aside_replies, status_clearings.
 * Events: statusCreated, statusEdited, statusDeleted, statusFavourited, statusBoosted and their undoings, quoteRequested,
 * quoteAccepted, quoteRejected, quoteRevoked, quoteShownUnproven, interactionPolicyChanged, replyJudged, draftsChanged,
 * holdDecided, statusUnruled, statusPinned, statusUnpinned, statusReturned, statusMarked.
 */
import { defineRoom } from '#platform/room'
import { attachCard } from './attach-card.ts'
import { clearingSchedules } from './clearing/clear-old.ts'
import { publishWhenDue } from './held/hold-statuses.ts'
import { schedules } from './jobs.ts'
import { outboxJobs } from './outbox.ts'
import { pinJobs } from './pin-outbox.ts'
import { fetchFeatured } from './pins-elsewhere.ts'
import { quoteJobs } from './quote/outbox.ts'
import { quoteSchedules, verifyQuote } from './quote/verify-quote.ts'
import { deliverReplyAnswer } from './replies/outbox.ts'
import { eraseStatuses, takeOutStatuses } from './leaving.ts'
import { pages } from './pages.ts'
import { deliverCounts } from './poll-outbox.ts'
import { actRoutes } from './routes/acts.ts'
import { audienceRoute } from './routes/audience.ts'
import { clearingRoutes } from './routes/clearing.ts'
import { contextRoutes } from './routes/contexts.ts'
import { documentRoutes } from './routes/documents.ts'
import { draftRoutes } from './routes/drafts.ts'
import { editRoutes } from './routes/edits.ts'
import { heldRoutes } from './routes/held.ts'
import { oembedRoute } from './routes/oembed.ts'
import { pinRoutes } from './routes/pins.ts'
import { replyRoutes } from './routes/replies.ts'
import { postRoutes } from './routes/posts.ts'
import { quoteRoutes } from './routes/quotes.ts'
import { scheduledRoutes } from './routes/scheduled.ts'
import { threadRoutes } from './routes/threads.ts'
import { publishScheduled } from './scheduled/publish-scheduled.ts'
import { fetchThread, threadSchedules } from './thread/fetch-thread.ts'

export { attachCard } from './attach-card.ts'
export { createStatus, statusCreated, type NewStatus } from './write/create-status.ts'
export { favouriteStatus, unfavouriteStatus, statusFavourited, statusUnfavourited } from './write/favourite-status.ts'
export { boostStatus, unboostStatus, statusBoosted, statusUnboosted } from './write/boost-status.ts'
export { editStatus, statusEdited } from './write/edit-status.ts'
export { listPinned, statusPinned, statusUnpinned } from './write/pin-status.ts'
export { fetchFeatured, handleAdd, handleRemove, prepareAdd } from './pins-elsewhere.ts'
export { writeOutbox } from './write-outbox.ts'
export { decideHolds, holdDecided, type Decision as HoldDecision } from './gate/decide-holds.ts'
export { countStrangers, factsOf, type Draft } from './gate/read-facts.ts'
export { statusUnruled, undoHits } from './gate/undo-hits.ts'
export { deliverPin, deliverUnpin } from './pin-outbox.ts'
export { importStatus, type ImportedPost } from './write/import-status.ts'
export { deleteStatus, statusDeleted } from './write/delete-status.ts'
export { forgetStatus } from './clearing/forget-status.ts'
export { markStatuses, purgeRemoved, removeStatuses, restoreStatuses } from './removal/remove-statuses.ts'
export { previewPosts } from './removal/list-told.ts'
export { statusMarked, statusReturned } from './removal/events.ts'
export { draftsChanged } from './drafts/save-draft.ts'
export {
  handleAnnounce,
  handleCreate,
  handleDelete,
  handleLike,
  handleUndo as handleStatusUndo,
  handleUpdate,
  prepareAnnounce,
  prepareCreate,
  prepareLike,
} from './inbox.ts'
export {
  deliverAnnounce,
  deliverCreate,
  deliverDelete,
  deliverLike,
  deliverUndoAnnounce,
  deliverUndoLike,
  deliverUpdate,
} from './outbox.ts'
export {
  quoteAccepted,
  quoteRejected,
  quoteRequested,
  quoteRevoked,
  quoteShown,
  quoteShownUnproven,
  type QuoteFacts,
} from './quote/events.ts'
export { handleQuoteAnswer, handleQuoteRequest, prepareQuoteRequest } from './quote/inbox.ts'
export { deliverQuoteRequest, deliverStampDelete } from './quote/outbox.ts'
export { interactionPolicyChanged } from './quote/set-policy.ts'
export { deliverReplyAnswer } from './replies/outbox.ts'
export { replyJudged } from './replies/set-aside.ts'
export { verifyQuote } from './quote/verify-quote.ts'
export { deliverCounts } from './poll-outbox.ts'
export { resolveStatus } from './receive-note.ts'
export { presentStatuses } from './present/present-statuses.ts'
export { presentUnseen } from './present/present-unseen.ts'
export { countActiveAuthors, countLocalStatuses, findStatus, findStatusByUri, findStatusesById } from './store.ts'
export { MAX_CHARACTERS } from './write/compose.ts'
export { rewriteStatusAddresses } from './write/rewrite-addresses.ts'

export const statuses = defineRoom({
  name: 'statuses',
  routes: [
    oembedRoute,
    ...postRoutes,
    ...editRoutes,
    ...documentRoutes,
    ...contextRoutes,
    ...threadRoutes,
    ...replyRoutes,
    ...actRoutes,
    ...pinRoutes,
    ...quoteRoutes,
    ...heldRoutes,
    ...draftRoutes,
    ...scheduledRoutes,
    audienceRoute,
    ...clearingRoutes,
  ],
  pages,
  jobs: [
    ...outboxJobs,
    ...pinJobs,
    ...quoteJobs,
    verifyQuote,
    deliverCounts,
    attachCard,
    fetchThread,
    fetchFeatured,
    deliverReplyAnswer,
    publishWhenDue,
    publishScheduled,
  ],
  schedules: [...schedules, ...quoteSchedules, ...threadSchedules, ...clearingSchedules],
  erase: eraseStatuses,
  takeout: takeOutStatuses,
})
