import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Metrics } from './registry.ts'

const RESOLUTION_MS = 20
const QUANTILES = [50, 99, 100]

/** What this process uses, and how late its turns are. The names are those that Prometheus knows. Gives what stops measuring. */
export function measureProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  metrics.gauge('process_resident_memory_bytes', 'Memory that the process holds, in bytes.', () => [
    { value: process.memoryUsage.rss() },
  ])
  metrics.gauge('hamlet_heap_used_bytes', 'Memory of the process that JavaScript uses, in bytes.', () => [
    { value: process.memoryUsage().heapUsed },
  ])
  metrics.gauge('process_uptime_seconds', 'How long the process has been running, in seconds.', () => [
    { value: process.uptime() },
  ])
  metrics.gauge(
    'hamlet_event_loop_lag_seconds',
    'How late timers came since they were last asked for, in seconds.',
    () => {
      const samples = QUANTILES.map((percent) => ({
        labels: { quantile: String(percent / 100) },
        value: lagSeconds(delay.percentile(percent)),
      }))
      delay.reset()
      return samples
    },
  )
  return () => void delay.disable()
}

/** What is recorded, in nanoseconds, is the time between two timers, their distance included. */
function lagSeconds(betweenNs: number): number {
  return Math.max(0, betweenNs / 1e6 - RESOLUTION_MS) / 1000
}
