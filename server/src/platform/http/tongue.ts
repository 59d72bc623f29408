import type { FastifyRequest } from 'fastify'
import { readLanguages } from '#lib/accept'

/** Holds the language that somebody chose for the pages on this device; `web/src/app/tongue.ts` sets it. */
const CHOSEN = 'hamlet-language'

/** Holds how pages look on this device; `web/src/app/look.ts` sets it, `web/src/lib/worn.ts` reads it. */
const LOOK = 'hamlet-look'

export const lookOf = (request: FastifyRequest): string | undefined => request.cookies[LOOK]

/** What a page depends on, for caches: none may hand it to a reader of another language. */
export const PAGE_VARIES = 'Accept, Accept-Language, Cookie'

/**
 * The languages that a page may speak to whoever asks, the dearest first: the one they chose on this device, the one
 * that the address names (`?lang=de`), then those of their browser. Where there is none of them a page is English.
 */
export function languagesOf(request: FastifyRequest): string[] {
  const { lang } = request.query as { lang?: unknown }
  const named = [request.cookies[CHOSEN], lang].filter((one): one is string => typeof one === 'string')
  return [
    ...named.flatMap((one) => readLanguages(one).slice(0, 1)),
    ...readLanguages(request.headers['accept-language']),
  ]
}
