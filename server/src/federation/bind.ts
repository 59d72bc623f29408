import { sql } from 'kysely'
import type { Route } from '#platform/http'
import { defineJob, type JobKind, type Schedule } from '#platform/jobs'
import { inboxRoutes } from './inbox/routes.ts'
import { makeReceive } from './inbox/receive.ts'
import type { FederationPorts } from './ports.ts'

export type Federation = { routes: Route[]; jobs: JobKind<never>[]; schedules: Schedule[]; ports: FederationPorts }

const KEPT_MS = { inbound: 7 * 24 * 3_600_000, outbound: 30 * 24 * 3_600_000, keys: 24 * 3_600_000 }

const prune = defineJob<Record<string, never>>({
  name: 'federation.prune',
  class: 'slow',
  run: async (ctx) => {
    const before = (ms: number) => new Date(ctx.clock.now().getTime() - ms).toISOString()
    await ctx.db.deleteFrom('inbound_activities').where('received_at', '<', before(KEPT_MS.inbound)).execute()
    await sql`delete from outbound_activities a where a.created_at < ${before(KEPT_MS.outbound)}
      and not exists (select 1 from deliveries d where d.activity_id = a.id and d.state = 'waiting')`.execute(ctx.db)
    await ctx.db.deleteFrom('key_fetches').where('tried_at', '<', before(KEPT_MS.keys)).execute()
  },
})

/** The floor with its questions answered: what the server serves, runs and repeats. */
export function bindFederation(ports: FederationPorts): Federation {
  const receive = makeReceive(() => ports)
  return {
    ports,
    routes: inboxRoutes(() => ports, receive),
    jobs: [receive],
    schedules: [{ job: prune, everySeconds: 6 * 3_600 }],
  }
}
