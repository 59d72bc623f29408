import { streamAnnouncement, streamReaction, streamWithdrawal } from '#features/announcements'
import { streamThread } from '#features/direct-threads'
import { isOwnList } from '#features/lists'
import { streamMerged, streamNotification } from '#features/notifications'
import { tellPerson, type Sources } from '#features/streaming'
import { streamDelete, streamEdit, streamStatus, streamUnboost } from '#features/timelines'

/** What live listeners are told, by the kind of event that `app/reactions.ts` announces. */
export const liveSources: Sources = {
  presenters: {
    'status.created': streamStatus,
    'status.boosted': streamStatus,
    'status.edited': streamEdit,
    'status.deleted': streamDelete,
    'status.unboosted': streamUnboost,
    conversation: streamThread,
    'poll.counted': streamEdit,
    'poll.closed': streamEdit,
    notification: streamNotification,
    notifications_merged: streamMerged,
    drafts_changed: tellPerson('drafts_changed'),
    case_looks: tellPerson('case_looks'),
    announcement: streamAnnouncement,
    'announcement.delete': streamWithdrawal,
    'announcement.reaction': streamReaction,
    filters_changed: tellPerson('filters_changed'),
  },
  mayHearList: isOwnList,
}
