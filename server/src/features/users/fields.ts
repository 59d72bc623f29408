import type { Visit } from '#platform/http'

/** A field of a form as text; what is no text is as good as empty. */
export function field(visit: Pick<Visit, 'body'>, name: string): string {
  const value = visit.body[name]
  return typeof value === 'string' ? value : ''
}
