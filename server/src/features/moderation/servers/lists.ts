import { sql } from 'kysely'
import { decideDraft, findDraft, listDrafts, type Change, type DraftRow } from '#features/domains'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** A server with which so many follows are is never shut out with others by one press. */
export const PROTECTED_FOLLOWS = 3

/** How many follows there are between people here and each of these servers, and those below their names. One query. */
export async function countFollowsWith(ctx: Context, hosts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (hosts.length === 0) return new Map()
  const found = await sql<{ host: string; count: number }>`
    select h as host, (select count(*)::int from accounts a join domains d on d.id = a.domain_id
        join follows f on f.state = 'accepted' and (f.account_id = a.id or f.target_account_id = a.id)
      where not d.is_local and h = any(host_and_parents(d.host))) as count
    from unnest(${[...new Set(hosts)]}::text[]) h`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.host, row.count]))
}

/** Whether a change is for one decision of its own. A retraction and a milder policy harm nobody. */
export function isProtected({ change, severity }: DraftRow, follows: number): boolean {
  return follows >= PROTECTED_FOLLOWS && severity === 'suspend' && (change === 'new' || change === 'stricter')
}

/** One decision; 404 for what is no draft of this list, 409 when somebody else was quicker. */
export async function decideOne(
  tx: Tx,
  actorId: Id,
  { listId, draftId }: { listId: Id; draftId: Id },
  isAccepted: boolean,
): Promise<void> {
  const draft = await findDraft(tx, draftId)
  if (draft?.list_id !== listId) throw notFound()
  if (!(await decideDraft(tx, actorId, draft, isAccepted)))
    throw new Refusal('conflict', 'Somebody has decided this already.')
}

type All = { listId: Id; actorId: Id; isAccepted: boolean; change?: Change | undefined }
const CHUNK = 50

/** All that a list asks for, or all of one kind; what is protected stays. In chunks, each of which may be done again. */
export const decideAll = defineJob<All>({
  name: 'moderation.decide-drafts',
  class: 'slow',
  orderingKey: ({ listId }) => `drafts:${listId}`,
  run: async (ctx, all) => {
    let after: Id | null = '9223372036854775807'
    while (after !== null) after = await decideChunk(ctx, all, after)
  },
})

function decideChunk(ctx: Context, { listId, actorId, isAccepted, change }: All, before: Id): Promise<Id | null> {
  return transact(ctx, async (tx) => {
    const drafts = await listDrafts(tx, listId, { change, page: { limit: CHUNK, maxId: before } })
    const follows = await countFollowsWith(
      tx,
      drafts.map((draft) => draft.host),
    )
    for (const draft of drafts)
      if (!isAccepted || !isProtected(draft, follows.get(draft.host) ?? 0))
        await decideDraft(tx, actorId, draft, isAccepted)
    return drafts.length === CHUNK ? (drafts.at(-1)?.id ?? null) : null
  })
}
