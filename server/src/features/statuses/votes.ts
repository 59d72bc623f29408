import { findPoll } from '#features/polls'
import {
  idOf,
  isJson,
  listOf,
  readAttribution,
  trustsEmbedded,
  typeOf,
  type Activity,
  type RemoteNote,
} from '#federation'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findStatusByUri } from './store.ts'

/**
 * A note that answers something and has a name in place of words is a vote, whatever it was for, and never a post
 * (federation.md b.4).
 */
export function isBareAnswer(note: RemoteNote): boolean {
  return note.type === 'Note' && note.name !== '' && note.inReplyTo !== undefined && note.content === ''
}

export type FoundVote = { statusId: Id; name: string }

/** Some send all that somebody chose in one activity. */
const MOST_VOTES = 20

/** The votes in an activity for polls of ours: notes whose name is an option of what they answer. */
export async function findVotes(ctx: Context, activity: Activity): Promise<FoundVote[]> {
  const found: FoundVote[] = []
  for (const note of listOf(activity.raw.object, MOST_VOTES).filter(isJson)) {
    const { name } = note
    const answered = idOf(note.inReplyTo)
    const claim = {
      ...activity.claim,
      objectId: idOf(note.id),
      objectEmbedded: true,
      objectAttributedTo: readAttribution(note.attributedTo),
    }
    if (typeOf(note) !== 'Note' || typeof name !== 'string' || !answered || !trustsEmbedded(claim)) continue
    // oxlint-disable-next-line no-await-in-loop -- votes of one activity are few
    const parent = await findStatusByUri(ctx, answered)
    // oxlint-disable-next-line no-await-in-loop -- as above
    const poll = parent?.is_local ? await findPoll(ctx, parent.id) : undefined
    if (poll?.options.includes(name)) found.push({ statusId: poll.status_id, name })
  }
  return found
}
