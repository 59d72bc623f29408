import { Invite } from '@hamlet/contract/invite'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { createInvite, endAllInvites, endInvite, endOwnInvite, listInvites, requireInvite } from '../invites/invites.ts'
import { presentInvite } from '../present.ts'
import { permitUser } from '../team/permit.ts'

const OWN = '/api/hamlet/v1/invites'
const ALL = '/api/web/admin/invites'
const USUAL = 40
const OneId = Type.Object({ id: Type.String() })
const Paging = Type.Object({ limit: Type.Optional(Type.Integer()), max_id: Type.Optional(Type.String()) })
const orNone = () => Type.Optional(Type.Union([Type.Number(), Type.Null()]))
/** Invitations have no scope of their own in Mastodon's list: the widest is needed. */
const mayRead = team('admin:read', 'manage_invites')
const mayWrite = team('admin:write', 'manage_invites')

async function presentOne(ctx: Context, id: string): Promise<Invite> {
  return presentInvite(ctx, await requireInvite(ctx, id))
}

const ownRoutes = [
  route({
    method: 'GET',
    path: OWN,
    summary: 'List the invitations that you made, the newest first',
    access: user('read:accounts'),
    query: Paging,
    response: Type.Array(Invite),
    handle: async ({ ctx, viewer, query, answer, target }) => {
      const page = readPage(query, USUAL)
      const rows = await listInvites(ctx, viewer.userId, page)
      const ids = rows.map((row) => row.id)
      linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
      return rows.map((row) => presentInvite(ctx, row))
    },
  }),
  route({
    method: 'POST',
    path: OWN,
    summary: 'Make an invitation to this server',
    access: user('write:accounts'),
    body: Type.Object({
      max_uses: orNone(),
      expires_in: orNone(),
      autofollow: Type.Optional(Type.Boolean()),
      comment: Type.Optional(Type.String()),
    }),
    response: Invite,
    handle: async ({ ctx, viewer, body }) => {
      await permitUser(ctx, viewer.userId, 'invite_users')
      const { max_uses: maxUses, expires_in: expiresIn, autofollow, comment } = body
      const wish = { maxUses, expiresIn, autofollow, comment }
      return presentOne(ctx, await transact(ctx, (tx) => createInvite(tx, viewer.userId, wish)))
    },
  }),
  route({
    method: 'DELETE',
    path: `${OWN}/:id`,
    summary: 'End an invitation that you made',
    access: user('write:accounts'),
    params: OneId,
    response: Invite,
    handle: async ({ ctx, viewer, params }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => endOwnInvite(tx, viewer.userId, params.id))
      return presentOne(ctx, params.id)
    },
  }),
]

const teamRoutes = [
  route({
    method: 'GET',
    path: ALL,
    summary: 'List all invitations that still let somebody in, the newest first',
    access: mayRead,
    query: Paging,
    response: Type.Array(Invite),
    handle: async ({ ctx, query, answer, target }) => {
      const page = readPage(query, USUAL)
      const rows = await listInvites(ctx, undefined, page)
      const ids = rows.map((row) => row.id)
      linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
      return rows.map((row) => presentInvite(ctx, row))
    },
  }),
  route({
    method: 'DELETE',
    path: `${ALL}/:id`,
    summary: 'End an invitation of a member',
    access: mayWrite,
    params: OneId,
    response: Invite,
    handle: async ({ ctx, viewer, params }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => endInvite(tx, viewer.accountId, params.id))
      return presentOne(ctx, params.id)
    },
  }),
  route({
    method: 'DELETE',
    path: ALL,
    summary: 'End all invitations',
    access: mayWrite,
    response: Type.Object({ ended: Type.Integer() }),
    handle: async ({ ctx, viewer }) => ({ ended: await transact(ctx, (tx) => endAllInvites(tx, viewer.accountId)) }),
  }),
]

export const inviteRoutes = [...ownRoutes, ...teamRoutes]
