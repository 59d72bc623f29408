import { moveFiles } from '#features/media'
import type { Id } from '#lib/id'
import { defineJob } from '#platform/jobs'
import { findAccount } from './store.ts'

/** Avatar and header of whoever lives here follow their standing, as their other files do. */
export const settlePictures = defineJob<{ accountId: Id }>({
  name: 'accounts.settle-pictures',
  class: 'default',
  run: async (ctx, { accountId }) => {
    const account = await findAccount(ctx, accountId)
    if (account) await moveFiles(ctx, [account.avatar_key, account.header_key], account.suspended_at !== null)
  },
})
