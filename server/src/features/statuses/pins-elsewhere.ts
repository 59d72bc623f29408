import { findAccount, findAccountByUri, requireInstanceSigner, type AccountRow } from '#features/accounts'
import { idOf, walkCollection, type Activity } from '#federation'
import { sameOrigin } from '#lib/host'
import type { Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { resolveStatus } from './receive-note.ts'
import { findStatusByUri, type StatusRow } from './store.ts'

/** As many as are looked at and kept of a profile from elsewhere; its own server may allow others. */
const MOST = 20

/** Reads what stands on top of a profile from elsewhere; what it says is what is shown (federation.md b.7, collections). */
export const fetchFeatured = defineJob<{ accountId: Id }>({
  name: 'statuses.fetch-featured',
  class: 'fetch',
  maxAttempts: 3,
  orderingKey: ({ accountId }) => `featured:${accountId}`,
  run: async (ctx, { accountId }) => {
    const author = await findAccount(ctx, accountId)
    if (!author || author.is_local || author.featured_url === '') return
    const signer = await requireInstanceSigner(ctx)
    const walk = { origin: author.uri, most: MOST, budget: { pages: 2 }, signer }
    const { ids, failure } = await walkCollection(ctx, author.featured_url, walk)
    // A server that is away has not said that there are none.
    if (failure) return
    const found: Id[] = []
    for (const uri of ids) {
      const status = await findOwn(ctx, author, uri)
      if (status) found.push(status.id)
    }
    await transact(ctx, (tx) => replacePins(tx, accountId, found))
  },
})

async function findOwn(ctx: Context, author: AccountRow, uri: string): Promise<StatusRow | undefined> {
  if (!sameOrigin(uri, author.uri)) return undefined
  try {
    const status = await resolveStatus(ctx, uri)
    return isPinnable(status, author.id) ? status : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function isPinnable(status: StatusRow, accountId: Id): boolean {
  const isOpen = status.visibility === 'public' || status.visibility === 'unlisted'
  return status.account_id === accountId && status.reblog_of_id === null && isOpen
}

/** Collections begin with what was pinned last; a profile shows the highest pin first. */
async function replacePins(tx: Tx, accountId: Id, ids: readonly Id[]): Promise<void> {
  await tx.db.deleteFrom('status_pins').where('account_id', '=', accountId).execute()
  for (const id of ids.toReversed()) await addPin(tx, accountId, id)
}

async function addPin(tx: Tx, accountId: Id, statusId: Id): Promise<void> {
  await tx.db
    .insertInto('status_pins')
    .values({ account_id: accountId, status_id: statusId, created_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The author whose own list of pins an Add or a Remove names; undefined for any other collection. */
async function findPinner(ctx: Context, { actor, raw }: Activity): Promise<AccountRow | undefined> {
  const author = await findAccountByUri(ctx, actor)
  if (!author || author.is_local || author.featured_url === '') return undefined
  return idOf(raw.target) === author.featured_url ? author : undefined
}

/** What is pinned is fetched first, when it is not here. */
export async function prepareAdd(ctx: Context, activity: Activity): Promise<void> {
  const author = await findPinner(ctx, activity)
  if (!author || !activity.objectId) throw notFound()
  await resolveStatus(ctx, activity.objectId)
}

/** A post is put on top of its author's profile elsewhere. */
export async function handleAdd(tx: Tx, activity: Activity): Promise<void> {
  const author = await findPinner(tx, activity)
  const status = activity.objectId ? await findStatusByUri(tx, activity.objectId) : undefined
  if (!author || !status || !isPinnable(status, author.id)) return
  const pins = await tx.db.selectFrom('status_pins').select('id').where('account_id', '=', author.id).execute()
  if (pins.length < MOST) await addPin(tx, author.id, status.id)
}

/** A post is taken from there. */
export async function handleRemove(tx: Tx, activity: Activity): Promise<void> {
  const author = await findPinner(tx, activity)
  const status = activity.objectId ? await findStatusByUri(tx, activity.objectId) : undefined
  if (!author || !status) return
  await tx.db.deleteFrom('status_pins').where('account_id', '=', author.id).where('status_id', '=', status.id).execute()
}
