import { TeamWays, WarningPreset } from '@hamlet/contract/team'
import { Type } from 'typebox'
import { writeAudit } from '#features/audit'
import { team } from '#features/roles'
import { readSettings, writeSetting } from '#features/settings'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { changePreset, createPreset, deletePreset, findPreset, listPresets } from '../measures/presets.ts'

const PRESETS = '/api/web/admin/warning_presets'
const WAYS = '/api/web/admin/ways'
const OneId = Type.Object({ id: Type.String() })
const Wish = Type.Object({
  title: Type.Optional(Type.String({ maxLength: 1000 })),
  text: Type.String({ maxLength: 10_000 }),
})
const Preset = Type.Unsafe<WarningPreset>(Type.Ref('WarningPreset'))
const Ways = Type.Unsafe<TeamWays>(Type.Ref('TeamWays'))
/** Presets have no scope of their own in Mastodon's list. */
const mayWrite = team('admin:write', 'manage_settings')

async function presentPreset(ctx: Context, id: Id): Promise<WarningPreset> {
  const found = await findPreset(ctx, id)
  if (!found) throw notFound()
  return found
}

const listRoute = route({
  method: 'GET',
  path: PRESETS,
  summary: 'List words that moderators use again and again',
  access: team('admin:read:reports', 'manage_reports'),
  response: Type.Array(Preset),
  handle: ({ ctx }) => listPresets(ctx),
})

const createRoute = route({
  method: 'POST',
  path: PRESETS,
  summary: 'Keep words for moderators to use again',
  access: mayWrite,
  body: Wish,
  response: Preset,
  handle: async ({ ctx, viewer, body: { title = '', text } }) => {
    const id = await transact(ctx, (tx) => createPreset(tx, viewer.accountId, { title, text }))
    return presentPreset(ctx, id)
  },
})

const changeRoute = route({
  method: 'PUT',
  path: `${PRESETS}/:id`,
  summary: 'Change words that moderators use again and again',
  access: mayWrite,
  params: OneId,
  body: Wish,
  response: Preset,
  handle: async ({ ctx, viewer, params, body: { title = '', text } }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => changePreset(tx, viewer.accountId, params.id, { title, text }))
    return presentPreset(ctx, params.id)
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: `${PRESETS}/:id`,
  summary: 'Forget words that moderators used again and again',
  access: mayWrite,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => deletePreset(tx, viewer.accountId, params.id))
    return {}
  },
})

async function presentWays(ctx: Context): Promise<TeamWays> {
  const { suspend_by_two, public_log } = await readSettings(ctx)
  return { suspend_by_two: suspend_by_two === 'on', public_log: public_log === 'on' }
}

const waysRoute = route({
  method: 'GET',
  path: WAYS,
  summary: 'Show how the team works together',
  access: team('admin:read', 'manage_settings'),
  response: Ways,
  handle: ({ ctx }) => presentWays(ctx),
})

const changeWaysRoute = route({
  method: 'PATCH',
  path: WAYS,
  summary: 'Say how the team works together',
  access: mayWrite,
  body: Type.Object({ suspend_by_two: Type.Optional(Type.Boolean()), public_log: Type.Optional(Type.Boolean()) }),
  response: Ways,
  handle: async ({ ctx, viewer, body }) => {
    await transact(ctx, async (tx) => {
      const before = await presentWays(tx)
      for (const name of ['suspend_by_two', 'public_log'] as const) {
        const wanted = body[name]
        if (wanted === undefined || wanted === before[name]) continue
        const value = wanted ? 'on' : 'off'
        await writeSetting(tx, name, value)
        const common = { actorId: viewer.accountId, targetType: 'setting' as const, label: name }
        await writeAudit(tx, { ...common, action: 'setting.update', details: { value } })
      }
    })
    return presentWays(ctx)
  },
})

export const teamWaysRoutes = [listRoute, createRoute, changeRoute, deleteRoute, waysRoute, changeWaysRoute]
