import { PostImport } from '@hamlet/contract/archives'
import { Type } from 'typebox'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { confirmPostImport, startPostImport, undoPostImport } from '../posts/bring-posts.ts'
import { listPostImports, requirePostImport } from '../posts/store.ts'
import { presentPostImport } from '../present.ts'

const PATH = '/api/hamlet/v1/post_imports'
const OneId = Type.Object({ id: Type.String() })

export const postImportRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'List the archives of old posts that you brought',
    access: user('read'),
    response: Type.Array(PostImport),
    handle: async ({ ctx, viewer }) => (await listPostImports(ctx, viewer.accountId)).map(presentPostImport),
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Bring an archive of your old posts, and see what would become of it',
    access: user('write'),
    body: Type.Object({}),
    upload: { maxBytes: 2_147_483_648, fields: ['data'] },
    response: PostImport,
    limit: { family: 'post-imports', max: 10, windowMs: 3_600_000 },
    handle: async ({ ctx, viewer, files }) => {
      if (!files.data) throw new Refusal('badRequest', 'The parameter data is missing')
      const id = await startPostImport(ctx, viewer.accountId, files.data)
      return presentPostImport(await requirePostImport(ctx, viewer.accountId, id))
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/confirm`,
    summary: 'Bring the posts of a previewed archive; of two presses one counts',
    access: user('write'),
    params: OneId,
    response: PostImport,
    handle: async ({ ctx, viewer, params }) => {
      const one = await requirePostImport(ctx, viewer.accountId, params.id)
      await transact(ctx, (tx) => confirmPostImport(tx, one))
      return presentPostImport(await requirePostImport(ctx, viewer.accountId, one.id))
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/undo`,
    summary: 'Let an archive go, or take back the posts that came of it',
    access: user('write'),
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      const one = await requirePostImport(ctx, viewer.accountId, params.id)
      await transact(ctx, (tx) => undoPostImport(tx, one))
      return {}
    },
  }),
]
