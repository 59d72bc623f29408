import { Moves } from '@hamlet/contract/moves'
import { Type } from 'typebox'
import { requireOwnPage } from '#features/users'
import { transact } from '#platform/context'
import { Refusal } from '#lib/refusal'
import { leaver, route, type UserViewer } from '#platform/http'
import { addAlias, comeBack, moveAway, readMoves, redirectAway, removeAlias } from './move-away.ts'

const PATH = '/api/hamlet/v1/moves'
const Acct = Type.String({ minLength: 1, maxLength: 400 })
const Wish = Type.Object({ acct: Acct, current_password: Type.String() })
/** Each asks another server. */
const limit = { family: 'moves', max: 30, windowMs: 3_600_000 }

/** Whoever is suspended takes nobody along, and whoever is not in yet has nothing to move; the frozen may (mastodon-features 8). */
function requireMover(viewer: UserViewer): void {
  requireOwnPage(viewer)
  if (viewer.closed !== undefined && viewer.closed !== 'frozen')
    throw new Refusal('forbidden', 'An account can be moved when it is neither suspended nor waiting.')
}

const aliasRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show who you also are and where you moved; for our own pages',
    access: leaver('read'),
    response: Moves,
    handle: ({ ctx, viewer }) => {
      requireOwnPage(viewer)
      return readMoves(ctx, viewer.accountId)
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/aliases`,
    summary: 'Say that you are another account too, so that you can move here from there; for our own pages',
    access: leaver('write'),
    body: Type.Object({ acct: Acct }),
    response: Moves,
    limit,
    handle: async ({ ctx, viewer, body }) => {
      requireMover(viewer)
      await addAlias(ctx, viewer.accountId, body.acct)
      return readMoves(ctx, viewer.accountId)
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/aliases/remove`,
    summary: 'Say no longer that you are another account too; for our own pages',
    access: leaver('write'),
    body: Type.Object({ uri: Type.String({ maxLength: 2_048 }) }),
    response: Moves,
    handle: async ({ ctx, viewer, body }) => {
      requireMover(viewer)
      await transact(ctx, (tx) => removeAlias(tx, viewer.accountId, body.uri))
      return readMoves(ctx, viewer.accountId)
    },
  }),
]

const moveRoutes = [
  route({
    method: 'POST',
    path: PATH,
    summary: 'Move to another account, with whoever follows you; for our own pages',
    access: leaver('write'),
    body: Wish,
    response: Moves,
    limit,
    handle: async ({ ctx, viewer, body }) => {
      requireMover(viewer)
      await moveAway(ctx, viewer, { acct: body.acct, password: body.current_password })
      return readMoves(ctx, viewer.accountId)
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/redirect`,
    summary: 'Point to another account, without moving anybody; for our own pages',
    access: leaver('write'),
    body: Wish,
    response: Moves,
    limit,
    handle: async ({ ctx, viewer, body }) => {
      requireMover(viewer)
      await redirectAway(ctx, viewer, { acct: body.acct, password: body.current_password })
      return readMoves(ctx, viewer.accountId)
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/redirect`,
    summary: 'Use this account again after you moved; for our own pages',
    access: leaver('write'),
    response: Moves,
    handle: async ({ ctx, viewer }) => {
      requireMover(viewer)
      await transact(ctx, (tx) => comeBack(tx, viewer.accountId))
      return readMoves(ctx, viewer.accountId)
    },
  }),
]

export const routes = [...aliasRoutes, ...moveRoutes]
