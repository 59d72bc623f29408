import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { moderation } from '#features/moderation'
import { requireRoleId } from '#features/roles'
import { readMails, type ReadMail } from '#test/mail'
import { openBench, type Bench } from '#test/measures-bench'
import type { Person } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
/** Another one who decides reports. */
let oda: Person
beforeAll(async () => {
  bench = await openBench()
  oda = await bench.fresh()
  const role = { role_id: requireRoleId('moderator') }
  await bench.town.ctx.db.updateTable('users').set(role).where('id', '=', oda.userId).execute()
})
afterAll(() => bench.close())

const HOUR_MS = 3_600_000
/** What the server does once an hour. */
async function tell(): Promise<void> {
  for (const { job } of moderation.schedules.filter((one) => one.job.name === 'moderation.tell-team'))
    await job.run(bench.town.ctx, {})
  await bench.town.settled()
}
const letters = (who: Person, about: RegExp) =>
  readMails(bench.town, `${who.username}@example.org`).filter(({ subject }) => about.test(subject))
const reports = (who: Person) => letters(who, /new reports?/)
const unfolded = ({ head }: ReadMail) => head.replaceAll(/\n[ \t]+/g, ' ')
/** The address that a mail program presses. */
const stopOf = (mail: ReadMail | undefined) =>
  (/^List-Unsubscribe: <([^>]+)>$/m.exec(unfolded(mail!))?.[1] ?? '').replace(bench.town.ctx.config.url, '')
const wishes = async (who: Person) => (await bench.call(who, 'GET', '/api/web/team_letters')).body

async function fileReports(number: number): Promise<void> {
  const about = await bench.fresh()
  for (let one = 0; one < number; one += 1) {
    const by = await bench.fresh()
    const json = { account_id: about.accountId, comment: `report ${one}` }
    expect((await bench.call(by, 'POST', '/api/v1/reports', json)).status).toBe(200)
  }
}

test('a wave of reports is one letter an hour, to those who decide them and nobody else', async () => {
  await tell()
  expect(reports(bench.pia)).toEqual([])
  await fileReports(12)
  await tell()
  const [letter, ...more] = reports(bench.pia)
  expect(more).toEqual([])
  expect(letter?.subject).toContain('12 new reports')
  for (const form of [letter?.text, letter?.html]) {
    expect(form).toContain('12 reports wait')
    expect(form).toContain('/moderation')
    expect(form).toContain('/unsubscribe?key=')
  }
  expect(unfolded(letter!)).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  const plain = await bench.fresh()
  expect(reports(plain)).toEqual([])
  expect(await wishes(plain)).toEqual({})
  bench.town.clock.advance(HOUR_MS + 1)
  await tell()
  expect(reports(bench.pia)).toHaveLength(1)
})

test('EM-10: one press ends that one list for that one person; a key that was guessed or altered ends nothing', async () => {
  await fileReports(1)
  await tell()
  const path = stopOf(reports(bench.pia).at(-1))
  expect(path).toMatch(/^\/unsubscribe\?key=v1\.[\w-]+$/)
  const before = await wishes(bench.pia)
  expect(before).toMatchObject({ reportsWait: true, appealsWait: true })
  const key = path.split('=')[1] as string
  const flipped = key.slice(0, -5) + (key.at(-5) === 'A' ? 'B' : 'A') + key.slice(-4)
  const others = [
    flipped,
    key.slice(0, -1),
    `${key}A`,
    'v1.',
    '',
    'x',
    '%00',
    bench.town.ctx.seal.seal('1 reportsWait', 'other'),
  ]
  for (const wrong of others)
    for (const method of ['GET', 'POST'])
      expect([wrong, (await bench.town.call(method, `/unsubscribe?key=${wrong}`)).status]).toEqual([wrong, 404])
  // Programs that look at mail follow links: looking changes nothing.
  const page = await bench.town.call('GET', path)
  expect(page.status).toBe(200)
  expect(page.text).toContain('New reports')
  expect(await wishes(bench.pia)).toEqual(before)
  // As a mail program presses it (RFC 8058): from nowhere, signed in as nobody; twice is once.
  for (const press of [1, 2]) {
    const answer = await bench.town.call('POST', path, { form: 'List-Unsubscribe=One-Click' })
    expect([press, answer.status]).toEqual([press, 200])
  }
  expect(await wishes(bench.pia)).toEqual({ ...before, reportsWait: false })
  const count = reports(bench.pia).length
  bench.town.clock.advance(HOUR_MS + 1)
  await fileReports(1)
  await tell()
  expect(reports(bench.pia)).toHaveLength(count)
  expect(reports(oda).length).toBeGreaterThan(0)
  // The settings bring it back; what is not named stays.
  expect((await bench.call(bench.pia, 'PATCH', '/api/web/team_letters', { reportsWait: true })).body).toEqual(before)
  for (const json of [{ reportsWait: { deep: 1 } }, { reportsWait: [true, false] }])
    expect((await bench.call(bench.pia, 'PATCH', '/api/web/team_letters', json)).status).toBe(422)
})
