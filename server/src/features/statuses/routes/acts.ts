import { Account } from '@hamlet/contract/account'
import { Status } from '@hamlet/contract/status'
import { Type, type Static, type TSchema } from 'typebox'
import { addBookmark, listFavouritedBy, muteThread, removeBookmark, unmuteThread } from '#features/interactions'
import { presentAccounts } from '#features/profiles'
import { findUser } from '#features/users'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, reader, route, rowCursors, user, type RateLimit, type Route, type UserViewer } from '#platform/http'
import { presentStatuses } from '../present/present-statuses.ts'
import { findStatus, listBoostedBy } from '../store.ts'
import { boostStatus, unboostStatus } from '../write/boost-status.ts'
import { favouriteStatus, unfavouriteStatus } from '../write/favourite-status.ts'
import { requireOne } from './posts.ts'

const OneId = Type.Object({ id: Type.String() })

type Act<B extends TSchema> = {
  verb: string
  summary: string
  scope: string
  body: B
  limit?: RateLimit
  /** Taking something back works also when the post can no longer be seen. */
  isTakingBack?: boolean
  /** Gives the id to answer with, when it is not the post itself. */
  act(tx: Tx, viewer: UserViewer, statusId: Id, body: Static<B>): Promise<Id | void>
}

/** The post that is really meant: a boost stands for what it boosts. */
async function requireSubject(ctx: Context, viewerId: Id, id: string, isTakingBack: boolean): Promise<Id> {
  if (isTakingBack && !isId(id)) throw notFound()
  const found = await findStatus(ctx, isTakingBack ? id : await requireVisibleStatus(ctx, viewerId, id))
  if (!found) throw notFound()
  const subject = found.reblog_of_id ?? found.id
  return isTakingBack ? subject : requireVisibleStatus(ctx, viewerId, subject)
}

function actRoute<B extends TSchema>(act: Act<B>): Route {
  return route({
    method: 'POST',
    path: `/api/v1/statuses/:id/${act.verb}`,
    summary: act.summary,
    access: user(act.scope),
    params: OneId,
    body: act.body,
    response: Status,
    ...(act.limit ? { limit: act.limit } : {}),
    handle: async ({ ctx, viewer, params, body }) => {
      const subject = await requireSubject(ctx, viewer.accountId, params.id, act.isTakingBack ?? false)
      const result = await transact(ctx, (tx) => act.act(tx, viewer, subject, body))
      // Two presses can cross: a boost taken back before it is answered leaves the post itself to show.
      const shown = await presentStatuses(ctx, viewer.accountId, result === undefined ? [subject] : [result, subject])
      return requireOne(shown)
    },
  })
}

const nothing = Type.Object({})
const BoostBody = Type.Object({
  visibility: Type.Optional(Type.Union([Type.Literal('public'), Type.Literal('unlisted'), Type.Literal('private')])),
})

/** At most a hundred years: what is longer is for ever, and longer than dates reach. */
const MuteBody = Type.Object({ duration: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_153_600_000 })) })

/** The thread that a post stands in: what is muted is all of it, now and later. */
async function requireThread(tx: Tx, statusId: Id): Promise<Id> {
  const row = await findStatus(tx, statusId)
  if (!row) throw notFound()
  return row.conversation_id ?? row.id
}

async function boostVisibility(
  tx: Tx,
  viewer: UserViewer,
  asked: string | undefined,
): Promise<Exclude<Visibility, 'direct'>> {
  const wanted = asked ?? (await findUser(tx, viewer.userId))?.default_privacy
  return wanted === 'private' || wanted === 'unlisted' ? wanted : 'public'
}

type PeopleOf = (ctx: Context, statusId: Id, page: PageRequest) => Promise<{ rowIds: Id[]; ids: Id[] }>

function peopleRoute(verb: string, summary: string, list: PeopleOf): Route {
  return route({
    method: 'GET',
    path: `/api/v1/statuses/:id/${verb}`,
    summary,
    access: reader('read:accounts'),
    params: OneId,
    query: Type.Object({
      limit: Type.Optional(Type.Integer()),
      max_id: Type.Optional(Type.String()),
      since_id: Type.Optional(Type.String()),
    }),
    response: Type.Array(Account),
    handle: async ({ ctx, viewer, params, query, target, answer }) => {
      const id = await requireVisibleStatus(ctx, viewer?.accountId ?? null, params.id)
      const page = readPage(query, 40)
      const found = await list(ctx, id, page)
      linkPages(answer, ctx.config.url, target, rowCursors(found.rowIds, page.limit))
      const accounts = await presentAccounts(ctx, found.ids)
      return found.ids.map((one) => accounts.get(one)).filter((account) => account !== undefined && !account.suspended)
    },
  })
}

export const actRoutes = [
  actRoute({
    verb: 'favourite',
    summary: 'Favourite a post',
    scope: 'write:favourites',
    body: nothing,
    act: (tx, viewer, id) => favouriteStatus(tx, viewer.accountId, id),
  }),
  actRoute({
    verb: 'unfavourite',
    summary: 'Take a favourite back',
    scope: 'write:favourites',
    body: nothing,
    isTakingBack: true,
    act: (tx, viewer, id) => unfavouriteStatus(tx, viewer.accountId, id),
  }),
  actRoute({
    verb: 'bookmark',
    summary: 'Keep a post for yourself',
    scope: 'write:bookmarks',
    body: nothing,
    act: (tx, viewer, id) => addBookmark(tx, viewer.accountId, id),
  }),
  actRoute({
    verb: 'unbookmark',
    summary: 'Keep a post no longer',
    scope: 'write:bookmarks',
    body: nothing,
    isTakingBack: true,
    act: (tx, viewer, id) => removeBookmark(tx, viewer.accountId, id),
  }),
  actRoute({
    verb: 'reblog',
    summary: 'Boost a post',
    scope: 'write:statuses',
    body: BoostBody,
    limit: { family: 'statuses', max: 300, windowMs: 3 * 3_600_000 },
    act: async (tx, viewer, id, body) =>
      boostStatus(tx, viewer.accountId, id, await boostVisibility(tx, viewer, body.visibility)),
  }),
  actRoute({
    verb: 'unreblog',
    summary: 'Take a boost back',
    scope: 'write:statuses',
    body: nothing,
    isTakingBack: true,
    act: (tx, viewer, id) => unboostStatus(tx, viewer.accountId, id),
  }),
  actRoute({
    verb: 'mute',
    summary: 'Hear nothing more of the thread that a post stands in',
    scope: 'write:mutes',
    body: MuteBody,
    act: async (tx, viewer, id, { duration = 0 }) =>
      muteThread(tx, viewer.accountId, await requireThread(tx, id), duration),
  }),
  actRoute({
    verb: 'unmute',
    summary: 'Hear of a thread again',
    scope: 'write:mutes',
    body: nothing,
    isTakingBack: true,
    act: async (tx, viewer, id) => unmuteThread(tx, viewer.accountId, await requireThread(tx, id)),
  }),
  peopleRoute('favourited_by', 'List who favourited a post', listFavouritedBy),
  peopleRoute('reblogged_by', 'List who boosted a post', listBoostedBy),
]
