import { AdminDelivery, AdminOverview } from '@hamlet/contract/admin'
import { Type } from 'typebox'
import { countWaitingDeliveries, dropHost, listSlowHosts, retryHost } from '#federation'
import { writeAudit } from '#features/audit'
import { team } from '#features/roles'
import { invalid } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, type Route } from '#platform/http'
import { dropJobs, listJobKinds, retryJobs } from '#platform/jobs'
import { readOverview, ranges, type Range } from '../present/overview.ts'

const PATH = '/api/web/admin'
const mayLook = team('admin:read', 'view_dashboard')
/** What waits in queues is for those who run the machine. */
const mayTend = team('admin:write', 'view_devops')
const MOST_SERVERS = 200

const overviewRoute = route({
  method: 'GET',
  path: `${PATH}/overview`,
  summary: 'Say how this server is: deliveries, people, answers, queue, reports, storage',
  access: mayLook,
  query: Type.Object({ range: Type.Optional(Type.String()) }),
  response: AdminOverview,
  handle: ({ ctx, query }) => {
    const range = query.range ?? 'day'
    if (!(range in ranges)) throw invalid(`range must be one of ${Object.keys(ranges).join(', ')}.`)
    return readOverview(ctx, range as Range)
  },
})

const deliveryRoute = route({
  method: 'GET',
  path: `${PATH}/delivery`,
  summary: 'List what waits to be sent, by server, and jobs by kind',
  access: team('admin:read', 'view_devops'),
  response: AdminDelivery,
  handle: ({ ctx }) => presentDelivery(ctx),
})

async function presentDelivery(ctx: Context): Promise<AdminDelivery> {
  const { due, later } = await countWaitingDeliveries(ctx)
  return { due, later, servers: await listSlowHosts(ctx, MOST_SERVERS), jobs: await listJobKinds(ctx) }
}

type Act = { verb: 'retry' | 'drop'; summary: string; run: typeof retryHost }

const onServer = ({ verb, summary, run }: Act): Route =>
  route({
    method: 'POST',
    path: `${PATH}/delivery/servers/:host/${verb}`,
    summary,
    access: mayTend,
    params: Type.Object({ host: Type.String({ maxLength: 260 }) }),
    response: AdminDelivery,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, async (tx) => {
        const count = await run(tx, params.host)
        if (count > 0)
          await writeAudit(tx, {
            actorId: viewer.accountId,
            action: `delivery.${verb}`,
            targetType: 'domain',
            label: params.host,
            details: { count },
          })
      })
      return presentDelivery(ctx)
    },
  })

const onJobs = ({ verb, summary, run }: Act): Route =>
  route({
    method: 'POST',
    path: `${PATH}/delivery/jobs/:kind/${verb}`,
    summary,
    access: mayTend,
    params: Type.Object({ kind: Type.String({ maxLength: 100 }) }),
    response: AdminDelivery,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, async (tx) => {
        const count = await run(tx, params.kind)
        if (count > 0)
          await writeAudit(tx, {
            actorId: viewer.accountId,
            action: `job.${verb}`,
            targetType: 'job',
            label: params.kind,
            details: { count },
          })
      })
      return presentDelivery(ctx)
    },
  })

export const overviewRoutes: Route[] = [
  overviewRoute,
  deliveryRoute,
  onServer({ verb: 'retry', summary: 'Try everything that waits for a server at once', run: retryHost }),
  onServer({ verb: 'drop', summary: 'Send nothing of what waits for a server', run: dropHost }),
  onJobs({ verb: 'retry', summary: 'Try failed jobs of a kind again', run: retryJobs }),
  onJobs({ verb: 'drop', summary: 'Forget failed jobs of a kind', run: dropJobs }),
]
