import { networkInterfaces } from 'node:os'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLog } from '#platform/log'
import { makeMetrics } from '#platform/metrics'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
let port = 0
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_METRICS_PORT: '0' } })
  port = Number(/"url":"http:\/\/127\.0\.0\.1:(\d+)\/metrics"/.exec(town.log.join('\n'))?.[1])
})
afterAll(() => town[Symbol.asyncDispose]())

const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()

test('requests are counted by the pattern of their route, so that no id makes a series', async () => {
  const person = await town.person('ida')
  await town.call('GET', `/api/v1/accounts/${person.accountId}`, { token: person.token })
  await town.call('GET', '/api/v1/accounts/1', { token: person.token })
  await town.call('GET', '/nowhere/17')
  await town.call('GET', '/nowhere/18')
  const page = await scrape()
  const route = 'method="GET",route="/api/v1/accounts/:id"'
  expect(page).toContain(`hamlet_http_requests_total{${route},status="2xx"} 1\n`)
  expect(page).toContain(`hamlet_http_requests_total{${route},status="4xx"} 1\n`)
  expect(page).toContain(`hamlet_http_request_seconds_bucket{${route},le="+Inf"} 2\n`)
  expect(page).toContain(`hamlet_http_request_seconds_count{${route}} 2\n`)
  expect(page).toContain('hamlet_http_requests_total{method="GET",route="(none)",status="4xx"} 2\n')
  expect(page).not.toMatch(new RegExp(`nowhere|${person.accountId}`))
})

test('what waits, what failed and what the process uses is told', async () => {
  await town.settled()
  await sql`insert into jobs (kind, payload, failed_at) values ('tests.hopeless', '{}', now())`.execute(town.ctx.db)
  await sql`insert into jobs (kind, payload, run_at) values ('federation.receive', '{}', now() + interval '1 day')`.execute(
    town.ctx.db,
  )
  const page = await scrape()
  expect(page).toContain('hamlet_jobs{kind="tests.hopeless",state="failed"} 1\n')
  expect(page).toContain('hamlet_jobs{kind="tests.hopeless",state="open"} 0\n')
  expect(page).toContain('hamlet_inbound_waiting 1\n')
  expect(page).toContain('hamlet_deliveries{state="due"} 0\n')
  expect(page).toContain('hamlet_database_connections{state="waiting"}')
  expect(page).toMatch(/process_resident_memory_bytes \d{7,}\n/)
  expect(page).toMatch(/hamlet_event_loop_lag_seconds\{quantile="0\.99"\} [\d.e-]+\n/)
})

test('every line is one that Prometheus reads, and each family says once what it is', async () => {
  const lines = (await scrape()).trimEnd().split('\n')
  const sample = /^[a-z_]+(\{[a-z_]+="(?:[^"\\]|\\.)*"(,[a-z_]+="(?:[^"\\]|\\.)*")*\})? (\+Inf|[\d.e+-]+)$/
  expect(lines.filter((line) => !line.startsWith('#') && !sample.test(line))).toEqual([])
  const types = lines.filter((line) => line.startsWith('# TYPE '))
  expect(types.length).toBeGreaterThan(9)
  expect(new Set(types).size).toBe(types.length)
})

test('nothing of it is on the public port, nor on any other address of this machine', async () => {
  expect((await town.call('GET', '/metrics')).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404)
  const others = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  for (const { address } of others.filter((one) => one.family === 'IPv4' && !one.internal))
    await expect(fetch(`http://${address}:${port}/metrics`)).rejects.toThrow()
})

test('without the variable there is no endpoint', async () => {
  await using plain = await startTown()
  expect(plain.log.join('\n')).not.toContain('/metrics')
})

test('labels are escaped, buckets add up, and what cannot be read leaves the rest whole', async () => {
  const log: string[] = []
  const metrics = makeMetrics(makeLog((line) => log.push(line)))
  metrics.counter('odd_total', 'Odd\nwords.')({ name: 'a"b\\c\nd' }, 3)
  const observe = metrics.histogram('took_seconds', 'Time.', [0.1, 1])
  for (const seconds of [0.05, 0.1, 0.5, 7]) observe({}, seconds)
  metrics.gauge('broken', 'Never there.', () => Promise.reject(new Error('no answer')))
  metrics.gauge('empty', 'Nothing.', () => [])
  expect(await metrics.render()).toBe(
    [
      '# HELP odd_total Odd\\nwords.',
      '# TYPE odd_total counter',
      'odd_total{name="a\\"b\\\\c\\nd"} 3',
      '# HELP took_seconds Time.',
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="0.1"} 2',
      'took_seconds_bucket{le="1"} 3',
      'took_seconds_bucket{le="+Inf"} 4',
      'took_seconds_sum 7.65',
      'took_seconds_count 4',
      '# HELP hamlet_metrics_unreadable_total Metrics that could not be read when asked for.',
      '# TYPE hamlet_metrics_unreadable_total counter',
      'hamlet_metrics_unreadable_total{metric="broken"} 1',
      '',
    ].join('\n'),
  )
  expect(log.join('\n')).toContain('no answer')
})
