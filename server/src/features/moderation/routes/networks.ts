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
import { route } from '#platform/http'
import { listOf, OneId, oneOf, removalOf } from './kept.ts'

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
  listOf({
    path: networksPath,
    summary: 'List addresses and networks that are kept out',
    access: mayReadNetworks,
    shape: AdminIpBlock,
    list: listBlockedNetworks,
    present: (_, rows) => rows.map(presentBlockedNetwork),
  }),
  oneOf({
    path: networksPath,
    summary: 'Show an address or a network that is kept out',
    access: mayReadNetworks,
    shape: AdminIpBlock,
    find: findBlockedNetwork,
    present: (_, row) => presentBlockedNetwork(row),
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
  removalOf({
    path: networksPath,
    summary: 'Let an address or a network in again',
    access: mayWriteNetworks,
    remove: unblockNetwork,
  }),
]

const mailboxesPath = '/api/v1/admin/canonical_email_blocks'
const mayReadMailboxes = team('admin:read:canonical_email_blocks', 'manage_blocks')
const mayWriteMailboxes = team('admin:write:canonical_email_blocks', 'manage_blocks')

const mailboxRoutes = [
  listOf({
    path: mailboxesPath,
    summary: 'List mailboxes that nobody can sign up with, as hashes',
    access: mayReadMailboxes,
    shape: AdminCanonicalEmailBlock,
    list: listBlockedMailboxes,
    present: (_, rows) => rows.map(presentBlockedMailbox),
  }),
  oneOf({
    path: mailboxesPath,
    summary: 'Show a mailbox that nobody can sign up with, as a hash',
    access: mayReadMailboxes,
    shape: AdminCanonicalEmailBlock,
    find: findBlockedMailbox,
    present: (_, row) => presentBlockedMailbox(row),
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
  removalOf({
    path: mailboxesPath,
    summary: 'Let people sign up with a mailbox again',
    access: mayWriteMailboxes,
    remove: (tx, { accountId }, id) => unblockMailbox(tx, accountId, id),
  }),
]

export const addressRoutes = [...networkRoutes, ...mailboxRoutes]
