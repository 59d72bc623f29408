import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { route, type UserViewer } from '#platform/http'
import { changeEmailOf, confirmEmailOf, listTeamFactors, resetFactors, resetPasswordOf } from '../team/help-in.ts'

const PATH = '/api/web/admin/accounts/:id'
const OneId = Type.Object({ id: Type.String() })
const mayWrite = team('admin:write:accounts', 'manage_users')

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

type Help = (tx: Tx, viewer: UserViewer, accountId: Id) => Promise<void>

const helpRoute = (verb: string, summary: string, help: Help) =>
  route({
    method: 'POST',
    path: `${PATH}/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => help(tx, viewer, requireId(params.id)))
      return {}
    },
  })

const emailRoute = route({
  method: 'POST',
  path: `${PATH}/email`,
  summary: 'Give somebody another address; it counts when they have confirmed it',
  access: mayWrite,
  params: OneId,
  body: Type.Object({ email: Type.String({ maxLength: 320 }) }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => changeEmailOf(tx, viewer, requireId(params.id), body.email))
    return {}
  },
})

const factorsRoute = route({
  method: 'GET',
  path: '/api/web/admin/second_factors',
  summary: 'List who of the team has a second factor, those without one first',
  access: team('admin:read', 'manage_roles'),
  response: Type.Array(
    Type.Object({
      id: Type.String(),
      username: Type.String(),
      role: Type.String(),
      required: Type.Boolean(),
      second_factor: Type.Boolean(),
    }),
  ),
  handle: ({ ctx }) => listTeamFactors(ctx),
})

export const teamHelpRoutes = [
  helpRoute('second_factor/reset', 'Take all second factors of somebody away, who is told', resetFactors),
  helpRoute('password/reset', 'End the password of somebody, and send them a link to choose another', resetPasswordOf),
  helpRoute('email/confirm', 'Say that the address of somebody is theirs', confirmEmailOf),
  emailRoute,
  factorsRoute,
]
