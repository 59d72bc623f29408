import { Refusal } from '#lib/refusal'
import { householdOf } from '#platform/net'
import type { RateLimit, Viewer } from './route.ts'

const WINDOW_MS = 5 * 60_000
/** mastodon-limits.md: per token, per person and per address without a token, each in five minutes. */
const TOKEN: RateLimit = { family: 'token', max: 300, windowMs: WINDOW_MS }
const PERSON: RateLimit = { family: 'user', max: 1500, windowMs: WINDOW_MS }
const ADDRESS: RateLimit = { family: 'ip', max: 300, windowMs: WINDOW_MS }
/** Who reads page after page of everything: counted besides, whatever is read (mastodon-limits.md, paging). */
const PAGING: RateLimit = { family: 'paging', max: 300, windowMs: 15 * 60_000 }
const PAGES = ['page', 'min_id', 'max_id', 'since_id']
const KEPT_KEYS = 100_000

export type Standing = { limit: number; remaining: number; resetMs: number; waitMs: number }
type Who = { viewer: Viewer | undefined; ip: string; query?: unknown }
export type Limiter = (who: Who, own: RateLimit | undefined) => Standing

/** Counts calls in memory, in windows aligned to the clock; gives the standing of the tightest limit. */
export function makeLimiter(factor: number, now: () => number): Limiter {
  const counts = new Map<string, number>()
  let swept = 0
  const count = (limit: RateLimit, key: string): Standing => {
    const window = Math.floor(now() / limit.windowMs)
    const name = `${limit.family}:${key}:${window}`
    const used = (counts.get(name) ?? 0) + 1
    counts.set(name, used)
    const max = Math.max(1, Math.floor(limit.max * factor))
    const resetMs = (window + 1) * limit.windowMs
    return { limit: max, remaining: max - used, resetMs, waitMs: resetMs - now() }
  }
  return ({ viewer, ip, query }, own) => {
    const home = householdOf(ip)
    if (counts.size > KEPT_KEYS || now() - swept > WINDOW_MS * 12) {
      counts.clear()
      swept = now()
    }
    const standings = viewer ? [count(TOKEN, viewer.tokenId ?? viewer.sessionId ?? '')] : [count(ADDRESS, home)]
    if (viewer?.userId) standings.push(count(PERSON, viewer.userId))
    if (isPaging(query)) standings.push(count(PAGING, viewer?.userId ?? home))
    if (own) standings.push(count(own, viewer?.userId ?? home))
    return standings.reduce((tightest, next) => (next.remaining < tightest.remaining ? next : tightest))
  }
}

const isPaging = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && PAGES.some((name) => name in query)

/** The three headers that tell apps where they stand (ISO 8601 with microseconds, as Mastodon writes it). */
export function limitHeaders(standing: Standing): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(standing.limit),
    'X-RateLimit-Remaining': String(Math.max(0, standing.remaining)),
    'X-RateLimit-Reset': new Date(standing.resetMs).toISOString().replace('Z', '000Z'),
  }
}

export function refuseOverLimit(standing: Standing): void {
  if (standing.remaining >= 0) return
  throw new Refusal('tooMany', 'Too many requests', { retryAfterSeconds: Math.ceil(standing.waitMs / 1000) })
}
