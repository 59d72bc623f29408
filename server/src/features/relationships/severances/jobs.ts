import { sql } from 'kysely'
import { findPoliciesFor } from '#features/domains'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { restoreTies } from './restore.ts'
import { severTies } from './sever.ts'

/**
 * Everybody of a server stands as its policy says by now: of those who were shut out the ties are cut, and what was cut with
 * a server that is let in again is given back. What is so already is not done again.
 */
export const settleTies = defineJob<{ host: string }>({
  name: 'relationships.settle-ties',
  class: 'slow',
  maxAttempts: 20,
  orderingKey: ({ host }) => `ties:${host}`,
  run: async (ctx, { host }) => {
    const isShut = (await findPoliciesFor(ctx, [host])).get(host)?.severity === 'suspend'
    await severTies(ctx, {
      type: 'domain_block',
      targetName: host,
      ties: sql`r.suspended_with_server and ${host} = any(host_and_parents(rd.host))`,
      isTold: false,
    })
    if (!isShut) for (const id of await listUndone(ctx, host)) await restoreTies(ctx, id)
  },
})

async function listUndone(ctx: Context, host: string): Promise<Id[]> {
  const rows = await ctx.db
    .selectFrom('severances')
    .select('id')
    .where('type', '=', 'domain_block')
    .where('target_name', '=', host)
    .where('settled_at', 'is not', null)
    .where('undone_at', 'is', null)
    .where('purged', '=', false)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}
