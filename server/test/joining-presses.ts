import { createInvite } from '#features/users'
import { transact } from '#platform/context'
import { all, TIMES, type MakePress, type World } from './press.ts'

const OWN = '/api/hamlet/v1/invites'
const ALL = '/api/web/admin/invites'

async function invited({ town, fresh }: World) {
  const who = await fresh()
  const id = await transact(town.ctx, (tx) => createInvite(tx, who.userId, { maxUses: 5 }))
  return { who, id }
}

/** Who may join, and whom members invite. */
export function joiningPresses(): Record<string, MakePress> {
  return {
    [`POST ${OWN}`]: async ({ fresh }) => ({
      path: OWN,
      caller: { token: (await fresh()).token, json: { max_uses: 5, autofollow: true } },
      gives: all(200),
    }),
    [`DELETE ${OWN}/:id`]: async (world) => {
      const { who, id } = await invited(world)
      return { path: `${OWN}/${id}`, caller: { token: who.token }, gives: all(200) }
    },
    [`DELETE ${ALL}/:id`]: async (world) => {
      const { id } = await invited(world)
      return { path: `${ALL}/${id}`, caller: { token: world.owner.token }, gives: all(200) }
    },
    [`DELETE ${ALL}`]: async (world) => {
      await invited(world)
      return { path: ALL, caller: { token: world.owner.token }, gives: all(200) }
    },
    'PUT /api/web/admin/joining': async ({ owner }) => ({
      path: '/api/web/admin/joining',
      caller: { token: owner.token, json: { closed_message: 'Come back in May.' } },
      gives: all(200),
    }),
    'POST /api/web/moderation/sign-ups/decision': async ({ owner }) => ({
      path: '/api/web/moderation/sign-ups/decision',
      caller: { token: owner.token, json: { mark: 'mail:spam.example', decision: 'reject', until: '1' } },
      gives: { 200: TIMES },
    }),
  }
}
