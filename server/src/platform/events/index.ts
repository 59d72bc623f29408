import type { Tx } from '#platform/context'
import { enqueue, type JobKind } from '#platform/jobs'
import type { Streams } from '#platform/streams'

/** A fact in the past tense. `__facts` exists for the compiler only. */
export type DomainEvent<Facts> = { readonly name: string; readonly __facts?: Facts }

export function defineEvent<Facts>(name: string): DomainEvent<Facts> {
  return { name }
}

/** Runs after commit and may be lost without harm; it has the streams to speak on, and nothing else. */
export type LiveReaction<Facts> = { live: (facts: Facts, streams: Streams) => Promise<void> | void }
/** A job row written in the transaction of the change itself. */
export type DurableReaction<Facts> = { job: JobKind<Facts>; when?: (facts: Facts) => boolean }
export type Reaction<Facts> = LiveReaction<Facts> | DurableReaction<Facts>

/** Every consequence of every event, by the event's name. Bound once by `app/reactions.ts`. */
export type Reactions = ReadonlyMap<string, readonly Reaction<unknown>[]>

/** One row of the table of consequences. */
export function on<Facts>(event: DomainEvent<Facts>, ...reactions: Reaction<Facts>[]): [string, Reaction<unknown>[]] {
  return [event.name, reactions as Reaction<unknown>[]]
}

/**
 * Records that something happened: one job row for each durable reaction, in this transaction.
 * An event without a row in the table is a bug and throws.
 */
export async function emit<Facts>(tx: Tx, event: DomainEvent<Facts>, facts: Facts): Promise<void> {
  const reactions = (tx.reactions as Reactions).get(event.name)
  if (!reactions) throw new Error(`The event ${event.name} has no row in app/reactions.ts`)
  for (const reaction of reactions) {
    if ('live' in reaction) tx.afterCommit(() => reaction.live(facts, tx.streams))
    else if (reaction.when?.(facts) ?? true) await enqueue(tx, reaction.job, facts)
  }
}
