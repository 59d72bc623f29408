/**
 * Counters, gauges and histograms, rendered in the text format 0.0.4 of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Labels hold only what the code itself names: a label
 * with an id or an address in it would make a new series for each.
 */
import { describeError, type Log } from '#platform/log'

export type Labels = Readonly<Record<string, string>>
export type Sample = { labels?: Labels; value: number }

export type Metrics = {
  /** Something that only grows. Gives what counts it up. */
  counter(name: string, help: string): (labels: Labels, by?: number) => void
  /** How values are spread over buckets with these upper bounds, in rising order. Gives what takes a value in. */
  histogram(name: string, help: string, bounds: readonly number[]): (labels: Labels, value: number) => void
  /** Something that is read when somebody asks. */
  gauge(name: string, help: string, read: () => Sample[] | Promise<Sample[]>): void
  /** The whole page. What cannot be read is left out, logged and counted; the rest is there. */
  render(): Promise<string>
}

type Kind = 'counter' | 'gauge' | 'histogram'
type Family = { name: string; help: string; kind: Kind; lines: () => string[] | Promise<string[]> }

export function makeMetrics(log: Log): Metrics {
  const families: Family[] = []
  const unreadable = makeCount('hamlet_metrics_unreadable_total')
  const readOrLeave = (family: Family) =>
    renderFamily(family).catch((error: unknown) => {
      unreadable.add({ metric: family.name })
      log.warn('a metric could not be read', { metric: family.name, ...describeError(error) })
      return ''
    })
  return {
    counter: (name, help) => {
      const count = makeCount(name)
      families.push({ name, help, kind: 'counter', lines: count.lines })
      return count.add
    },
    histogram: (name, help, bounds) => {
      const spread = makeSpread(name, bounds)
      families.push({ name, help, kind: 'histogram', lines: spread.lines })
      return spread.observe
    },
    gauge: (name, help, read) => {
      const lines = async () => (await read()).map(({ labels, value }) => line(name, renderLabels(labels ?? {}), value))
      families.push({ name, help, kind: 'gauge', lines })
    },
    render: async () => {
      const pages = await Promise.all(families.map(readOrLeave))
      const help = 'Metrics that could not be read when asked for.'
      const failures = {
        name: 'hamlet_metrics_unreadable_total',
        help,
        kind: 'counter',
        lines: unreadable.lines,
      } as const
      return [...pages, await renderFamily(failures)].join('')
    },
  }
}

function makeCount(name: string) {
  const counts = new Map<string, number>()
  return {
    add: (labels: Labels, by = 1) => {
      const key = renderLabels(labels)
      counts.set(key, (counts.get(key) ?? 0) + by)
    },
    lines: () => [...counts].map(([labels, count]) => line(name, labels, count)),
  }
}

async function renderFamily({ name, help, kind, lines }: Family): Promise<string> {
  const found = await lines()
  if (found.length === 0) return ''
  const text = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return [`# HELP ${name} ${text}`, `# TYPE ${name} ${kind}`, ...found, ''].join('\n')
}

type Spread = { labels: Labels; counts: number[]; sum: number }

function makeSpread(name: string, bounds: readonly number[]) {
  const spreads = new Map<string, Spread>()
  const limits = [...bounds, Number.POSITIVE_INFINITY]
  return {
    observe: (labels: Labels, value: number) => {
      const key = renderLabels(labels)
      const spread = spreads.get(key) ?? { labels, counts: limits.map(() => 0), sum: 0 }
      spreads.set(key, spread)
      const bucket = limits.findIndex((limit) => value <= limit)
      spread.counts[bucket] = (spread.counts[bucket] ?? 0) + 1
      spread.sum += value
    },
    lines: () => [...spreads.values()].flatMap((spread) => renderSpread(name, limits, spread)),
  }
}

/** Each bucket counts everything up to its bound, so the last one counts all. */
function renderSpread(name: string, limits: readonly number[], { labels, counts, sum }: Spread): string[] {
  let total = 0
  const buckets = limits.map((limit, index) => {
    total += counts[index] ?? 0
    return line(`${name}_bucket`, renderLabels({ ...labels, le: renderNumber(limit) }), total)
  })
  const own = renderLabels(labels)
  return [...buckets, line(`${name}_sum`, own, sum), line(`${name}_count`, own, total)]
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels} ${renderNumber(value)}`
}

function renderNumber(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value)
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
