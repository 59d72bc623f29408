import { ReportCase } from '@hamlet/contract/moderation'
import { Type } from 'typebox'
import { listAudit } from '#features/audit'
import { listDomainPolicies, removeDomainPolicy, setDomainPolicy } from '#features/domains'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { decideAppeal } from '../appeal.ts'
import { decisions } from '../decisions.ts'
import { decideCase } from '../cases/decide-case.ts'
import { presentCase } from '../present/cases.ts'
import { findReport } from '../store.ts'

const OneId = Type.Object({ id: Type.String() })
const LIMIT = 100

const caseRoute = route({
  method: 'GET',
  path: '/api/web/moderation/reports/:id',
  summary: 'Show a report with all that is needed to decide it',
  access: team('admin:read:reports', 'manage_reports'),
  params: OneId,
  response: ReportCase,
  handle: async ({ ctx, viewer, params }) => {
    const report = isId(params.id) ? await findReport(ctx, params.id) : undefined
    if (!report) throw notFound()
    return presentCase(ctx, viewer, report)
  },
})

const decideRoute = route({
  method: 'POST',
  path: '/api/web/moderation/reports/:id/decision',
  summary: 'Decide a report',
  access: team('admin:write:reports', 'manage_reports'),
  params: OneId,
  body: Type.Object({
    decision: Type.Union(decisions.map((decision) => Type.Literal(decision))),
    text: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isId(params.id)) throw notFound()
    const { decision, text = '' } = body
    await transact(ctx, (tx) => decideCase(tx, viewer, params.id, { decision, text }))
    return {}
  },
})

const appealRoute = route({
  method: 'POST',
  path: '/api/web/moderation/appeals/:id/decision',
  summary: 'Uphold a decision, or take it back',
  access: team('admin:write:reports', 'manage_appeals'),
  params: OneId,
  body: Type.Object({ approve: Type.Boolean() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => decideAppeal(tx, viewer.accountId, params.id, body.approve))
    return {}
  },
})

const domainsRoute = route({
  method: 'GET',
  path: '/api/web/moderation/domains',
  summary: 'List servers that are treated otherwise',
  access: team('admin:read:domain_blocks', 'manage_federation'),
  response: Type.Array(Type.Object({ host: Type.String(), severity: Type.String() })),
  handle: ({ ctx }) => listDomainPolicies(ctx),
})

const setDomainRoute = route({
  method: 'POST',
  path: '/api/web/moderation/domains',
  summary: 'Limit another server, or shut it out',
  access: team('admin:write:domain_blocks', 'manage_federation'),
  body: Type.Object({
    host: Type.String({ maxLength: 300 }),
    severity: Type.Union([Type.Literal('silence'), Type.Literal('suspend')]),
    public_comment: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, body }) => {
    const { host, severity, public_comment: publicComment = '' } = body
    await transact(ctx, (tx) => setDomainPolicy(tx, viewer.accountId, host, { severity, publicComment }))
    return {}
  },
})

const removeDomainRoute = route({
  method: 'DELETE',
  path: '/api/web/moderation/domains/:host',
  summary: 'Treat another server as any other again',
  access: team('admin:write:domain_blocks', 'manage_federation'),
  params: Type.Object({ host: Type.String() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => removeDomainPolicy(tx, viewer.accountId, params.host))
    return {}
  },
})

const logRoute = route({
  method: 'GET',
  path: '/api/web/moderation/log',
  summary: 'List what the team did',
  access: team('admin:read:reports', 'view_audit_log'),
  response: Type.Array(Type.Object({ id: Type.String(), action: Type.String(), target_label: Type.String() })),
  handle: ({ ctx }) => listAudit(ctx, LIMIT),
})

export const teamRoutes = [
  caseRoute,
  decideRoute,
  appealRoute,
  domainsRoute,
  setDomainRoute,
  removeDomainRoute,
  logRoute,
]
