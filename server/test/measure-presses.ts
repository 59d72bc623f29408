import { sql } from 'kysely'
import { all, first, write, type MakePress, type World } from './press.ts'

const WEB = '/api/web/moderation'
const PRESETS = '/api/web/admin/warning_presets'
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

async function preset({ town, owner }: World): Promise<string> {
  const json = { title: 'Spam', text: 'No advertising' }
  return (await town.call('POST', PRESETS, { token: owner.token, json })).body.id
}

/** A suspension that somebody else of the team proposed; gives its id. */
async function proposed({ town, fresh }: World): Promise<string> {
  const [colleague, target] = [await fresh(), await fresh()]
  const at = town.clock.now()
  const id = (
    await town.ctx.db
      .selectFrom('accounts')
      .select(sql<string>`(max(id) + 1)::text`.as('id'))
      .executeTakeFirstOrThrow()
  ).id
  await town.ctx.db
    .insertInto('suspension_proposals')
    .values({
      id,
      target_account_id: target.accountId,
      proposer_account_id: colleague.accountId,
      is_told: false,
      created_at: at.toISOString(),
      expires_at: new Date(at.getTime() + 86_400_000).toISOString(),
    })
    .execute()
  return id
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
    [`POST ${WEB}/accounts/:id/notes`]: async ({ owner, fresh }) => ({
      path: `${WEB}/accounts/${(await fresh()).accountId}/notes`,
      caller: { token: owner.token, json: { text: 'Seen before' } },
      gives: all(200),
    }),
    [`POST ${WEB}/reports/:id/notes`]: async ({ town, owner, fresh }) => {
      const [reporter, target] = [await fresh(), await fresh()]
      const json = { account_id: target.accountId }
      const report = await town.call('POST', '/api/v1/reports', { token: reporter.token, json })
      const caller = { token: owner.token, json: { text: 'Ask Pia' } }
      return { path: `${WEB}/reports/${report.body.id}/notes`, caller, gives: all(200) }
    },
    [`DELETE ${WEB}/notes/:id`]: async ({ town, owner, fresh }) => {
      const path = `${WEB}/accounts/${(await fresh()).accountId}/notes`
      const notes = await town.call('POST', path, { token: owner.token, json: { text: 'Wrong' } })
      return { path: `${WEB}/notes/${notes.body[0].id}`, caller: { token: owner.token }, gives: first(200, 404) }
    },
    [`POST ${WEB}/proposals/:id/confirm`]: async (world) => ({
      path: `${WEB}/proposals/${await proposed(world)}/confirm`,
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
    [`POST ${WEB}/proposals/:id/withdraw`]: async (world) => ({
      path: `${WEB}/proposals/${await proposed(world)}/withdraw`,
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
    [`POST ${PRESETS}`]: async ({ owner }) => ({
      path: PRESETS,
      caller: { token: owner.token, json: { title: 'Rude', text: 'Be kind' } },
      gives: all(200),
    }),
    [`PUT ${PRESETS}/:id`]: async (world) => ({
      path: `${PRESETS}/${await preset(world)}`,
      caller: { token: world.owner.token, json: { text: 'Be kinder' } },
      gives: all(200),
    }),
    [`DELETE ${PRESETS}/:id`]: async (world) => ({
      path: `${PRESETS}/${await preset(world)}`,
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
    'PATCH /api/web/admin/ways': async ({ owner }) => ({
      path: '/api/web/admin/ways',
      caller: { token: owner.token, json: { public_log: true } },
      gives: all(200),
    }),
    'POST /api/hamlet/v1/strikes/:id/appeal': async (world) => {
      const { who, strikeId } = await struck(world)
      const caller = { token: who.token, json: { text: 'It was a joke' } }
      return { path: `/api/hamlet/v1/strikes/${strikeId}/appeal`, caller, gives: first(200, 409) }
    },
  }
}
