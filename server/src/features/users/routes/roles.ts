import { TeamRole } from '@hamlet/contract/role'
import { Type } from 'typebox'
import { changeRole, createRole, isRoleId, listRoles, team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, type UserViewer } from '#platform/http'
import { presentTeamRole } from '../present.ts'
import { assignRole, countHoldersByRole, dissolveRole, requireActor } from '../team/assign-role.ts'

const PATH = '/api/web/admin/roles'
const OneId = Type.Object({ id: Type.String() })
/** Roles have no scope of their own in Mastodon's list: the widest is needed. */
const mayRead = team('admin:read', 'manage_roles')
const mayWrite = team('admin:write', 'manage_roles')

/** A number or null as they came: read as one of both, 0 and null would be the same. The verb looks at it. */
const limit = Type.Unsafe<number | null>(Type.Union([Type.Unknown(), Type.Null()]))

const Wish = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 1000 })),
  position: Type.Optional(Type.Number()),
  permissions: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
  color: Type.Optional(Type.String({ maxLength: 100 })),
  highlighted: Type.Optional(Type.Boolean()),
  require_2fa: Type.Optional(Type.Boolean()),
  posts_per_hour: Type.Optional(limit),
  open_invites: Type.Optional(limit),
})

async function presentAll(ctx: Context, viewer: UserViewer): Promise<TeamRole[]> {
  const [roles, holders, actor] = [await listRoles(ctx), await countHoldersByRole(ctx), await requireActor(ctx, viewer)]
  return roles.map((role) => presentTeamRole(role, holders.get(role.id) ?? 0, actor.role))
}

async function presentOne(ctx: Context, viewer: UserViewer, id: string): Promise<TeamRole> {
  const found = (await presentAll(ctx, viewer)).find((role) => role.id === id)
  if (!found) throw notFound()
  return found
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List all roles with what they allow, the highest first',
  access: mayRead,
  response: Type.Array(TeamRole),
  handle: ({ ctx, viewer }) => presentAll(ctx, viewer),
})

const createRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Make a role below one’s own',
  access: mayWrite,
  body: Wish,
  response: TeamRole,
  handle: async ({ ctx, viewer, body }) => {
    const id = await transact(ctx, async (tx) => createRole(tx, await requireActor(tx, viewer), body))
    return presentOne(ctx, viewer, id)
  },
})

const changeRoute = route({
  method: 'PUT',
  path: `${PATH}/:id`,
  summary: 'Change what a lower role is called and allows',
  access: mayWrite,
  params: OneId,
  body: Wish,
  response: TeamRole,
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isRoleId(params.id)) throw notFound()
    await transact(ctx, async (tx) => changeRole(tx, await requireActor(tx, viewer), params.id, body))
    return presentOne(ctx, viewer, params.id)
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: `${PATH}/:id`,
  summary: 'Take a role from all who hold it, and delete it',
  access: mayWrite,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isRoleId(params.id)) throw notFound()
    await transact(ctx, async (tx) => dissolveRole(tx, await requireActor(tx, viewer), params.id))
    return {}
  },
})

const assignRoute = route({
  method: 'POST',
  path: '/api/web/admin/accounts/:id/role',
  summary: 'Give somebody another role',
  access: mayWrite,
  params: OneId,
  body: Type.Object({ role_id: Type.String({ maxLength: 40 }) }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isId(params.id) || !isRoleId(body.role_id)) throw notFound()
    await transact(ctx, async (tx) => assignRole(tx, await requireActor(tx, viewer), params.id, body.role_id))
    return {}
  },
})

export const roleRoutes = [listRoute, createRoute, changeRoute, deleteRoute, assignRoute]
