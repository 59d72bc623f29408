import { Type } from 'typebox'
import type { Context } from '#platform/context'
import { route, type Access, type Route } from './route.ts'

/**
 * A list that holds nothing yet, said truthfully: counted as empty by the coverage of the API.
 * `requireSubject` refuses an `:id` of nothing.
 */
export function emptyList(
  path: string,
  summary: string,
  access: Access,
  requireSubject?: (ctx: Context, id: string) => Promise<unknown>,
): Route {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] as string)
  return route({
    method: 'GET',
    path,
    summary: `${summary}; there are none yet`,
    access,
    ...(names.length > 0
      ? { params: Type.Object(Object.fromEntries(names.map((name) => [name, Type.String()]))) }
      : {}),
    coverage: 'empty',
    response: Type.Array(Type.Unknown()),
    handle: async ({ ctx, params }) => {
      await requireSubject?.(ctx, (params as { id?: string }).id ?? '')
      return []
    },
  })
}
