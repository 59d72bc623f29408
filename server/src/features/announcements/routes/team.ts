import { TeamAnnouncement } from '@hamlet/contract/announcement'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { route } from '#platform/http'
import { presentForTeam } from '../present.ts'
import { readWish } from '../read-wish.ts'
import { findAnnouncement, listAnnouncements } from '../store.ts'
import {
  changeAnnouncement,
  createAnnouncement,
  deleteAnnouncement,
  publishAnnouncement,
  unpublishAnnouncement,
} from '../write.ts'

const PATH = '/api/web/moderation/announcements'
const OneId = Type.Object({ id: Type.String() })
/** Announcements have no scope of their own in Mastodon's list: the widest is needed. */
const mayRead = team('admin:read', 'manage_announcements')
const mayWrite = team('admin:write', 'manage_announcements')

const moment = Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()]))
const fields = {
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
  starts_at: moment,
  ends_at: moment,
  all_day: Type.Optional(Type.Boolean()),
  scheduled_at: moment,
}

async function presentOne(ctx: Context, id: string): Promise<TeamAnnouncement> {
  const row = isId(id) ? await findAnnouncement(ctx, id) : undefined
  if (!row) throw notFound()
  return presentForTeam(ctx, row)
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List all announcements, also those that nobody but the team sees',
  access: mayRead,
  response: Type.Array(TeamAnnouncement),
  handle: async ({ ctx }) => {
    return (await listAnnouncements(ctx)).map((row) => presentForTeam(ctx, row))
  },
})

const createRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Announce something to everybody here, now, at an hour, or later',
  access: mayWrite,
  body: Type.Object({ ...fields, draft: Type.Optional(Type.Boolean()) }),
  response: TeamAnnouncement,
  handle: async ({ ctx, viewer, body }) => {
    const wish = readWish(ctx, body)
    const id = await transact(ctx, (tx) => createAnnouncement(tx, viewer.accountId, wish, body.draft))
    return presentOne(ctx, id)
  },
})

const changeRoute = route({
  method: 'PUT',
  path: `${PATH}/:id`,
  summary: 'Change what an announcement says, and when',
  access: mayWrite,
  params: OneId,
  body: Type.Object(fields),
  response: TeamAnnouncement,
  handle: async ({ ctx, viewer, params, body }) => {
    await presentOne(ctx, params.id)
    const wish = readWish(ctx, body)
    await transact(ctx, (tx) => changeAnnouncement(tx, viewer.accountId, params.id, wish))
    return presentOne(ctx, params.id)
  },
})

type Act = (tx: Tx, actorId: Id, id: string) => Promise<void>

const actRoute = (verb: string, summary: string, act: Act) =>
  route({
    method: 'POST',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: TeamAnnouncement,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => act(tx, viewer.accountId, params.id))
      return presentOne(ctx, params.id)
    },
  })

const deleteRoute = route({
  method: 'DELETE',
  path: `${PATH}/:id`,
  summary: 'Delete an announcement with everything that people answered to it',
  access: mayWrite,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => deleteAnnouncement(tx, viewer.accountId, params.id))
    return {}
  },
})

export const teamRoutes = [
  listRoute,
  createRoute,
  changeRoute,
  actRoute('publish', 'Show an announcement to everybody now', publishAnnouncement),
  actRoute('unpublish', 'Show an announcement to the team alone again', unpublishAnnouncement),
  deleteRoute,
]
