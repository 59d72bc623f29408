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
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, type Route } from '#platform/http'
import { listOf, oneOf, removalOf } from './kept.ts'

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

const unblockRoute = (path: string, summary: string, unblock: typeof unblockName): Route =>
  removalOf({ path, summary, access: mayWrite, remove: (tx, { accountId }, id) => unblock(tx, accountId, id) })

const domainsRoute = listOf({
  path: domainsPath,
  summary: 'List mail domains that nobody can sign up with',
  access: mayRead,
  shape: AdminEmailDomainBlock,
  list: listBlockedMailDomains,
  present: presentMailDomains,
})

const domainRoute = oneOf({
  path: domainsPath,
  summary: 'Show a mail domain that nobody can sign up with',
  access: mayRead,
  shape: AdminEmailDomainBlock,
  find: findBlockedMailDomain,
  present: presentMailDomain,
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

const namesRoute = listOf({
  path: namesPath,
  summary: 'List names that nobody can sign up with',
  access: mayRead,
  shape: BlockedName,
  list: listBlockedNames,
  present: (_, rows) => rows.map(presentBlockedName),
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
