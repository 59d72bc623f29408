import type { TSchema } from 'typebox'
import type { Route } from './route.ts'

type Entities = readonly (TSchema & { $id?: string })[]
type Operation = Record<string, unknown>

/** An OpenAPI 3.1 description of the running routes. `entities` are the shared schemas that answers refer to by `$id`. */
export function describeApi(
  routes: readonly Route[],
  entities: Entities,
  server: { url: string; version: string },
): Record<string, unknown> {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) }
  }
  const schemas = Object.fromEntries(entities.map((entity) => [entity.$id ?? '', rewriteRefs(strip(entity))]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hamlet',
      version: server.version,
      description: 'The Mastodon client API as this server answers it.',
    },
    servers: [{ url: server.url }],
    paths,
    components: { schemas, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
}

function describeRoute(route: Route): Operation {
  const scope = 'scope' in route.access ? [route.access.scope] : []
  const body = route.body && { requestBody: { content: { 'application/json': { schema: rewriteRefs(route.body) } } } }
  return {
    summary: route.summary,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...body,
    ...(route.access.kind === 'none' ? {} : { security: [{ token: scope }] }),
    responses: {
      ...describeAnswer(route),
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { type: 'object', properties: { error: { type: 'string' } } } } },
      },
    },
  }
}

/** A route that answers nothing at all says so by its status. */
function describeAnswer(route: Route): Operation {
  if ((route.response as { type?: string }).type === 'null') return { 204: { description: 'There is nothing' } }
  const media = route.file ? 'image/*' : 'application/json'
  return { 200: { description: 'Done', content: { [media]: { schema: refOf(route.response) } } } }
}

function parameters(schema: TSchema | undefined, place: 'path' | 'query'): unknown[] {
  const shape: { properties?: Record<string, TSchema>; required?: string[] } | undefined = schema
  const names = Object.entries(shape?.properties ?? {})
  return names.map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || (shape?.required ?? []).includes(name),
    schema: part,
  }))
}

function refOf(schema: TSchema & { $id?: string }): unknown {
  return schema.$id ? { $ref: `#/components/schemas/${schema.$id}` } : rewriteRefs(schema)
}

function strip(schema: TSchema & { $id?: string }): unknown {
  const { $id: _, ...rest } = schema
  return rest
}

/** `Type.Ref('Poll')` names an entity by its `$id`; in the document that is a component. */
function rewriteRefs(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(rewriteRefs)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [
    key,
    key === '$ref' && typeof value === 'string' && !value.startsWith('#')
      ? `#/components/schemas/${value}`
      : rewriteRefs(value),
  ])
  return Object.fromEntries(entries) as unknown
}
