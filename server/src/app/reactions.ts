import {
  accountCreated,
  accountEmptied,
  accountGone,
  accountLeft,
  accountMoved,
  actorStored,
  accountStandingChanged,
  accountUpdated,
  followServerPolicy,
  serverStandingSettled,
} from '#features/accounts'
import { announcementPublished, announcementReacted, announcementWithdrawn } from '#features/announcements'
import { takeoutAsked } from '#features/archives'
import { describeCardPicture } from '#features/cards'
import { pictureKept } from '#features/media'
import { serverPolicyChanged, serverPurgeWanted } from '#features/domains'
import { filtersChanged } from '#features/filters'
import { forgetMessage, forgetThreadsWith, keepOwnMessage } from '#features/direct-threads'
import { deliverFeaturedTag } from '#features/featured'
import { tellOfTerms } from '#features/instance'
import { forgetMembership } from '#features/lists'
import { deliverMove, followAlong } from '#features/moves'
import {
  forgetBlocked,
  forgetBoost,
  forgetFavourite,
  forgetFollow,
  forgetQuote,
  forgetStatus,
  forgetSubscription,
  notified,
  notifyOfBoost,
  notifyOfEdit,
  notifyOfFavourite,
  notifyOfFollow,
  notifyOfQuote,
  notifyOfPoll,
  notifyOfReport,
  notifyOfSeverance,
  notifyOfRequest,
  notifyOfSignUp,
  notifyOfStrike,
  notifyOfStatus,
  pushNotified,
} from '#features/notifications'
import {
  deliverFlag,
  mailHoldDecision,
  mailOutcomes,
  reportChanged,
  reportFiled,
  reportResolved,
  strikeGiven,
} from '#features/moderation'
import { revokeTokensOf, tokenRevoked } from '#features/oauth'
import { deliverVotes, pollClosed, pollCounted, votedElsewhere } from '#features/polls'
import {
  accountBlocked,
  accountFollowed,
  accountUnblocked,
  accountUnfollowed,
  deliverAccept,
  deliverActorDelete,
  deliverActorUpdate,
  deliverBlock,
  deliverFollow,
  deliverReject,
  deliverUndoBlock,
  deliverUndoFollow,
  followRequested,
  relationshipsSevered,
  serverBlocked,
  settleTies,
  severServer,
} from '#features/relationships'
import { termsPublished } from '#features/settings'
import { villageWanted } from '#features/set-up'
import {
  attachCard,
  deliverAnnounce,
  deliverCounts,
  deliverCreate,
  deliverDelete,
  deliverLike,
  deliverPin,
  deliverQuoteRequest,
  deliverReplyAnswer,
  fetchFeatured,
  holdDecided,
  deliverStampDelete,
  deliverUndoAnnounce,
  deliverUndoLike,
  deliverUnpin,
  deliverUpdate,
  draftsChanged,
  quoteAccepted,
  interactionPolicyChanged,
  quoteRejected,
  quoteRequested,
  quoteRevoked,
  quoteShown,
  quoteShownUnproven,
  replyJudged,
  statusBoosted,
  statusCreated,
  statusDeleted,
  statusEdited,
  statusFavourited,
  statusMarked,
  statusPinned,
  statusUnruled,
  statusReturned,
  statusUnboosted,
  statusUnfavourited,
  statusUnpinned,
  verifyQuote,
} from '#features/statuses'
import { announced, endStreams } from '#features/streaming'
import { featuredTagsChanged } from '#features/tags'
import { passwordChanged, sessionEnded, signedOut, userFrozen, userLetIn, userSignedUp } from '#features/users'
import {
  hookApproved,
  hookCreated,
  hookEdited,
  hookPosted,
  hookReportChanged,
  hookReported,
  hookUpdated,
} from '#features/webhooks'
import { bringVillage } from './demo/village.ts'
import { packAsked } from './take-out.ts'
import { eraseEmptiedAccount, eraseGoneAccount, purgeServerData } from './leaving.ts'
import { on, type Reactions } from '#platform/events'

/**
 * When this happened, these consequences follow: everything the server does behind your back.
 * An event without a row here is refused when it is emitted.
 */
