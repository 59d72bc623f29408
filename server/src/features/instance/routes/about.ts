import { sql } from 'kysely'
import { Type } from 'typebox'
import { readSettings } from '#features/settings'
import { countActiveAuthors, countLocalStatuses } from '#features/statuses'
import { countUsers } from '#features/users'
import { escapeHtml } from '#lib/escape'
import { languageName, languageTags } from '#lib/language'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, emptyList, route } from '#platform/http'
import { VERSION } from '../present.ts'

const MONTH_MS = 30 * 24 * 3_600_000
const Text = Type.Object({ updated_at: Type.Union([Type.String(), Type.Null()]), content: Type.String() })

async function describe(ctx: Context): Promise<string> {
  const { description } = await readSettings(ctx)
  return description === '' ? '' : `<p>${escapeHtml(description)}</p>`
}

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

const peersRoute = route({
  method: 'GET',
  path: '/api/v1/instance/peers',
  summary: 'List the servers that this one has met',
  access: anyone,
  response: Type.Array(Type.String()),
  handle: async ({ ctx }) => {
    const found = await sql<{
      host: string
    }>`select host from domains where not is_local order by host limit 50000`.execute(ctx.db)
    return found.rows.map((row) => row.host)
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

const textRoute = (name: string, summary: string) =>
  route({
    method: 'GET',
    path: `/api/v1/instance/${name}`,
    summary,
    access: anyone,
    response: Text,
    handle: async ({ ctx }) => ({ updated_at: null, content: await describe(ctx) }),
  })

const termsRoute = route({
  method: 'GET',
  path: '/api/v1/instance/terms_of_service',
  summary: 'Show the terms of service; there are none yet',
  access: anyone,
  coverage: 'empty',
  response: Type.Object({}),
  handle: async () => {
    throw notFound()
  },
})

const translationRoute = route({
  method: 'GET',
  path: '/api/v1/instance/translation_languages',
  summary: 'List what can be translated; nothing can yet',
  access: anyone,
  coverage: 'empty',
  response: Type.Object({}),
  handle: async () => ({}),
})

export const aboutRoutes = [
  nodeInfoLinks,
  nodeInfo,
  peersRoute,
  languagesRoute,
  textRoute('extended_description', 'Describe this server at length'),
  termsRoute,
  translationRoute,
  emptyList('/api/v1/instance/activity', 'Count what happened here, by week', anyone),
]
