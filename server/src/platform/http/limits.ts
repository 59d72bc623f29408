import { Refusal } from '#lib/refusal'
import type { RateLimit, Viewer } from './route.ts'

const WINDOW_MS = 5 * 60_000
/** mastodon-limits.md: per token, per person and per address without a token, each in five minutes. */
const TOKEN: RateLimit = { family: 'token', max: 300, windowMs: WINDOW_MS }
const PERSON: RateLimit = { family: 'user', max: 1500, windowMs: WINDOW_MS }
const ADDRESS: RateLimit = { family: 'ip', max: 300, windowMs: WINDOW_MS }
const KEPT_KEYS = 100_000

export type Standing = { limit: number; remaining: number; resetMs: number }
export type Limiter = (who: { viewer: Viewer | undefined; ip: string }, own: RateLimit | undefined) => Standing

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
    return { limit: max, remaining: max - used, resetMs: (window + 1) * limit.windowMs }
  }
  return ({ viewer, ip }, own) => {
    if (counts.size > KEPT_KEYS || now() - swept > WINDOW_MS * 12) {
      counts.clear()
      swept = now()
    }
    const standings = viewer ? [count(TOKEN, viewer.tokenId ?? viewer.sessionId ?? '')] : [count(ADDRESS, ip)]
    if (viewer?.userId) standings.push(count(PERSON, viewer.userId))
    if (own) standings.push(count(own, viewer?.userId ?? ip))
    return standings.reduce((tightest, next) => (next.remaining < tightest.remaining ? next : tightest))
  }
}

/** The three headers that tell apps where they stand (ISO 8601 with microseconds, as Mastodon writes it). */
export function limitHeaders(standing: Standing): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(standing.limit),
    'X-RateLimit-Remaining': String(Math.max(0, standing.remaining)),
    'X-RateLimit-Reset': new Date(standing.resetMs).toISOString().replace('Z', '000Z'),
  }
}

export function refuseOverLimit(standing: Standing): void {
  if (standing.remaining < 0) throw new Refusal('tooMany', 'Too many requests')
}