export const reactions: Reactions = new Map([
  on(accountCreated),
  on(accountUpdated, { job: deliverActorUpdate }, { job: hookUpdated }),
  on(actorStored, { job: fetchFeatured }),
  on(accountMoved, { job: followAlong }, { job: deliverMove, when: ({ isLocal }) => isLocal }),
  on(takeoutAsked, { job: packAsked }),
  on(accountLeft, { job: deliverActorDelete }, { job: eraseGoneAccount }),
  on(accountGone, { job: eraseGoneAccount }),
  on(accountEmptied, { job: eraseEmptiedAccount }),
  on(accountStandingChanged, { job: deliverActorUpdate, when: ({ isLocal }) => isLocal }, { live: endStreams }),
  on(
    reportFiled,
    { job: notifyOfReport },
    { job: hookReported },
    { job: deliverFlag, when: ({ isForwarded }) => isForwarded },
  ),
  on(reportChanged, { job: hookReportChanged }),
  on(reportResolved, { job: mailOutcomes, when: ({ isBulk }) => !isBulk }),
  on(userSignedUp, { job: notifyOfSignUp }, { job: hookCreated }),
  on(userLetIn, { job: hookApproved }),
  on(strikeGiven, { job: notifyOfStrike }),
  on(userSignedUp, { job: notifyOfSignUp }),
  on(villageWanted, { job: bringVillage }),
  on(tokenRevoked, { job: forgetSubscription }, { live: endStreams }),
  on(passwordChanged, { job: revokeTokensOf }, { live: endStreams }),
  on(sessionEnded, { live: endStreams }),
  on(signedOut, { live: endStreams }),
  on(userFrozen, { live: endStreams }),
  on(followRequested, { job: notifyOfRequest }, { job: deliverFollow, when: ({ crosses }) => crosses }),
  on(accountFollowed, { job: notifyOfFollow }, { job: deliverAccept, when: ({ crosses }) => crosses }),
  on(
    accountUnfollowed,
    { job: forgetFollow },
    { job: forgetMembership },
    { job: deliverUndoFollow, when: ({ crosses, by }) => crosses && by === 'follower' },
    { job: deliverReject, when: ({ crosses, by }) => crosses && by === 'target' },
  ),
  on(
    accountBlocked,
    { job: forgetBlocked },
    { job: forgetThreadsWith },
    { job: deliverBlock, when: ({ crosses }) => crosses },
  ),
  on(accountUnblocked, { job: deliverUndoBlock, when: ({ crosses }) => crosses }),
  on(serverPolicyChanged, { job: followServerPolicy }),
  on(serverPurgeWanted, { job: purgeServerData }),
  on(serverStandingSettled, { job: settleTies }),
  on(relationshipsSevered, { job: notifyOfSeverance }),
  on(serverBlocked, { job: severServer }),
  on(
    statusCreated,
    announced('status.created'),
    { job: notifyOfStatus },
    { job: attachCard, when: ({ hasLink }) => hasLink },
    { job: keepOwnMessage, when: ({ isLocal, isDirect }) => isLocal && isDirect },
    { job: deliverCreate, when: ({ isLocal }) => isLocal },
    { job: hookPosted, when: ({ isLocal }) => isLocal },
  ),
  on(
    statusEdited,
    announced('status.edited'),
    { job: notifyOfEdit },
    // An edit may take a link away, too.
    { job: attachCard },
    { job: deliverUpdate, when: ({ isLocal }) => isLocal },
    { job: hookEdited, when: ({ isLocal }) => isLocal },
  ),
  on(
    statusDeleted,
    announced('status.deleted'),
    { job: forgetStatus },
    { job: forgetMessage, when: ({ visibility }) => visibility === 'direct' },
    { job: deliverDelete, when: ({ isLocal }) => isLocal },
  ),
  on(statusUnruled, announced('status.edited'), { job: deliverUpdate, when: ({ isLocal }) => isLocal }),
  on(holdDecided, { job: mailHoldDecision, when: ({ isLocal }) => isLocal }),
  on(statusReturned, { job: deliverCreate, when: ({ isLocal }) => isLocal }),
  on(statusMarked, announced('status.edited'), { job: deliverUpdate, when: ({ isLocal }) => isLocal }),
  on(statusPinned, { job: deliverPin, when: ({ isLocal }) => isLocal }),
  on(statusUnpinned, { job: deliverUnpin, when: ({ isLocal }) => isLocal }),
  on(featuredTagsChanged, { job: deliverFeaturedTag }),
  on(draftsChanged, announced('drafts_changed')),
  on(statusFavourited, { job: notifyOfFavourite }, { job: deliverLike }),
  on(statusUnfavourited, { job: forgetFavourite }, { job: deliverUndoLike }),
  on(statusBoosted, announced('status.boosted'), { job: notifyOfBoost }, { job: deliverAnnounce }),
  on(statusUnboosted, announced('status.unboosted'), { job: forgetBoost }, { job: deliverUndoAnnounce }),
  on(quoteRequested, { job: deliverQuoteRequest }),
  on(quoteShownUnproven, { job: verifyQuote }),
  on(
    quoteAccepted,
    quoteShown,
    { job: notifyOfQuote, when: ({ quotedIsLocal }) => quotedIsLocal },
    { job: deliverUpdate, when: ({ isLocal, quotedIsLocal }) => isLocal && !quotedIsLocal },
  ),
  on(quoteRejected, quoteShown, { job: deliverUpdate, when: ({ isLocal }) => isLocal }),
  on(
    quoteRevoked,
    quoteShown,
    { job: forgetQuote, when: ({ quotedIsLocal }) => quotedIsLocal },
    { job: deliverStampDelete, when: ({ quotedIsLocal }) => quotedIsLocal },
    { job: deliverUpdate, when: ({ isLocal }) => isLocal },
  ),
  on(replyJudged, { job: deliverReplyAnswer }),
  on(interactionPolicyChanged, { job: deliverUpdate }),
  on(votedElsewhere, { job: deliverVotes }),
  on(pollCounted, announced('poll.counted'), { job: deliverCounts, when: ({ isLocal }) => isLocal }),
  on(
    pollClosed,
    announced('poll.closed'),
    { job: notifyOfPoll },
    { job: deliverCounts, when: ({ isLocal }) => isLocal },
  ),
  on(pictureKept, { job: describeCardPicture, when: ({ kind }) => kind === 'card' }),
  on(termsPublished, { job: tellOfTerms }),
  on(announcementPublished, announced('announcement')),
  on(announcementReacted, announced('announcement.reaction')),
  on(announcementWithdrawn, announced('announcement.delete')),
  on(filtersChanged, announced('filters_changed')),
  on(notified, { job: pushNotified, when: ({ isPushed }) => isPushed }),
])
