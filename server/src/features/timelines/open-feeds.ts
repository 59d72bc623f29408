import { readSettings } from '#features/settings'
import { permitUser } from '#features/users'
import { invalid, Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Viewer } from '#platform/http'

type Parts = { local: boolean; remote: boolean }

/**
 * Whether this reader may read a feed of everybody, as the team set it for posts of this server and of others; neither
 * flag asks for both. A stranger where it is for members is refused (mastodon-api 1.5).
 */
export async function isOpenTo(
  ctx: Context,
  viewer: Viewer | undefined,
  kind: 'feed' | 'topics',
  { local, remote }: Parts,
): Promise<boolean> {
  const settings = await readSettings(ctx)
  const ours = kind === 'feed' ? settings.local_feed : settings.local_topics
  const theirs = kind === 'feed' ? settings.remote_feed : settings.remote_topics
  const asked = local && !remote ? [ours] : remote && !local ? [theirs] : [ours, theirs]
  if (asked.every((one) => one === 'public')) return true
  if (!viewer?.accountId) throw invalid('This method requires an authenticated user')
  if (!asked.includes('disabled')) return true
  return mayLook(ctx, viewer)
}

/** What a page for strangers shows of a feed: of what is for members only, nothing. */
export async function partsForStrangers(ctx: Context, kind: 'feed' | 'topics'): Promise<Parts | undefined> {
  const settings = await readSettings(ctx)
  const ours = (kind === 'feed' ? settings.local_feed : settings.local_topics) === 'public'
  const theirs = (kind === 'feed' ? settings.remote_feed : settings.remote_topics) === 'public'
  if (!ours && !theirs) return undefined
  return { local: ours && !theirs, remote: theirs && !ours }
}

/** Somebody of the team may have a look at what is shut. */
async function mayLook(ctx: Context, viewer: Viewer): Promise<boolean> {
  try {
    await permitUser(ctx, viewer.userId ?? '', 'view_feeds')
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
