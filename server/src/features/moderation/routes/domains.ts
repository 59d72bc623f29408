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
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { presentAllow, presentPolicy } from '../present/servers.ts'

const OneId = Type.Object({ id: Type.String() })
const Paging = Type.Object({
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
})
/** mastodon-api 1.17: 100 at once, 500 at most. */
const [USUAL, MOST] = [100, 500]
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

const listRoute = route({
  method: 'GET',
  path: blocksPath,
  summary: 'List servers that are treated otherwise',
  access: readsBlocks,
  query: Paging,
  response: Type.Array(AdminDomainBlock),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL, MOST)
    const rows = await pagePolicies(ctx, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return rows.map(presentPolicy)
  },
})

const showRoute = route({
  method: 'GET',
  path: `${blocksPath}/:id`,
  summary: 'Show how a server is treated',
  access: readsBlocks,
  params: OneId,
  response: AdminDomainBlock,
  handle: async ({ ctx, params }) => {
    const row = isId(params.id) ? await findPolicy(ctx, params.id) : undefined
    if (!row) throw notFound()
    return presentPolicy(row)
  },
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

const removeRoute = route({
  method: 'DELETE',
  path: `${blocksPath}/:id`,
  summary: 'Treat a server as any other again',
  access: writesBlocks,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, async (tx) => {
      const row = isId(params.id) ? await findPolicy(tx, params.id) : undefined
      if (!row) throw notFound()
      await removeDomainPolicy(tx, viewer.accountId, row.host)
    })
    return {}
  },
})

const listAllowsRoute = route({
  method: 'GET',
  path: allowsPath,
  summary: 'List servers that are let in where all others are kept out',
  access: readsAllows,
  query: Paging,
  response: Type.Array(AdminDomainAllow),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL, MOST)
    const rows = await listAllows(ctx, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return rows.map(presentAllow)
  },
})

const showAllowRoute = route({
  method: 'GET',
  path: `${allowsPath}/:id`,
  summary: 'Show a server that is let in',
  access: readsAllows,
  params: OneId,
  response: AdminDomainAllow,
  handle: async ({ ctx, params }) => {
    const row = isId(params.id) ? await findAllow(ctx, params.id) : undefined
    if (!row) throw notFound()
    return presentAllow(row)
  },
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
