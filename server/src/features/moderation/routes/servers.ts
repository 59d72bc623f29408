import { ServerCase, ServerPage } from '@hamlet/contract/server'
import { Type } from 'typebox'
import {
  addNote,
  isLimitedFederation,
  listDomainPolicies,
  purgeServer,
  removeNote,
  requireOtherHost,
  setDomainPolicy,
} from '#features/domains'
import { countPeopleOf } from '#features/accounts'
import { retryHost } from '#federation'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { writeCsv } from '#platform/csv'
import { route } from '#platform/http'
import { mayPurge, presentCaseOf, presentServer } from '../present/servers.ts'
import { findServer, listServers, serverFilters } from '../servers/list-servers.ts'
import { PolicyBody, readWish } from './domains.ts'

const path = '/api/web/moderation/servers'
const reads = team('admin:read:domain_blocks', 'manage_federation')
const writes = team('admin:write:domain_blocks', 'manage_federation')
const OneHost = Type.Object({ host: Type.String({ maxLength: 300 }) })
const PAGE = 50

async function requireServer(ctx: Context, text: string) {
  const row = await findServer(ctx, requireOtherHost(ctx, text))
  if (!row) throw notFound()
  return row
}

const listRoute = route({
  method: 'GET',
  path,
  summary: 'List other servers with what is known of them',
  access: reads,
  query: Type.Object({
    filter: Type.Optional(Type.Union(serverFilters.map((word) => Type.Literal(word)))),
    q: Type.Optional(Type.String({ maxLength: 300 })),
    after: Type.Optional(Type.String({ maxLength: 300 })),
  }),
  response: ServerPage,
  handle: async ({ ctx, query }) => {
    const { filter = 'all', q = '', after = '' } = query
    const rows = await listServers(ctx, { filter, search: q.trim(), after, limit: PAGE })
    const next = rows.length === PAGE ? (rows.at(-1)?.host ?? null) : null
    return { servers: rows.map(presentServer), next, is_limited: await isLimitedFederation(ctx) }
  },
})

const showRoute = route({
  method: 'GET',
  path: `${path}/:host`,
  summary: 'Show a server with what shutting it out would cut',
  access: reads,
  params: OneHost,
  response: ServerCase,
  handle: async ({ ctx, params }) => presentCaseOf(ctx, await requireServer(ctx, params.host)),
})

const treatRoute = route({
  method: 'PUT',
  path: `${path}/:host/policy`,
  summary: 'Treat a server otherwise; what is not named stays',
  access: writes,
  params: OneHost,
  body: Type.Object(PolicyBody),
  response: ServerCase,
  handle: async ({ ctx, viewer, params, body }) => {
    const wish = readWish(ctx, body)
    await transact(ctx, (tx) => setDomainPolicy(tx, viewer.accountId, params.host, wish))
    return presentCaseOf(ctx, await requireServer(ctx, params.host))
  },
})

const purgeRoute = route({
  method: 'POST',
  path: `${path}/:host/purge`,
  summary: 'Take away everything of a server that is shut out or does not answer',
  access: writes,
  params: OneHost,
  body: Type.Object({}),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    const row = await requireServer(ctx, params.host)
    if (!mayPurge(row))
      throw new Refusal('conflict', 'A server is taken away only when it is shut out, or has not answered for long.')
    const total = await countPeopleOf(ctx, row.host)
    await transact(ctx, (tx) => purgeServer(tx, viewer.accountId, row.host, total))
    return {}
  },
})

const retryRoute = route({
  method: 'POST',
  path: `${path}/:host/retry`,
  summary: 'Try at once again what waits for a server that failed',
  access: writes,
  params: OneHost,
  body: Type.Object({}),
  response: Type.Object({}),
  handle: async ({ ctx, params }) => {
    const { host } = await requireServer(ctx, params.host)
    await transact(ctx, async (tx) => {
      await retryHost(tx, host)
      tx.afterCommit(() => tx.wakeJobs('outgoing'))
    })
    return {}
  },
})

const noteRoute = route({
  method: 'POST',
  path: `${path}/:host/notes`,
  summary: 'Note something about a server for the team',
  access: writes,
  params: OneHost,
  body: Type.Object({ text: Type.String({ maxLength: 2000 }) }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => addNote(tx, viewer.accountId, params.host, body.text))
    return {}
  },
})

const removeNoteRoute = route({
  method: 'DELETE',
  path: `${path}/:host/notes/:id`,
  summary: 'Take a note about a server away',
  access: writes,
  params: Type.Object({ host: Type.String(), id: Type.String() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => removeNote(tx, viewer.accountId, params.id))
    return {}
  },
})

/** mastodon-features 13: the columns that Mastodon exports and imports. */
const HEAD = ['#domain', '#severity', '#reject_media', '#reject_reports', '#public_comment', '#obfuscate']

const exportRoute = route({
  method: 'GET',
  path: '/api/web/moderation/domain_blocks.csv',
  summary: 'Download how servers are treated, in the format that Mastodon imports',
  access: reads,
  response: Type.String(),
  produces: 'text/csv',
  handle: async ({ ctx, answer }) => {
    answer.header('Content-Disposition', 'attachment; filename="domain_blocks.csv"')
    const rows = (await listDomainPolicies(ctx)).map((row) => [
      row.host,
      row.severity,
      String(row.reject_media),
      String(row.reject_reports),
      row.public_comment,
      String(row.obfuscate),
    ])
    return writeCsv([HEAD, ...rows])
  },
})

export const serverRoutes = [
  listRoute,
  showRoute,
  treatRoute,
  purgeRoute,
  retryRoute,
  noteRoute,
  removeNoteRoute,
  exportRoute,
]
