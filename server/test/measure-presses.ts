import { all, write, type MakePress, type World } from './press.ts'

const WEB = '/api/web/moderation'
const ACCOUNTS = '/api/v1/admin/accounts'

/** Somebody whom the team has acted on; gives the person and the id of the decision. */
async function struck({ town, owner, fresh }: World) {
  const who = await fresh()
  await town.call('POST', `${ACCOUNTS}/${who.accountId}/action`, { token: owner.token, json: { type: 'suspend' } })
  const row = await town.ctx.db
    .selectFrom('strikes')
    .select('id')
    .where('target_account_id', '=', who.accountId)
    .executeTakeFirstOrThrow()
  return { who, strikeId: row.id }
}

/** What the team decides, says before it decides, and takes back. */
export function measurePresses(): Record<string, MakePress> {
  return {
    [`POST ${WEB}/accounts/:id/preview`]: async ({ owner, fresh }) => ({
      path: `${WEB}/accounts/${(await fresh()).accountId}/preview`,
      caller: { token: owner.token, json: { decision: 'suspend' } },
      gives: all(200),
    }),
    [`POST ${WEB}/reports/:id/preview`]: async ({ town, owner, fresh }) => {
      const [reporter, target] = [await fresh(), await fresh()]
      const json = { account_id: target.accountId, status_ids: [await write(town, target)] }
      const report = await town.call('POST', '/api/v1/reports', { token: reporter.token, json })
      const caller = { token: owner.token, json: { decision: 'delete' } }
      return { path: `${WEB}/reports/${report.body.id}/preview`, caller, gives: all(200) }
    },
    [`POST ${WEB}/strikes/:id/undo`]: async (world) => ({
      path: `${WEB}/strikes/${(await struck(world)).strikeId}/undo`,
      caller: { token: world.owner.token },
      gives: all(200),
    }),
  }
}
