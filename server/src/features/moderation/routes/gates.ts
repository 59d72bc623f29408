import { AdminEmailDomainBlock, BlockedName } from '@hamlet/contract/gate'
import { Type } from 'typebox'
import {
  blockMailDomain,
  blockName,
  findBlockedMailDomain,
  listBlockedMailDomains,
  listBlockedNames,
  presentBlockedName,
  presentMailDomains,
  unblockMailDomain,
  unblockName,
  type MailDomainRow,
} from '#features/gates'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, type Route } from '#platform/http'

const OneId = Type.Object({ id: Type.String() })
const Paging = Type.Object({
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
})
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100

const domainsPath = '/api/v1/admin/email_domain_blocks'
const namesPath = '/api/web/moderation/names'
/** Names have no scope of their own in Mastodon's list; whoever may shut out a mail domain may keep back a name. */
const mayRead = team('admin:read:email_domain_blocks', 'manage_blocks')
const mayWrite = team('admin:write:email_domain_blocks', 'manage_blocks')

async function presentMailDomain(ctx: Context, row: MailDomainRow): Promise<AdminEmailDomainBlock> {
  const [block] = await presentMailDomains(ctx, [row])
  if (!block) throw notFound()
  return block
}

/** Takes one row off a list; twice is one too many. */
function unblockRoute(path: string, summary: string, unblock: typeof unblockName): Route {
  return route({
    method: 'DELETE',
    path: `${path}/:id`,
    summary,
    access: mayWrite,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => unblock(tx, viewer.accountId, params.id))
      return {}
    },
  })
}

const domainsRoute = route({
  method: 'GET',
  path: domainsPath,
  summary: 'List mail domains that nobody can sign up with',
  access: mayRead,
  query: Paging,
  response: Type.Array(AdminEmailDomainBlock),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listBlockedMailDomains(ctx, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentMailDomains(ctx, rows)
  },
})

const domainRoute = route({
  method: 'GET',
  path: `${domainsPath}/:id`,
  summary: 'Show a mail domain that nobody can sign up with',
  access: mayRead,
  params: OneId,
  response: AdminEmailDomainBlock,
  handle: async ({ ctx, params }) => {
    const row = isId(params.id) ? await findBlockedMailDomain(ctx, params.id) : undefined
    if (!row) throw notFound()
    return presentMailDomain(ctx, row)
  },
})

const blockDomainRoute = route({
  method: 'POST',
  path: domainsPath,
  summary: 'Let nobody sign up with a mail domain, or nobody without a moderator',
  access: mayWrite,
  body: Type.Object({
    domain: Type.Optional(Type.String({ maxLength: 300 })),
    allow_with_approval: Type.Optional(Type.Boolean()),
  }),
  response: AdminEmailDomainBlock,
  handle: async ({ ctx, viewer, body }) => {
    const given = { domain: body.domain ?? '', allowWithApproval: body.allow_with_approval ?? false }
    const row = await transact(ctx, (tx) => blockMailDomain(tx, viewer.accountId, given))
    return presentMailDomain(ctx, row)
  },
})

const namesRoute = route({
  method: 'GET',
  path: namesPath,
  summary: 'List names that nobody can sign up with',
  access: mayRead,
  query: Paging,
  response: Type.Array(BlockedName),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listBlockedNames(ctx, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return rows.map(presentBlockedName)
  },
})

const blockNameRoute = route({
  method: 'POST',
  path: namesPath,
  summary: 'Let nobody sign up with a name, or nobody without a moderator',
  access: mayWrite,
  body: Type.Object({
    pattern: Type.Optional(Type.String({ maxLength: 300 })),
    comparison: Type.Optional(Type.Union([Type.Literal('exact'), Type.Literal('contains')])),
    allow_with_approval: Type.Optional(Type.Boolean()),
  }),
  response: BlockedName,
  handle: async ({ ctx, viewer, body }) => {
    const { pattern = '', comparison = 'exact', allow_with_approval: allowWithApproval = false } = body
    const name = { pattern, comparison, allowWithApproval }
    return presentBlockedName(await transact(ctx, (tx) => blockName(tx, viewer.accountId, name)))
  },
})

export const gateRoutes = [
  domainsRoute,
  domainRoute,
  blockDomainRoute,
  unblockRoute(domainsPath, 'Let people sign up with a mail domain again', unblockMailDomain),
  namesRoute,
  blockNameRoute,
  unblockRoute(namesPath, 'Let people sign up with a name again', unblockName),
]
