import { AdminCanonicalEmailBlock, AdminIpBlock } from '@hamlet/contract/gate'
import { Type } from 'typebox'
import {
  blockMailbox,
  blockNetwork,
  changeBlockedNetwork,
  findBlockedMailbox,
  findBlockedNetwork,
  findBlockOfMailbox,
  listBlockedMailboxes,
  listBlockedNetworks,
  presentBlockedMailbox,
  presentBlockedNetwork,
  unblockMailbox,
  unblockNetwork,
} from '#features/gates'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'

const OneId = Type.Object({ id: Type.String() })
const Paging = Type.Object({
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
})
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100

const networksPath = '/api/v1/admin/ip_blocks'
const mayReadNetworks = team('admin:read:ip_blocks', 'manage_blocks')
const mayWriteNetworks = team('admin:write:ip_blocks', 'manage_blocks')
const Wish = Type.Object({
  ip: Type.Optional(Type.String({ maxLength: 300 })),
  severity: Type.Optional(Type.String({ maxLength: 100 })),
  comment: Type.Optional(Type.String()),
  expires_in: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
})

const networkRoutes = [
  route({
    method: 'GET',
    path: networksPath,
    summary: 'List addresses and networks that are kept out',
    access: mayReadNetworks,
    query: Paging,
    response: Type.Array(AdminIpBlock),
    handle: async ({ ctx, query, answer, target }) => {
      const page = readPage(query, USUAL)
      const rows = await listBlockedNetworks(ctx, page)
      const ids = rows.map((row) => row.id)
      linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
      return rows.map(presentBlockedNetwork)
    },
  }),
  route({
    method: 'GET',
    path: `${networksPath}/:id`,
    summary: 'Show an address or a network that is kept out',
    access: mayReadNetworks,
    params: OneId,
    response: AdminIpBlock,
    handle: async ({ ctx, params }) => {
      const row = isId(params.id) ? await findBlockedNetwork(ctx, params.id) : undefined
      if (!row) throw notFound()
      return presentBlockedNetwork(row)
    },
  }),
  route({
    method: 'POST',
    path: networksPath,
    summary: 'Keep an address or a network out of sign-up, or out of everything',
    access: mayWriteNetworks,
    body: Wish,
    response: AdminIpBlock,
    handle: async ({ ctx, viewer, body, ip }) => {
      const wish = { ...body, expiresIn: body.expires_in }
      const actor = { accountId: viewer.accountId, ip }
      return presentBlockedNetwork(await transact(ctx, (tx) => blockNetwork(tx, actor, wish)))
    },
  }),
  route({
    method: 'PUT',
    path: `${networksPath}/:id`,
    summary: 'Change how an address or a network is kept out',
    access: mayWriteNetworks,
    params: OneId,
    body: Wish,
    response: AdminIpBlock,
    handle: async ({ ctx, viewer, params, body, ip }) => {
      if (!isId(params.id)) throw notFound()
      const wish = { ...body, expiresIn: body.expires_in }
      const actor = { accountId: viewer.accountId, ip }
      return presentBlockedNetwork(await transact(ctx, (tx) => changeBlockedNetwork(tx, actor, params.id, wish)))
    },
  }),
  route({
    method: 'DELETE',
    path: `${networksPath}/:id`,
    summary: 'Let an address or a network in again',
    access: mayWriteNetworks,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params, ip }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => unblockNetwork(tx, { accountId: viewer.accountId, ip }, params.id))
      return {}
    },
  }),
]

const mailboxesPath = '/api/v1/admin/canonical_email_blocks'
const mayReadMailboxes = team('admin:read:canonical_email_blocks', 'manage_blocks')
const mayWriteMailboxes = team('admin:write:canonical_email_blocks', 'manage_blocks')

const mailboxRoutes = [
  route({
    method: 'GET',
    path: mailboxesPath,
    summary: 'List mailboxes that nobody can sign up with, as hashes',
    access: mayReadMailboxes,
    query: Paging,
    response: Type.Array(AdminCanonicalEmailBlock),
    handle: async ({ ctx, query, answer, target }) => {
      const page = readPage(query, USUAL)
      const rows = await listBlockedMailboxes(ctx, page)
      const ids = rows.map((row) => row.id)
      linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
      return rows.map(presentBlockedMailbox)
    },
  }),
  route({
    method: 'GET',
    path: `${mailboxesPath}/:id`,
    summary: 'Show a mailbox that nobody can sign up with, as a hash',
    access: mayReadMailboxes,
    params: OneId,
    response: AdminCanonicalEmailBlock,
    handle: async ({ ctx, params }) => {
      const row = isId(params.id) ? await findBlockedMailbox(ctx, params.id) : undefined
      if (!row) throw notFound()
      return presentBlockedMailbox(row)
    },
  }),
  route({
    method: 'POST',
    path: `${mailboxesPath}/test`,
    summary: 'Say whether an address is of a mailbox that is kept out',
    access: mayReadMailboxes,
    body: Type.Object({ email: Type.String() }),
    response: Type.Array(AdminCanonicalEmailBlock),
    handle: async ({ ctx, body }) => {
      const row = await findBlockOfMailbox(ctx, body.email)
      return row ? [presentBlockedMailbox(row)] : []
    },
  }),
  route({
    method: 'POST',
    path: mailboxesPath,
    summary: 'Let nobody sign up with a mailbox',
    access: mayWriteMailboxes,
    body: Type.Object({
      email: Type.Optional(Type.String({ maxLength: 320 })),
      canonical_email_hash: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: AdminCanonicalEmailBlock,
    handle: async ({ ctx, viewer, body }) => {
      const given = { email: body.email, hash: body.canonical_email_hash }
      return presentBlockedMailbox(await transact(ctx, (tx) => blockMailbox(tx, viewer.accountId, given)))
    },
  }),
  route({
    method: 'DELETE',
    path: `${mailboxesPath}/:id`,
    summary: 'Let people sign up with a mailbox again',
    access: mayWriteMailboxes,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => unblockMailbox(tx, viewer.accountId, params.id))
      return {}
    },
  }),
]

export const addressRoutes = [...networkRoutes, ...mailboxRoutes]
