import { defineJob } from '#platform/jobs'

/** Files go after the rows that named them; a key that is gone already is fine. */
export const deleteFiles = defineJob<{ keys: string[] }>({
  name: 'media.delete-files',
  class: 'slow',
  run: async (ctx, { keys }) => {
    for (const key of keys) await ctx.blobs.delete(key)
  },
})
