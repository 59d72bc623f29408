import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { requireOtherHost } from '../policies/change.ts'

/** Everything of a server, and of those below its name, is to leave. */
export const serverPurgeWanted = defineEvent<{ host: string }>('domains.purge-wanted')

export type Purge = {
  host: string
  accounts_total: number
  accounts_gone: number
  started_at: string
  finished_at: string | null
}

/** Has everything of a server taken away; one that is on its way is not begun anew. */
export async function purgeServer(tx: Tx, actorId: Id | null, text: string, total: number): Promise<string> {
  const host = requireOtherHost(tx, text)
  const begun = { accounts_total: total, accounts_gone: 0, started_at: tx.clock.now().toISOString(), finished_at: null }
  const added = await tx.db
    .insertInto('domain_purges')
    .values({ host, ...begun })
    .onConflict((conflict) =>
      conflict.column('host').doUpdateSet(begun).where('domain_purges.finished_at', 'is not', null),
    )
    .returning('host')
    .executeTakeFirst()
  if (!added) return host
  await writeAudit(tx, {
    actorId,
    action: 'domain.purge',
    targetType: 'domain',
    label: host,
    details: { people: total },
  })
  await emit(tx, serverPurgeWanted, { host })
  return host
}

export async function findPurge(ctx: Context, host: string): Promise<Purge | undefined> {
  return ctx.db
    .selectFrom('domain_purges')
    .select(['host', 'accounts_total', 'accounts_gone', 'started_at', 'finished_at'])
    .where('host', '=', host)
    .executeTakeFirst()
}

/** How far it is: whoever asks sees it move. */
export async function notePurged(ctx: Context, host: string, left: number): Promise<void> {
  await ctx.db
    .updateTable('domain_purges')
    .set((eb) => ({
      accounts_total: eb.fn<number>('greatest', ['accounts_total', eb.val(left)]),
      accounts_gone: eb(eb.fn<number>('greatest', ['accounts_total', eb.val(left)]), '-', left),
    }))
    .where('host', '=', host)
    .execute()
}

export async function finishPurge(ctx: Context, host: string): Promise<void> {
  await ctx.db
    .updateTable('domain_purges')
    .set((eb) => ({ accounts_gone: eb.ref('accounts_total'), finished_at: ctx.clock.now().toISOString() }))
    .where('host', '=', host)
    .where('finished_at', 'is', null)
    .execute()
}
