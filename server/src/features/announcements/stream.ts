import type { Id } from '#lib/id'
import type { Presenter } from '#features/streaming'
import { presentAnnouncements, presentReaction } from './present.ts'
import { listReactions } from './reactions.ts'
import { findAnnouncement } from './store.ts'

type Hearings = Parameters<Presenter>[2]

/** The same for everybody who listens to their own stream (mastodon-api 1.22): `read` and `me` are not said there. */
const tellAll = (hearings: Hearings, event: string, payload: string) =>
  hearings.filter((one) => one.name === 'user').map((hearing) => ({ hearing, event, payload }))

export const streamAnnouncement: Presenter = async (ctx, facts, hearings) => {
  const row = await findAnnouncement(ctx, facts.announcementId as Id)
  if (!row || row.published_at === null) return []
  const [announcement] = await presentAnnouncements(ctx, [row], null)
  return tellAll(hearings, 'announcement', JSON.stringify(announcement))
}

export const streamWithdrawal: Presenter = async (_ctx, facts, hearings) =>
  tellAll(hearings, 'announcement.delete', facts.announcementId as string)

/** The last who took an emoji back leaves none: told as zero. */
export const streamReaction: Presenter = async (ctx, facts, hearings) => {
  const { announcementId, name } = facts as { announcementId: Id; name: string }
  const found = (await listReactions(ctx, [announcementId], null)).find((one) => one.name === name)
  const reaction = found ? presentReaction(found) : { name, count: 0 }
  return tellAll(hearings, 'announcement.reaction', JSON.stringify({ ...reaction, announcement_id: announcementId }))
}
