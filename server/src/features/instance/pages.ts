import type { Status } from '@hamlet/contract/status'
import { countPeers } from '#features/domains'
import { listRules, listTerms, readSettings, readTexts, showTerms } from '#features/settings'
import { readPublicLog } from '#features/moderation'
import { countActiveAuthors, countLocalStatuses, presentStatuses } from '#features/statuses'
import { listPublic } from '#features/timelines'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Page } from '#platform/http'
import { findContact } from './contact.ts'
import { renderSiteText } from './present.ts'
import { listShutServers } from './shut-servers.ts'

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
    const settings = await readSettings(ctx)
    const person = await findContact(ctx, settings.contact_account)
    return {
      kind: 'about',
      rules: await listRules(ctx),
      contact: settings.contact_email,
      person,
      hasModerationLog: settings.public_log === 'on',
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
      statuses: settings.local_feed === 'public' ? await listVoices(ctx) : [],
    }
  },
}

const privacyPage: Page = {
  path: '/privacy-policy',
  isAlwaysOpen: true,
  load: async ({ ctx }) => {
    const { text, updated_at } = (await readTexts(ctx)).privacy_policy
    if (text === '') throw notFound()
    const day = updated_at?.slice(0, 10) ?? null
    return { kind: 'text', name: 'privacy', html: renderSiteText(ctx, text), day, versions: [] }
  },
}

/** Every version stays readable: people agreed to it. */
const termsPage = (path: string): Page => ({
  path,
  isAlwaysOpen: true,
  load: async ({ ctx, params }) => {
    const shown = await showTerms(ctx, params.date)
    if (!shown) throw notFound()
    const versions = (await listTerms(ctx)).flatMap(({ effective_on: day }) => (day === null ? [] : [day]))
    return { kind: 'text', name: 'terms', html: renderSiteText(ctx, shown.text), day: shown.day, versions }
  },
})

/** What the team did and why, counted by month, where the team wants that told. Servers only where all may read of them. */
const moderationPage: Page = {
  path: '/about/moderation',
  isAlwaysOpen: true,
  load: async ({ ctx }) => {
    if ((await readSettings(ctx)).public_log !== 'on') throw notFound()
    const servers = (await listShutServers(ctx, false)) ?? []
    return {
      kind: 'moderation',
      months: await readPublicLog(ctx),
      servers: servers.map(({ domain, severity, comment }) => ({ host: domain, severity, reason: comment ?? '' })),
    }
  },
}

export const pages = [
  aboutPage,
  moderationPage,
  privacyPage,
  termsPage('/terms-of-service'),
  termsPage('/terms-of-service/:date'),
]
