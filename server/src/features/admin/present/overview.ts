import type { AdminConcern, AdminOverview } from '@hamlet/contract/admin'
import { listSlowHosts } from '#federation'
import type { Context } from '#platform/context'
import { measureBacklog } from '#platform/jobs'
import { bounds, percentile } from '../answers.ts'
import { dayOf, daysBetween } from '../slots.ts'
import { countHouse, countPeopleSince, listDays, listSamples, measureReports, type SampleRow } from '../store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How far a range looks back, and over how long each of its points reaches. */
export const ranges = {
  day: { spanMs: DAY_MS, stepMs: HOUR_MS / 2 },
  week: { spanMs: 7 * DAY_MS, stepMs: 4 * HOUR_MS },
  month: { spanMs: 30 * DAY_MS, stepMs: 12 * HOUR_MS },
} as const
export type Range = keyof typeof ranges

const BARS = 14
const SLOW_SHOWN = 4
/** From these on somebody should look. */
const CARE = { oldestSeconds: 120, percent: 95, diskUsed: 0.9, diskDays: 30 }

type Point = { at: string; value: number | null }

/** How the server is, in a fixed number of queries. */
export async function readOverview(ctx: Context, range: Range): Promise<AdminOverview> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - ranges[range].spanMs)
  const firstDay = dayOf(new Date(now.getTime() - (BARS - 1) * DAY_MS))
  // The disk is looked at over a month, whatever the range.
  const month = await listSamples(ctx, new Date(now.getTime() - 30 * DAY_MS).toISOString())
  const samples = month.filter((row) => row.at >= since.toISOString())
  const [backlog, reports, people, today, house, slow] = [
    await measureBacklog(ctx, new Date(now.getTime() - DAY_MS).toISOString()),
    await measureReports(ctx, `${firstDay}T00:00:00.000Z`),
    await listDays(ctx, firstDay),
    await countPeopleSince(ctx, `${dayOf(now)}T00:00:00.000Z`),
    await countHouse(ctx),
    await listSlowHosts(ctx, SLOW_SHOWN),
  ]
  const points = (read: (rows: SampleRow[]) => number | null) => spread(samples, now, range, read)
  const deliveries = summariseDeliveries(samples)
  const storage = summariseStorage(month)
  const days = daysBetween(firstDay, dayOf(now))
  people.set(dayOf(now), Math.max(today, people.get(dayOf(now)) ?? 0))
  const facts = {
    deliveries: { ...deliveries, points: points((rows) => sum(rows, 'delivered')) },
    people: { today, of: house.people, days: bars(days, (day) => people.get(day) ?? null) },
    answers: {
      p95_ms: percentile(merge(samples), 95),
      points: points((rows) => percentile(merge(rows), 95)),
    },
    queue: {
      waiting: backlog.waiting,
      oldest_seconds: backlog.oldestSeconds,
      peak: peakOf(samples),
      points: points((rows) => most(rows.map((row) => row.waiting))),
    },
    reports: {
      open: reports.open,
      median_seconds: reports.median,
      days: bars(days, (day) => reports.days.get(day) ?? 0),
    },
    storage,
    servers: { known: house.servers, slow },
    database_version: house.version,
    has_mail: ctx.config.smtpUrl !== '',
  }
  return { range, concerns: findConcerns(facts, backlog.failed, now), ...facts }
}

const bars = (days: string[], read: (day: string) => number | null): Point[] =>
  days.map((day) => ({ at: `${day}T00:00:00.000Z`, value: read(day) }))

/** One point for each step of the range, up to now. */
function spread(samples: SampleRow[], now: Date, range: Range, read: (rows: SampleRow[]) => number | null): Point[] {
  const { spanMs, stepMs } = ranges[range]
  const first = Math.floor((now.getTime() - spanMs) / stepMs) * stepMs + stepMs
  const grouped = Map.groupBy(samples, (row) => Math.floor(Date.parse(row.at) / stepMs) * stepMs)
  return Array.from({ length: Math.round(spanMs / stepMs) }, (_, index) => {
    const at = first + index * stepMs
    const rows = grouped.get(at)
    return { at: new Date(at).toISOString(), value: rows ? read(rows) : null }
  })
}

