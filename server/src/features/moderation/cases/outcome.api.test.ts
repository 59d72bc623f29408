import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let town: TestTown
let pia: Person
beforeAll(async () => {
  town = await startTown()
  pia = await town.person('pia', 'read write admin:read admin:write')
  const role = { role_id: requireRoleId('moderator') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', pia.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const file = async (by: Person, about: Person): Promise<string> =>
  (await call(by, 'POST', '/api/v1/reports', { account_id: about.accountId, comment: 'rude' })).body.id
const own = async (who: Person) => (await call(who, 'GET', '/api/hamlet/v1/reports')).body

const lettersTo = (address: string) => readMails(town, address)

test('whoever reported is told what came of it, in their language, and nothing that is private', async () => {
  const [ines, tern] = [await town.person('ines'), await town.person('tern')]
  await town.ctx.db.updateTable('users').set({ locale: 'de' }).where('id', '=', ines.userId).execute()
  const [one, two] = [await file(ines, tern), await file(await town.person('oda'), tern)]
  expect(await own(ines)).toMatchObject([{ id: one, outcome: 'waiting', resolved_at: null, posts: 0 }])
  const text = 'This is a threat and we will watch you'
  await call(pia, 'POST', `/api/web/moderation/reports/${two}/decision`, { decision: 'limit', text })
  await town.settled()
  expect(await own(ines)).toMatchObject([{ id: one, outcome: 'acted', target_account: { acct: 'tern' } }])
  const letters = lettersTo('ines@example.org')
  expect(letters).toHaveLength(1)
  expect(letters[0]?.text).toContain('/settings/reports')
  expect(letters[0]?.text).toContain('@tern')
  expect(letters[0]?.text).not.toContain('watch you')
  expect(lettersTo('oda@example.org')).toHaveLength(1)
  expect(await own(tern)).toEqual([])
})

test('whoever reported reads that a decision was taken back, with whichever of the reports it was taken', async () => {
  const [vera, olaf, crab] = [await town.person('vera'), await town.person('olaf'), await town.person('crab')]
  const [, second] = [await file(vera, crab), await file(olaf, crab)]
  await call(pia, 'POST', `/api/web/moderation/reports/${second}/decision`, { decision: 'limit', text: 'No.' })
  const { id } = await town.ctx.db
    .selectFrom('strikes')
    .select('id')
    .where('target_account_id', '=', crab.accountId)
    .executeTakeFirstOrThrow()
  expect((await call(pia, 'POST', `/api/web/moderation/strikes/${id}/undo`, {})).status).toBe(200)
  for (const who of [vera, olaf]) expect(await own(who)).toMatchObject([{ outcome: 'taken_back' }])
  await file(vera, crab)
  expect(await own(vera)).toMatchObject([{ outcome: 'waiting' }, { outcome: 'taken_back' }])
})

test('a report that is opened again and closed again is told again; one that broke no rule says so', async () => {
  const [nils, kelp] = [await town.person('nils'), await town.person('kelp')]
  const id = await file(nils, kelp)
  const verb = (name: string) => call(pia, 'POST', `/api/v1/admin/reports/${id}/${name}`)
  await verb('resolve')
  await town.settled()
  expect(await own(nils)).toMatchObject([{ outcome: 'none' }])
  await verb('reopen')
  expect(await own(nils)).toMatchObject([{ outcome: 'waiting' }])
  await call(pia, 'POST', `/api/web/moderation/reports/${id}/decision`, { decision: 'warn', text: 'No.' })
  await town.settled()
  expect(await own(nils)).toMatchObject([{ outcome: 'acted' }])
  expect(lettersTo('nils@example.org').map((letter) => letter.text.match(/They [^.]*\./)?.[0])).toEqual([
    'They found nothing that goes against the rules here, and left things as they are.',
    'They found that you were right, and acted.',
  ])
})

test("the list of one's own comes in pages, in as many statements for many as for one", async () => {
  const [lena, finch] = [await town.person('lena'), await town.person('finch')]
  await file(lena, finch)
  const cost = () => town.countStatements(() => call(lena, 'GET', '/api/hamlet/v1/reports'))
  await cost()
  const one = await cost()
  for (const name of ['a1', 'a2', 'a3']) await file(lena, await town.person(name))
  expect(await cost()).toBe(one)
  const page = await call(lena, 'GET', '/api/hamlet/v1/reports?limit=2')
  expect(page.body).toHaveLength(2)
  expect(page.headers.get('link')).toContain('rel="next"')
})
