import { AdminDomainAllow, AdminDomainBlock, policySeverities } from '@hamlet/contract/server'
import { Type, type Static } from 'typebox'
import {
  allowServer,
  changeDomainPolicy,
  createDomainPolicy,
  disallowServer,
  findAllow,
  findPolicy,
  listAllows,
  pagePolicies,
  PolicyStands,
  removeDomainPolicy,
  type PolicyWish,
} from '#features/domains'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { presentAllow, presentPolicy } from '../present/servers.ts'
import { listOf, OF_SERVERS, OneId, oneOf, removalOf } from './kept.ts'

const LONGEST_COMMENT = 5000

const blocksPath = '/api/v1/admin/domain_blocks'
const allowsPath = '/api/v1/admin/domain_allows'
const readsBlocks = team('admin:read:domain_blocks', 'manage_federation')
const writesBlocks = team('admin:write:domain_blocks', 'manage_federation')
const readsAllows = team('admin:read:domain_allows', 'manage_federation')
const writesAllows = team('admin:write:domain_allows', 'manage_federation')

export const PolicyBody = {
  severity: Type.Optional(Type.Union(policySeverities.map((word) => Type.Literal(word)))),
  reject_media: Type.Optional(Type.Boolean()),
  reject_reports: Type.Optional(Type.Boolean()),
  private_comment: Type.Optional(Type.String({ maxLength: LONGEST_COMMENT })),
  public_comment: Type.Optional(Type.String({ maxLength: LONGEST_COMMENT })),
  obfuscate: Type.Optional(Type.Boolean()),
  /** Ours alone: a moment, or an empty text for never. */
  expires_at: Type.Optional(Type.String({ maxLength: 40 })),
}
const Given = Type.Object(PolicyBody)

/** What was named of a policy, and nothing of what was not. */
export function readWish(ctx: Context, given: Static<typeof Given>): Partial<PolicyWish> {
  const { severity, reject_media, reject_reports, obfuscate, private_comment, public_comment, expires_at } = given
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(reject_media === undefined ? {} : { rejectMedia: reject_media }),
    ...(reject_reports === undefined ? {} : { rejectReports: reject_reports }),
    ...(obfuscate === undefined ? {} : { obfuscate }),
    ...(private_comment === undefined ? {} : { privateComment: private_comment }),
    ...(public_comment === undefined ? {} : { publicComment: public_comment }),
    ...(expires_at === undefined ? {} : { expiresAt: readEnd(ctx, expires_at) }),
  }
}

const LATEST_MS = 100 * 365 * 24 * 3_600_000

function readEnd(ctx: Context, text: string): Date | null {
  if (text === '') return null
  const at = Date.parse(text)
  const now = ctx.clock.now().getTime()
  if (Number.isNaN(at) || at <= now || at > now + LATEST_MS)
    throw invalid('Validation failed: Expires at must be a moment to come')
  return new Date(at)
}

const listRoute = listOf({
  path: blocksPath,
  summary: 'List servers that are treated otherwise',
  access: readsBlocks,
  shape: AdminDomainBlock,
  limits: OF_SERVERS,
  list: pagePolicies,
  present: (_, rows) => rows.map(presentPolicy),
})

const showRoute = oneOf({
  path: blocksPath,
  summary: 'Show how a server is treated',
  access: readsBlocks,
  shape: AdminDomainBlock,
  find: findPolicy,
  present: (_, row) => presentPolicy(row),
})

const createRoute = route({
  method: 'POST',
  path: blocksPath,
  summary: 'Limit another server, or shut it out',
  access: writesBlocks,
  body: Type.Object({ domain: Type.Optional(Type.String({ maxLength: 300 })), ...PolicyBody }),
  response: AdminDomainBlock,
  handle: async ({ ctx, viewer, body }) => {
    const wish = readWish(ctx, body)
    try {
      const row = await transact(ctx, (tx) => createDomainPolicy(tx, viewer.accountId, body.domain ?? '', wish))
      return presentPolicy(row)
    } catch (error) {
      if (!(error instanceof PolicyStands)) throw error
      const details = { existing_domain_block: presentPolicy(error.existing) }
      throw new Refusal('invalid', error.message, { details })
    }
  },
})

const changeRoute = route({
  method: 'PUT',
  path: `${blocksPath}/:id`,
  summary: 'Change how a server is treated; what is not named stays',
  access: writesBlocks,
  params: OneId,
  body: Given,
  response: AdminDomainBlock,
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isId(params.id) || !(await findPolicy(ctx, params.id))) throw notFound()
    const wish = readWish(ctx, body)
    return presentPolicy(await transact(ctx, (tx) => changeDomainPolicy(tx, viewer.accountId, params.id, wish)))
  },
})

const removeRoute = removalOf({
  path: blocksPath,
  summary: 'Treat a server as any other again',
  access: writesBlocks,
  remove: async (tx, { accountId }, id) => {
    const row = await findPolicy(tx, id)
    if (!row) throw notFound()
    await removeDomainPolicy(tx, accountId, row.host)
  },
})

const listAllowsRoute = listOf({
  path: allowsPath,
  summary: 'List servers that are let in where all others are kept out',
  access: readsAllows,
  shape: AdminDomainAllow,
  limits: OF_SERVERS,
  list: listAllows,
  present: (_, rows) => rows.map(presentAllow),
})

const showAllowRoute = oneOf({
  path: allowsPath,
  summary: 'Show a server that is let in',
  access: readsAllows,
  shape: AdminDomainAllow,
  find: findAllow,
  present: (_, row) => presentAllow(row),
})

const allowRoute = route({
  method: 'POST',
  path: allowsPath,
  summary: 'Let a server in where all others are kept out',
  access: writesAllows,
  body: Type.Object({ domain: Type.Optional(Type.String({ maxLength: 300 })) }),
  response: AdminDomainAllow,
  handle: async ({ ctx, viewer, body }) =>
    presentAllow(await transact(ctx, (tx) => allowServer(tx, viewer.accountId, body.domain ?? ''))),
})

const disallowRoute = route({
  method: 'DELETE',
  path: `${allowsPath}/:id`,
  summary: 'Keep a server out again where all others are',
  access: writesAllows,
  params: OneId,
  response: AdminDomainAllow,
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    return presentAllow(await transact(ctx, (tx) => disallowServer(tx, viewer.accountId, params.id)))
  },
})

export const domainRoutes = [
  listRoute,
  showRoute,
  createRoute,
  changeRoute,
  removeRoute,
  listAllowsRoute,
  showAllowRoute,
  allowRoute,
  disallowRoute,
]
