import { keepWaiting } from '#features/gates'
import { strike } from '#features/moderation'
import { makeId } from '#lib/id'
import { transact } from '#platform/context'
import { write } from './press.ts'
import type { Person, TestTown } from './test-town.ts'

/** Where somebody of the team presses, and what they send: at a person, or at something that is that person's. */
export type Aimed = { path: string; json?: Record<string, unknown> }
export type Aim = (world: AimWorld, target: Person) => Promise<Aimed>
export type AimWorld = { town: TestTown; reporter: Person; colleague: Person }

const ACCOUNTS = '/api/v1/admin/accounts'
const TEAM = '/api/web/admin/accounts'
const WEB = '/api/web/moderation'
const at =
  (path: string, json?: Record<string, unknown>): Aim =>
  async (_, target) => ({ path: path.replace(':id', target.accountId), ...(json ? { json } : {}) })

async function report({ town, reporter }: AimWorld, target: Person): Promise<string> {
  const json = { account_id: target.accountId, status_ids: [] }
  return (await town.call('POST', '/api/v1/reports', { token: reporter.token, json })).body.id
}

const strikeAt = ({ town, colleague }: AimWorld, target: Person) =>
  transact(town.ctx, (tx) =>
    strike(tx, {
      moderatorId: colleague.accountId,
      targetId: target.accountId,
      reportId: null,
      decision: 'warn',
      text: '',
      isTold: false,
    }),
  )

async function appeal(world: AimWorld, target: Person): Promise<string> {
  const { ctx } = world.town
  const row = { id: makeId(ctx.clock.now().getTime()), strike_id: await strikeAt(world, target), text: 'No.' }
  await ctx.db
    .insertInto('appeals')
    .values({ ...row, created_at: ctx.clock.now().toISOString() })
    .execute()
  return row.id
}

async function proposal({ town: { ctx }, colleague }: AimWorld, target: Person): Promise<string> {
  const now = ctx.clock.now()
  await ctx.db.deleteFrom('suspension_proposals').where('target_account_id', '=', target.accountId).execute()
  const row = {
    id: makeId(now.getTime()),
    target_account_id: target.accountId,
    proposer_account_id: colleague.accountId,
    is_told: false,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + 86_400_000).toISOString(),
  }
  await ctx.db.insertInto('suspension_proposals').values(row).execute()
  return row.id
}

/** A post that waits for the team. */
async function held({ town }: AimWorld, target: Person): Promise<string> {
  const statusId = await write(town, target)
  await town.ctx.db.updateTable('statuses').set({ state: 'held' }).where('id', '=', statusId).execute()
  const hold = { statusId, accountId: target.accountId, host: null, ruleId: null }
  await transact(town.ctx, (tx) => keepWaiting(tx, { ...hold, reason: 'first_posts', visibility: 'public' }))
  const kept = town.ctx.db.selectFrom('content_holds').select('id').where('status_id', '=', statusId)
  return (await kept.executeTakeFirstOrThrow()).id
}

async function waiting({ town }: AimWorld, target: Person): Promise<void> {
  await town.ctx.db.updateTable('users').set({ approved_at: null }).where('id', '=', target.userId).execute()
}

