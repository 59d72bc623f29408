import { AdminCohort, AdminDimension, AdminMeasure } from '@hamlet/contract/admin'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { invalid } from '#lib/refusal'
import { route } from '#platform/http'
import { dimensionKeys, readDimension } from '../present/dimensions.ts'
import { measure, measureKeys, readSpan, type Subject } from '../present/measures.ts'
import { readRetention, type Frequency } from '../present/retention.ts'

const mayLook = team('admin:read', 'view_dashboard')
const MOST_KEYS = 20
const MOST_ROWS = 100

const text = Type.Optional(Type.String({ maxLength: 300 }))
const Subjects = (keys: readonly string[]) =>
  Object.fromEntries(
    keys.map((key) => [
      key,
      Type.Optional(Type.Object({ id: text, domain: text, include_subdomains: Type.Optional(Type.Boolean()) })),
    ]),
  )
const Keys = Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: MOST_KEYS }))

/** What a key is about, from the member of its own name (mastodon-api 1.17). */
function subjectOf(body: object, key: string): Subject {
  const asked = (body as Record<string, { id?: string; domain?: string; include_subdomains?: boolean } | undefined>)[
    key
  ]
  return {
    ...(asked?.id === undefined ? {} : { tagId: asked.id }),
    ...(asked?.domain === undefined ? {} : { domain: asked.domain.toLowerCase() }),
    withSubdomains: asked?.include_subdomains ?? false,
  }
}

const measuresRoute = route({
  method: 'POST',
  path: '/api/v1/admin/measures',
  summary: 'Count what happened here over some days',
  access: mayLook,
  body: Type.Object({ keys: Keys, start_at: text, end_at: text, ...Subjects(measureKeys) }),
  response: Type.Array(AdminMeasure),
  handle: async ({ ctx, body }) => {
    const span = readSpan(require(body.start_at, 'start_at'), require(body.end_at, 'end_at'))
    const found: AdminMeasure[] = []
    for (const key of new Set(body.keys ?? [])) found.push(await measure(ctx, key, span, subjectOf(body, key)))
    return found
  },
})

const dimensionsRoute = route({
  method: 'POST',
  path: '/api/v1/admin/dimensions',
  summary: 'Say how what is here is spread: over languages, servers, apps, storage',
  access: mayLook,
  body: Type.Object({
    keys: Keys,
    start_at: text,
    end_at: text,
    limit: Type.Optional(Type.Integer()),
    ...Subjects(dimensionKeys),
  }),
  response: Type.Array(AdminDimension),
  handle: async ({ ctx, body }) => {
    const now = ctx.clock.now().toISOString()
    const span = readSpan(body.start_at ?? body.end_at ?? now, body.end_at ?? now)
    const limit = Math.min(Math.max(body.limit ?? 10, 1), MOST_ROWS)
    const found: AdminDimension[] = []
    for (const key of new Set(body.keys ?? []))
      found.push(await readDimension(ctx, key, { span, limit, subject: subjectOf(body, key) }))
    return found
  },
})

const retentionRoute = route({
  method: 'POST',
  path: '/api/v1/admin/retention',
  summary: 'Say how many of those who signed up at a time still come',
  access: mayLook,
  body: Type.Object({ start_at: text, end_at: text, frequency: text }),
  response: Type.Array(AdminCohort),
  handle: ({ ctx, body }) => {
    const frequency = body.frequency ?? 'day'
    if (frequency !== 'day' && frequency !== 'month') throw invalid('frequency must be day or month.')
    const [start, end] = [require(body.start_at, 'start_at'), require(body.end_at, 'end_at')]
    return readRetention(ctx, start, end, frequency satisfies Frequency)
  },
})

function require(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw invalid(`${name} is missing: a date, as 2026-11-25.`)
  return value
}

export const measureRoutes = [measuresRoute, dimensionsRoute, retentionRoute]