const sum = (rows: SampleRow[], name: 'delivered' | 'lost') => rows.reduce((total, row) => total + (row[name] ?? 0), 0)

/** The largest of what was measured; null where nothing was. */
function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

const merge = (rows: SampleRow[]): number[] =>
  [...bounds, 0].map((_, place) => rows.reduce((total, row) => total + (row.answers[place] ?? 0), 0))

function summariseDeliveries(samples: SampleRow[]) {
  const [total, lost] = [sum(samples, 'delivered'), sum(samples, 'lost')]
  return { total, percent: total + lost === 0 ? null : Math.round((1000 * total) / (total + lost)) / 10 }
}

function peakOf(samples: SampleRow[]) {
  const best = samples.reduce<SampleRow | undefined>(
    (known, row) => ((row.waiting ?? 0) > (known?.waiting ?? 0) ? row : known),
    undefined,
  )
  return best ? { at: best.at, value: best.waiting ?? 0 } : null
}

function summariseStorage(samples: SampleRow[]) {
  const newest = (
    name: 'own_media_bytes' | 'remote_media_bytes' | 'database_bytes' | 'disk_bytes' | 'disk_free_bytes',
  ) => {
    const value = samples.findLast((row) => row[name] !== null)?.[name]
    return value === undefined || value === null ? null : Number(value)
  }
  return {
    disk_bytes: newest('disk_bytes'),
    free_bytes: newest('disk_free_bytes'),
    own_media_bytes: newest('own_media_bytes') ?? 0,
    remote_media_bytes: newest('remote_media_bytes') ?? 0,
    database_bytes: newest('database_bytes') ?? 0,
    full_at: foretell(samples),
  }
}

/** When the disk is full if it fills as it did: a straight line through the first and the last, once a day of them is there. */
export function foretell(samples: readonly Pick<SampleRow, 'at' | 'disk_free_bytes'>[]): string | null {
  const known = samples.filter((row) => row.disk_free_bytes !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return null
  const spanMs = Date.parse(last.at) - Date.parse(first.at)
  const filled = Number(first.disk_free_bytes) - Number(last.disk_free_bytes)
  if (spanMs < DAY_MS || filled <= 0) return null
  const leftMs = (Number(last.disk_free_bytes) / filled) * spanMs
  // Beyond ten years nobody knows.
  return leftMs > 3650 * DAY_MS ? null : new Date(Date.parse(last.at) + leftMs).toISOString()
}

type Facts = Omit<AdminOverview, 'range' | 'concerns'>

/** What somebody should look at, the worst first. */
function findConcerns({ deliveries, queue, storage, has_mail }: Facts, failed: number, now: Date): AdminConcern[] {
  const found: AdminConcern[] = []
  const { disk_bytes, free_bytes, full_at } = storage
  if (disk_bytes && free_bytes !== null && 1 - free_bytes / disk_bytes > CARE.diskUsed)
    found.push({ name: 'disk', count: Math.round(100 * (1 - free_bytes / disk_bytes)) })
  else if (full_at && Date.parse(full_at) - now.getTime() < CARE.diskDays * DAY_MS)
    found.push({ name: 'disk-soon', count: Math.round((Date.parse(full_at) - now.getTime()) / DAY_MS) })
  if (queue.oldest_seconds > CARE.oldestSeconds) found.push({ name: 'late', count: queue.oldest_seconds })
  if (failed > 0) found.push({ name: 'failed', count: failed })
  if (deliveries.percent !== null && deliveries.percent < CARE.percent)
    found.push({ name: 'deliveries', count: deliveries.percent })
  if (!has_mail) found.push({ name: 'mail' })
  return found
}
