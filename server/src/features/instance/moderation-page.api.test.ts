import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setDomainPolicy } from '#features/domains'
import { addRule, writeSetting } from '#features/settings'
import { moderation } from '#features/moderation'
import { transact } from '#platform/context'
import { openBench, type Bench } from '#test/measures-bench'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const page = () => bench.town.call('GET', '/about/moderation')
const words = async () => (await page()).text.replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|')
const about = async () => (await bench.town.call('GET', '/about')).text

test('is not there until the team switches it on, and is gone when it is switched off', async () => {
  expect((await page()).status).toBe(404)
  expect(await about()).not.toContain('/about/moderation')
  await writeSetting(bench.town.ctx, 'public_log', 'on')
  const there = await page()
  expect(there.status).toBe(200)
  expect(there.text).toContain('Nothing has been decided yet')
  expect(await about()).toContain('href="/about/moderation"')
  await writeSetting(bench.town.ctx, 'public_log', 'off')
  expect((await page()).status).toBe(404)
})

test('tells what was decided, why, how many times and what was taken back, by month, and names nobody', async () => {
  const { town, act, decide, undo, fresh, say, report, call, ines, pia } = bench
  await writeSetting(town.ctx, 'public_log', 'on')
  const rule = await transact(town.ctx, (tx) => addRule(tx, 'Row <gently>'))
  const [first, second, third] = [await fresh(), await fresh(), await fresh()]
  await act(first.accountId, { type: 'silence', text: 'SECRET-words' })
  await act(second.accountId, { type: 'silence' })
  await undo(second.accountId)
  const post = await say(third)
  const json = { account_id: third.accountId, status_ids: [post.id], category: 'violation', rule_ids: [rule.id] }
  await decide((await call(ines, 'POST', '/api/v1/reports', json)).body.id, { decision: 'delete' })
  await decide(await report(third, []), { decision: 'none' })
  const told = await words()
  expect(told).toContain('Limited an account|Without a report|2|1 taken back')
  expect(told).toContain('Removed posts|Row &lt;gently>|1')
  expect(told).toContain('Looked at a report and left all as it was|Something else that was reported|1')
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  expect(told).toContain(month.format(town.clock.now()))
  for (const name of [first, second, third, ines, pia].map((who) => who.username)) expect(told).not.toContain(name)
  expect(told).not.toContain('SECRET')
})

test('whoever is erased takes nothing out of it, and a second press on undo counts once', async () => {
  const { town, act, undo, fresh } = bench
  const who = await fresh()
  await act(who.accountId, { type: 'sensitive' })
  await undo(who.accountId)
  await undo(who.accountId)
  const line = 'Put a warning on all media of an account|Without a report|1|1 taken back'
  expect(await words()).toContain(line)
  const { erase } = moderation
  expect(typeof erase).toBe('function')
  if (typeof erase === 'function') await transact(town.ctx, (tx) => erase(tx, who.accountId))
  expect(await words()).toContain(line)
})

test.each([
  ['disabled', 'all', []],
  ['users', 'all', []],
  ['all', 'users', ['loud*****.*est|Not told|Shut out']],
  ['all', 'all', ['loud*****.*est|They sell lists|Shut out']],
])('servers are named where all may read of them: list for %s, reasons for %s', async (list, reasons, lines) => {
  const { town } = bench
  const wish = {
    severity: 'suspend',
    publicComment: 'They sell lists',
    privateComment: 'SECRET',
    obfuscate: true,
  } as const
  await transact(town.ctx, (tx) => setDomainPolicy(tx, null, 'loud-pier.test', wish))
  await writeSetting(town.ctx, 'show_domain_blocks', list)
  await writeSetting(town.ctx, 'show_domain_blocks_rationale', reasons)
  const told = await words()
  for (const line of lines) expect(told).toContain(line)
  expect(told.includes('Shut out')).toBe(lines.length > 0)
  expect(told).not.toContain('SECRET')
})

test('is drawn without a script in the language of whoever reads', async () => {
  const german = await bench.town.call('GET', '/about/moderation', { headers: { 'accept-language': 'de' } })
  expect(german.status).toBe(200)
  expect(german.text).toContain('lang="de"')
  expect(german.headers.get('set-cookie')).toBeNull()
})
