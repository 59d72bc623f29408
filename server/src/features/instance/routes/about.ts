import { Type } from 'typebox'
import { readSettings } from '#features/settings'
import { countActiveAuthors, countLocalStatuses } from '#features/statuses'
import { countUsers } from '#features/users'
import { languageName, languageTags } from '#lib/language'
import { anyone, route } from '#platform/http'
import { VERSION } from '../present.ts'

const MONTH_MS = 30 * 24 * 3_600_000
const nodeInfoLinks = route({
  method: 'GET',
  path: '/.well-known/nodeinfo',
  summary: 'Say where the facts about this server are (FEP-f1d5)',
  access: anyone,
  response: Type.Object({ links: Type.Array(Type.Object({ rel: Type.String(), href: Type.String() })) }),
  handle: async ({ ctx }) => ({
    links: [
      { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: `${ctx.config.url}/nodeinfo/2.0` },
      { rel: 'https://www.w3.org/ns/activitystreams#Application', href: `${ctx.config.url}/actor` },
    ],
  }),
})

const nodeInfo = route({
  method: 'GET',
  path: '/nodeinfo/2.0',
  summary: 'Show the facts about this server as other servers count them',
  access: anyone,
  response: Type.Object({ version: Type.Literal('2.0') }),
  handle: async ({ ctx }) => {
    const settings = await readSettings(ctx)
    const now = ctx.clock.now().getTime()
    return {
      version: '2.0',
      software: { name: 'hamlet', version: VERSION.replace(/^.*Hamlet ([\d.]+).*$/, '$1') },
      protocols: ['activitypub'],
      services: { inbound: [], outbound: [] },
      usage: {
        users: {
          total: await countUsers(ctx),
          activeMonth: await countActiveAuthors(ctx, new Date(now - MONTH_MS)),
          activeHalfyear: await countActiveAuthors(ctx, new Date(now - 6 * MONTH_MS)),
        },
        localPosts: await countLocalStatuses(ctx),
      },
      openRegistrations: settings.registrations !== 'closed',
      metadata: { nodeName: settings.title, nodeDescription: settings.description },
    }
  },
})

const languagesRoute = route({
  method: 'GET',
  path: '/api/v1/instance/languages',
  summary: 'List the languages that posts can have',
  access: anyone,
  response: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  handle: async () => languageTags.map((code) => ({ code, name: languageName(code) })),
})

export const aboutRoutes = [nodeInfoLinks, nodeInfo, languagesRoute]
