import { fetchDocument, readActor, type Activity } from '#federation'
import { sameOrigin } from '#lib/host'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import type { Id } from '#lib/id'
import { requireInstanceSigner } from './instance-actor.ts'
import { takeActor } from './remote.ts'
import { findAccountByUri } from './store.ts'

/** Everything of an account leaves: a remote one said that it is gone, or somebody was not let in here. */
export const accountGone = defineEvent<{ accountId: Id }>('accounts.gone')

/** Update of an actor by itself: its own document is asked, so that a forged one changes nothing. */
export async function prepareActorUpdate(ctx: Context, activity: Activity): Promise<void> {
  const known = await findAccountByUri(ctx, activity.actor)
  if (!known || known.is_local) return
  const document = await fetchDocument(ctx, activity.actor, await requireInstanceSigner(ctx))
  await takeActor(ctx, readActor(document, ctx.clock.now()))
}

/** Delete of an actor by itself, proven by its own key. */
export async function handleActorDelete(tx: Tx, activity: Activity): Promise<void> {
  const known = await findAccountByUri(tx, activity.actor)
  if (known && !known.is_local && sameOrigin(known.uri, activity.actor))
    await emit(tx, accountGone, { accountId: known.id })
}
