import type { Visit } from '#platform/http'

/** A field of a form as text; what is no text is as good as empty. */
export function field(visit: Pick<Visit, 'body'>, name: string): string {
  const value = visit.body[name]
  return typeof value === 'string' ? value : ''
}

/** Where to go after signing in: a path of ours and nothing else (reliability OA-24). */
export function readNext(value: unknown): string {
  const isPath = typeof value === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(value)
  return isPath ? value : '/home'
}
