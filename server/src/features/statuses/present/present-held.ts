import type { Status } from '@hamlet/contract/status'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { presentRows, presentStatuses, presentTag } from './present-statuses.ts'
import { findStatusesById } from '../store.ts'
import { findTags } from '../write/compose.ts'
import { listHeld } from '../held/store.ts'

/** An author's held posts, of these ids or all, as nobody else can see them yet. */
export async function presentHeld(ctx: Context, authorId: Id, ids?: readonly Id[]): Promise<Status[]> {
  const held = await listHeld(ctx, authorId, ids)
  const until = new Map(held.map((row) => [row.status_id, row.publish_at]))
  const rows = await findStatusesById(ctx, [...until.keys()])
  const texts = new Map(rows.map((row) => [row.id, row.text]))
  return (await presentRows(ctx, authorId, rows, 'page')).map((status) => ({
    ...status,
    tags: findTags(texts.get(status.id) ?? '').map(({ name }) => presentTag(ctx, name)),
    hamlet: { ...status.hamlet, held_until: until.get(status.id) ?? status.created_at },
  }))
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
