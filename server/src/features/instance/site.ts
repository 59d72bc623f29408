import type { Site } from '@hamlet/contract/pages'
import { readSettings } from '#features/settings'
import { countUsers } from '#features/users'
import { readPictures } from './pictures.ts'
import type { Context } from '#platform/context'

/** The server as every public page introduces it. */
export async function loadSite(ctx: Context): Promise<Site> {
  const settings = await readSettings(ctx)
  const { thumbnail, icon } = await readPictures(ctx)
  return {
    title: settings.title,
    domain: ctx.config.domain,
    url: ctx.config.url,
    description: settings.description,
    registrationsOpen: settings.registrations !== 'closed',
    memberCount: await countUsers(ctx),
    cover: thumbnail ? { url: ctx.blobs.url(thumbnail.large_key), description: thumbnail.description } : null,
    icon: icon ? ctx.blobs.url(icon.small_key) : null,
  }
}
