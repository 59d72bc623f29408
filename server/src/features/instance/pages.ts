import type { Status } from '@hamlet/contract/status'
import { countPeers } from '#features/domains'
import { listRules, readSettings, readTexts } from '#features/settings'
import { countActiveAuthors, countLocalStatuses, presentStatuses } from '#features/statuses'
import { listPublic } from '#features/timelines'
import type { Context } from '#platform/context'
import type { Page } from '#platform/http'
import { renderSiteText } from './present.ts'

const MONTH_MS = 30 * 24 * 3_600_000
/** So many are looked through for the newest posts by different people. */
const LOOKED_THROUGH = 40
const SHOWN = 3

/** The newest posts of members with words and no warning, one of each person: what a stranger may expect here. */
async function listVoices(ctx: Context): Promise<Status[]> {
  const ids = await listPublic(ctx, null, { local: true, remote: false }, { limit: LOOKED_THROUGH })
  const byPerson = new Map<string, Status>()
  for (const status of await presentStatuses(ctx, null, ids))
    if (status.content && status.spoiler_text === '' && !byPerson.has(status.account.id))
      byPerson.set(status.account.id, status)
  return [...byPerson.values()].slice(0, SHOWN)
}

const aboutPage: Page = {
  path: '/about',
  isAlwaysOpen: true,
  load: async ({ ctx }) => {
    const texts = await readTexts(ctx)
    return {
      kind: 'about',
      rules: await listRules(ctx),
      contact: (await readSettings(ctx)).contact_email,
      texts: {
        about: renderSiteText(ctx, texts.extended_description.text),
        privacy: renderSiteText(ctx, texts.privacy_policy.text),
        terms: renderSiteText(ctx, texts.terms_of_service.text),
      },
      counts: {
        activeMonth: await countActiveAuthors(ctx, new Date(ctx.clock.now().getTime() - MONTH_MS)),
        statuses: await countLocalStatuses(ctx),
        peers: await countPeers(ctx),
      },
      statuses: await listVoices(ctx),
    }
  },
}

export const pages = [aboutPage]
