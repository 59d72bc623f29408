import type { Id } from '#lib/id'
import { defineJob } from '#platform/jobs'

type Looks = { subjectId: Id; url: string; width: number; height: number; blurhash: string }

/** How the picture of a preview looks, once it was fetched. The frame of a film keeps the size that its page says. */
export const describeCardPicture = defineJob<Looks>({
  name: 'cards.describe-picture',
  run: async (ctx, { subjectId, url, width, height, blurhash }) => {
    const own = ctx.db.updateTable('link_cards').where('id', '=', subjectId).where('image_url', '=', url)
    await own.set({ blurhash }).execute()
    await own.set({ width, height }).where('type', '<>', 'video').execute()
  },
})
