import type { Status } from '@hamlet/contract/status'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { presentRows, presentStatuses, presentTag } from './present-statuses.ts'
import { findStatusesById } from '../store.ts'
import { findTags } from '../write/compose.ts'
import { listUnseen } from '../held/store.ts'

/** An author's held posts, of these ids or all, as nobody else can see them yet. */
export async function presentHeld(ctx: Context, authorId: Id, ids?: readonly Id[]): Promise<Status[]> {
  const unseen = await listUnseen(ctx, authorId, ids)
  const rows = await findStatusesById(ctx, [...unseen.keys()])
  const texts = new Map(rows.map((row) => [row.id, row.text]))
  return (await presentRows(ctx, authorId, rows, 'page')).map((status) => ({
    ...status,
    tags: findTags(texts.get(status.id) ?? '').map(({ name }) => presentTag(ctx, name)),
    hamlet: { ...status.hamlet, ...presentHold(unseen.get(status.id)) },
  }))
}

/** What its author is told of a post that nobody else sees. */
function presentHold(hold: { until: string | undefined; isReviewed: boolean } | undefined): Status['hamlet'] {
  return {
    ...(hold?.until === undefined ? {} : { held_until: hold.until }),
    ...(hold?.isReviewed ? { review: 'waiting' as const } : {}),
  }
}

/** What an author has written, in order, whether others see it already or not. */
export async function presentOwn(ctx: Context, authorId: Id, ids: readonly Id[]): Promise<Status[]> {
  const live = await presentStatuses(ctx, authorId, ids)
  if (live.length === ids.length) return live
  const held = await presentHeld(ctx, authorId, ids.filter(isId))
  // What was held when it was looked for as published, and published when it was looked for as held, is there now.
  const late = live.length + held.length < ids.length ? await presentStatuses(ctx, authorId, ids) : []
  const shown = new Map([...held, ...live, ...late].map((status) => [status.id, status]))
  return ids.map((id) => shown.get(id)).filter((status) => status !== undefined)
}
