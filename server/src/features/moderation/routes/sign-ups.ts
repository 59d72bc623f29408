import { AdminAccount, SignUp } from '@hamlet/contract/sign-up'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { approveSignUp, listWaiting, rejectSignUp } from '#features/users'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
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
  query: Type.Object({ limit: Type.Optional(Type.Integer()), min_id: Type.Optional(Type.String()) }),
  response: Type.Array(Type.Unsafe<SignUp>(Type.Ref('SignUp'))),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listWaiting(ctx, page)
    const last = rows.at(-1)
    if (last && rows.length === page.limit) linkPages(answer, ctx.config.url, target, { next: { min_id: last.id } })
    return presentSignUps(ctx, rows)
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

export const signUpRoutes = [listRoute, approveRoute, rejectRoute]