/** Every route of the team that does something to somebody. */
export const aims: Record<string, Aim> = {
  [`POST ${ACCOUNTS}/:id/action`]: at(`${ACCOUNTS}/:id/action`, { type: 'sensitive' }),
  ...Object.fromEntries(
    ['enable', 'unsensitive', 'unsilence', 'unsuspend'].map((verb) => [
      `POST ${ACCOUNTS}/:id/${verb}`,
      at(`${ACCOUNTS}/:id/${verb}`),
    ]),
  ),
  ...Object.fromEntries(
    ['approve', 'reject'].map((verb): [string, Aim] => [
      `POST ${ACCOUNTS}/:id/${verb}`,
      async (world, target) => {
        await waiting(world, target)
        return { path: `${ACCOUNTS}/${target.accountId}/${verb}` }
      },
    ]),
  ),
  ...Object.fromEntries(
    ['email/confirm', 'password/reset', 'second_factor/reset'].map((verb) => [
      `POST ${TEAM}/:id/${verb}`,
      at(`${TEAM}/:id/${verb}`),
    ]),
  ),
  [`POST ${TEAM}/:id/email`]: at(`${TEAM}/:id/email`, { email: 'other@town.test' }),
  [`POST ${TEAM}/:id/role`]: at(`${TEAM}/:id/role`, { role_id: '8000' }),
  [`POST ${WEB}/reports/:id/decision`]: async (world, target) => ({
    path: `${WEB}/reports/${await report(world, target)}/decision`,
    json: { decision: 'limit' },
  }),
  [`POST ${WEB}/strikes/:id/undo`]: async (world, target) => ({
    path: `${WEB}/strikes/${await strikeAt(world, target)}/undo`,
  }),
  [`POST ${WEB}/appeals/:id/decision`]: async (world, target) => ({
    path: `${WEB}/appeals/${await appeal(world, target)}/decision`,
    json: { approve: true },
  }),
  [`POST ${WEB}/proposals/:id/confirm`]: async (world, target) => ({
    path: `${WEB}/proposals/${await proposal(world, target)}/confirm`,
  }),
  'POST /api/hamlet/v1/admin/held/decide': async (world, target) => ({
    path: '/api/hamlet/v1/admin/held/decide',
    json: { ids: [await held(world, target)], decision: 'rejected' },
  }),
}

/** At one's own, these may be pressed: somebody has to, where one person is the whole team. */
export const ownAllowed = ['POST /api/hamlet/v1/admin/held/decide']

/** Writing routes of the team that do nothing to a person: they sort, note, look, or are about servers, words and settings. */
export const harmless: RegExp[] = [
  /^\w+ \/api\/web\/moderation\/(?:announcements|names|domains|lists|servers|views|notes)/,
  /^\w+ \/api\/v1\/admin\/(?:canonical_email_blocks|email_domain_blocks|ip_blocks|domain_allows|domain_blocks)/,
  /^\w+ \/api\/v1\/admin\/(?:dimensions|measures|retention)$/,
  /^\w+ \/api\/web\/admin\/(?:relays|invites|delivery|joining|ways|warning_presets)/,
  /^\w+ \/api\/web\/admin\/(?:settings|rules|texts|text_preview|terms|pictures|webhooks|letters|emojis|emoji_packs)/,
  // What is talked about is decided whoever wrote it: nothing is taken from them.
  /^\w+ \/api\/(?:v1|web)\/admin\/(?:trends|tags)\//,
  /^\w+ \/api\/hamlet\/v1\/admin\/(?:rules|rule_trials|first_posts)/,
  // Whose reports these are, and what they are about; deciding is another route.
  /^\w+ \/api\/v1\/admin\/reports\/:id(?:\/(?:assign_to_self|unassign|reopen|resolve))?$/,
  /^POST \/api\/web\/moderation\/queue\/(?:assign|unassign)$/,
  /^POST \/api\/web\/moderation\/(?:reports|accounts)\/:id\/(?:look|notes|preview|media\/:media_id\/reveal)$/,
  /^POST \/api\/web\/moderation\/proposals\/:id\/withdraw$/,
  // Only people without a role are in such a group.
  /^POST \/api\/web\/moderation\/sign-ups\/decision$/,
  // Its job decides one after the other by the law of a single decision: tried by itself below.
  /^POST \/api\/web\/moderation\/bulk$/,
  // It ends whom it is aimed at: `delete-account.api.test.ts` tries it at people of its own.
  /^DELETE \/api\/v1\/admin\/accounts\/:id$/,
  // Roles are tried by themselves below.
  /^\w+ \/api\/web\/admin\/roles(?:\/:id)?$/,
]
