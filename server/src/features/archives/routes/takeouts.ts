import { Takeout } from '@hamlet/contract/archives'
import { createReadStream } from 'node:fs'
import { Type } from 'typebox'
import { requireAccount } from '#features/accounts'
import { requireOwnPage } from '#features/users'
import { transact } from '#platform/context'
import { leaver, route } from '#platform/http'
import { presentTakeout } from '../present.ts'
import { askForTakeout } from '../takeout/ask.ts'
import { pathOf } from '../takeout/folder.ts'
import { listTakeouts, requireReady } from '../takeout/store.ts'

const PATH = '/api/hamlet/v1/takeouts'

export const takeoutRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'List the archives of yourself that you asked for in the last week',
    access: leaver('read'),
    response: Type.Array(Takeout),
    handle: async ({ ctx, viewer }) => (await listTakeouts(ctx, viewer.accountId)).map(presentTakeout),
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Ask for an archive of everything of yours; once in six days',
    access: leaver('write'),
    response: Type.Array(Takeout),
    handle: async ({ ctx, viewer }) => {
      await transact(ctx, (tx) => askForTakeout(tx, viewer.accountId))
      return (await listTakeouts(ctx, viewer.accountId)).map(presentTakeout)
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id/archive.zip`,
    summary: 'Download an archive of yourself; for our own pages',
    access: leaver('read'),
    params: Type.Object({ id: Type.String() }),
    response: Type.String(),
    produces: 'application/zip',
    limit: { family: 'takeouts', max: 20, windowMs: 3_600_000 },
    handle: async ({ ctx, viewer, params, answer }) => {
      const row = await requireReady(ctx, viewer.accountId, params.id)
      requireOwnPage(viewer)
      const { username } = await requireAccount(ctx, viewer.accountId)
      const name = `${username}-${row.created_at.slice(0, 10)}.zip`
      answer.header('Content-Disposition', `attachment; filename="${name}"`)
      answer.header('Content-Length', row.bytes)
      return createReadStream(pathOf(ctx, row.file_name))
    },
  }),
]
