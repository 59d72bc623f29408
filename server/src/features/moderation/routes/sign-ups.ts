import { SignUpGroup } from '@hamlet/contract/joining'
import { AdminAccount, SignUp } from '@hamlet/contract/sign-up'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { approveSignUp, decideGroup, listWaiting, listWaitingGroups, rejectSignUp } from '#features/users'
import { isId } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, type UserViewer } from '#platform/http'
import { requireInReach } from '../act.ts'
import { presentAdminAccount } from '../present/accounts.ts'
import { presentSignUps } from '../present/cases.ts'

const OneId = Type.Object({ id: Type.String() })
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100

const listRoute = route({
  method: 'GET',
  path: '/api/web/moderation/sign-ups',
  summary: 'List who waits to be let in, the longest waiting first',
  access: team('admin:read:accounts', 'manage_users'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    min_id: Type.Optional(Type.String()),
    mark: Type.Optional(Type.String({ maxLength: 400 })),
  }),
  response: Type.Array(Type.Unsafe<SignUp>(Type.Ref('SignUp'))),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listWaiting(ctx, page, query.mark?.replaceAll('\0', ''))
    const last = rows.at(-1)
    if (last && rows.length === page.limit) linkPages(answer, ctx.config.url, target, { next: { min_id: last.id } })
    return presentSignUps(ctx, rows)
  },
})

const groupsRoute = route({
  method: 'GET',
  path: '/api/web/moderation/sign-ups/groups',
  summary: 'List who waits and looks as if one hand had signed them up, the largest group first',
  access: team('admin:read:accounts', 'manage_users'),
  response: Type.Array(SignUpGroup),
  handle: ({ ctx }) => listWaitingGroups(ctx),
})

const groupRoute = route({
  method: 'POST',
  path: '/api/web/moderation/sign-ups/decision',
  summary: 'Let in, or turn away, everybody of a group at once',
  access: team('admin:write:accounts', 'manage_users'),
  body: Type.Object({
    mark: Type.String({ maxLength: 400 }),
    decision: Type.Union([Type.Literal('approve'), Type.Literal('reject')]),
    until: Type.String({ maxLength: 40 }),
  }),
  response: Type.Object({ decided: Type.Integer() }),
  handle: async ({ ctx, viewer, body }) => {
    const { mark, until, decision } = body
    if (!isId(until)) throw invalid('until must be the id of the newest that you saw')
    return { decided: await transact(ctx, (tx) => decideGroup(tx, viewer.accountId, { mark, decision, until })) }
  },
})

type Verb = typeof approveSignUp

/** Nobody decides about the team; and of two who press, one has decided. */
async function decideSignUp(tx: Tx, viewer: UserViewer, accountId: string, verb: Verb): Promise<void> {
  if (!isId(accountId)) throw notFound()
  await requireInReach(tx, viewer.userId, accountId)
  await verb(tx, viewer.accountId, accountId)
}

const approveRoute = route({
  method: 'POST',
  path: '/api/v1/admin/accounts/:id/approve',
  summary: 'Let in somebody who signed up',
  access: team('admin:write:accounts', 'manage_users'),
  params: OneId,
  response: AdminAccount,
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => decideSignUp(tx, viewer, params.id, approveSignUp))
    return presentAdminAccount(ctx, params.id)
  },
})

const rejectRoute = route({
  method: 'POST',
  path: '/api/v1/admin/accounts/:id/reject',
  summary: 'Turn away somebody who signed up, and erase what they sent',
  access: team('admin:write:accounts', 'manage_users'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => decideSignUp(tx, viewer, params.id, rejectSignUp))
    return {}
  },
})

export const signUpRoutes = [listRoute, groupsRoute, groupRoute, approveRoute, rejectRoute]
