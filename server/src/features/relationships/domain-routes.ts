import { Type } from 'typebox'
import { invalid } from '#lib/refusal'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { blockDomain, listBlockedDomains, previewDomainBlock, unblockDomain } from './domain-blocks.ts'

const path = '/api/v1/domain_blocks'
const Domain = Type.Object({ domain: Type.Optional(Type.String({ maxLength: 500 })) })
const USUAL = 100

function readDomain(given: { domain?: string | undefined }): string {
  if (!given.domain) throw invalid('Validation failed: Domain is missing')
  return given.domain
}

const showRoute = route({
  method: 'GET',
  path,
  summary: 'List the servers that you block',
  access: user('follow|read:blocks'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(Type.String()),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const blocked = await listBlockedDomains(ctx, viewer.accountId, page)
    linkPages(answer, ctx.config.url, target, rowCursors(blocked.rowIds, page.limit))
    return blocked.hosts
  },
})

const previewRoute = route({
  method: 'GET',
  path: `${path}/preview`,
  summary: 'Count the follows that blocking a server would end',
  access: user('follow|write:blocks'),
  query: Domain,
  response: Type.Object({ following_count: Type.Integer(), followers_count: Type.Integer() }),
  handle: ({ ctx, viewer, query }) => previewDomainBlock(ctx, viewer.accountId, readDomain(query)),
})

const blockRoute = route({
  method: 'POST',
  path,
  summary: 'Block a server: hide its posts and end follows both ways',
  access: user('follow|write:blocks'),
  body: Domain,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, body }) => {
    await transact(ctx, (tx) => blockDomain(tx, viewer.accountId, readDomain(body)))
    return {}
  },
})

/** Some apps send the name in the address, since not every client lets a body go with a deletion. */
const unblockRoute = route({
  method: 'DELETE',
  path,
  summary: 'End the block of a server',
  access: user('follow|write:blocks'),
  query: Domain,
  body: Domain,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, query, body }) => {
    await transact(ctx, (tx) => unblockDomain(tx, viewer.accountId, readDomain({ ...query, ...body })))
    return {}
  },
})

export const domainRoutes = [showRoute, previewRoute, blockRoute, unblockRoute]
