import { AdminAccount } from '@hamlet/contract/sign-up'
import { Type, type Static } from 'typebox'
import { requireAccount } from '#features/accounts'
import { isRoleId, team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage, type PageQuery } from '#platform/db'
import { linkPages, route, rowCursors, type Answer } from '#platform/http'
import { deleteAccountData } from '../accounts/delete-account.ts'
import { listAccountIds, origins, states, type AccountFilter } from '../accounts/list-accounts.ts'
import { presentAdminAccount, presentAdminAccounts } from '../present/accounts.ts'
import { actOnAccount, liftMeasure, type Act } from '../act.ts'
import type { Measure } from '../decisions.ts'
import { findPreset } from '../measures/presets.ts'
import { needsSecond, proposeSuspension } from '../measures/propose.ts'

const PATH = '/api/v1/admin/accounts'
const OneId = Type.Object({ id: Type.String() })
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100
const mayRead = team('admin:read:accounts', 'manage_users')
const mayWrite = team('admin:write:accounts', 'manage_users')
const mayDelete = team('admin:write:accounts', 'delete_user_data')

const text = Type.Optional(Type.String({ maxLength: 320 }))
const Words = { username: text, display_name: text, by_domain: text, email: text, ip: text }
const Paging = {
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
}
const flag = Type.Optional(Type.Boolean())
/** The flags of version 1; of several the last one that is set counts (mastodon-api 1.17). */
const Flags = {
  active: flag,
  pending: flag,
  disabled: flag,
  sensitized: flag,
  silenced: flag,
  suspended: flag,
}

type Asked = { ctx: Context; answer: Answer; target: string; query: PageQuery }

async function giveList({ ctx, answer, target, query }: Asked, filter: AccountFilter): Promise<AdminAccount[]> {
  const page = readPage(query, USUAL)
  const ids = await listAccountIds(ctx, filter, page)
  linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
  return presentAdminAccounts(ctx, ids)
}

type GivenWords = Static<Type.TObject<typeof Words>>
const readWords = (query: GivenWords): AccountFilter => ({
  username: query.username,
  displayName: query.display_name,
  domain: query.by_domain,
  email: query.email,
  ip: query.ip,
})

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List accounts by what they are, who they are and where they came from',
  access: mayRead,
  query: Type.Object({ local: flag, remote: flag, staff: flag, ...Flags, ...Words, ...Paging }),
  response: Type.Array(AdminAccount),
  handle: (call) => {
    const { query } = call
    const status = states.findLast((state) => query[state] === true)
    return giveList(call, {
      ...readWords(query),
      origin: query.remote && !query.local ? 'remote' : 'local',
      status: status ?? 'active',
      isStaff: query.staff,
    })
  },
})

const listRouteV2 = route({
  method: 'GET',
  path: '/api/v2/admin/accounts',
  summary: 'List accounts of here and elsewhere, narrowed by what is given',
  access: mayRead,
  query: Type.Object({
    origin: text,
    status: text,
    permissions: text,
    role_ids: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 100 })),
    invited_by: text,
    ...Words,
    ...Paging,
  }),
  response: Type.Array(AdminAccount),
  handle: (call) => {
    const { query } = call
    return giveList(call, {
      ...readWords(query),
      origin: oneOf('origin', origins, query.origin),
      status: oneOf('status', states, query.status),
      isStaff: oneOf('permissions', ['staff'] as const, query.permissions) === 'staff',
      roleIds: query.role_ids?.filter(isRoleId),
      invitedBy: query.invited_by,
    })
  },
})

/** A word of a list; another is refused with 400, as Mastodon does. */
function oneOf<T extends string>(name: string, known: readonly T[], given: string | undefined): T | undefined {
  if (given === undefined || given === '') return undefined
  const found = known.find((one) => one === given)
  if (found === undefined) throw new Refusal('badRequest', `${name} must be one of: ${known.join(', ')}`)
  return found
}

const showRoute = route({
  method: 'GET',
  path: `${PATH}/:id`,
  summary: 'Show an account as the team sees it',
  access: mayRead,
  params: OneId,
  response: AdminAccount,
  handle: ({ ctx, params }) => presentAdminAccount(ctx, requireId(params.id)),
})

const deleteRoute = route({
  method: 'DELETE',
  path: `${PATH}/:id`,
  summary: 'Delete all data of a suspended account, for good',
  access: mayDelete,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => deleteAccountData(tx, viewer, requireId(params.id)))
    return {}
  },
})

/** Mastodon's names of what can be done, and ours. */
const TYPES: Record<string, Act['decision']> = {
  none: 'warn',
  sensitive: 'sensitive',
  disable: 'freeze',
  silence: 'limit',
  suspend: 'suspend',
}

const actRoute = route({
  method: 'POST',
  path: `${PATH}/:id/action`,
  summary: 'Warn somebody, mark their media, freeze, limit or suspend their account, and decide a report with it',
  access: mayWrite,
  params: OneId,
  body: Type.Object({
    type: Type.Optional(Type.String({ maxLength: 40 })),
    report_id: Type.Optional(Type.String({ maxLength: 40 })),
    text: Type.Optional(Type.String({ maxLength: 2000 })),
    send_email_notification: flag,
    warning_preset_id: Type.Optional(Type.String({ maxLength: 40 })),
    ends_in: Type.Optional(Type.Integer()),
  }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    const { id: targetId } = await requireAccount(ctx, params.id)
    const decision = TYPES[body.type ?? '']
    if (decision === undefined) throw invalid('Validation failed: Type is not included in the list')
    const reportId = body.report_id === undefined ? {} : { reportId: requireId(body.report_id) }
    const preset = body.warning_preset_id === undefined ? undefined : await requirePreset(ctx, body.warning_preset_id)
    const { text: given = '', send_email_notification: isTold = false, ends_in: endsIn } = body
    const words = [preset?.text, given].filter(Boolean).join('\n\n')
    const act = { decision, text: words, isTold, endsIn, ...reportId }
    const isProposed = await needsSecond(ctx, decision)
    await transact(ctx, (tx) =>
      isProposed ? proposeSuspension(tx, viewer, targetId, act) : actOnAccount(tx, viewer, targetId, act),
    )
    return {}
  },
})

async function requirePreset(ctx: Context, id: string) {
  const preset = isId(id) ? await findPreset(ctx, id) : undefined
  if (!preset) throw notFound()
  return preset
}

const liftRoute = (verb: string, measure: Measure, summary: string) =>
  route({
    method: 'POST',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: AdminAccount,
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      await transact(ctx, (tx) => liftMeasure(tx, viewer, id, measure))
      return presentAdminAccount(ctx, id)
    },
  })

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

export const accountRoutes = [
  listRoute,
  listRouteV2,
  showRoute,
  deleteRoute,
  actRoute,
  liftRoute('enable', 'freeze', 'Let somebody use their account again'),
  liftRoute('unsensitive', 'sensitive', 'Show the media of an account as it says itself again'),
  liftRoute('unsilence', 'limit', 'End the limits of an account'),
  liftRoute('unsuspend', 'suspend', 'Bring a suspended account back'),
]
