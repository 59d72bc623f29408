import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { letterKinds, sendLetter } from '#features/letters'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/letters'
let town: TestTown
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines', 'read write admin:read admin:write')
  const role_id = requireRoleId('owner')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const table of ['letter_words', 'audit_log'] as const) await town.ctx.db.deleteFrom(table).execute()
})

const call = (method: string, path: string, json?: unknown, who = oda) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const lastMail = () => {
  const folder = join(town.ctx.config.dataDir, 'mail')
  return readFileSync(join(folder, readdirSync(folder).toSorted().at(-1)!), 'utf8')
}
const audits = async () =>
  (await town.ctx.db.selectFrom('audit_log').select('target_label').orderBy('id').execute()).map(
    (row) => row.target_label,
  )

test('every letter is there, and can be read in each language', async () => {
  const box = (await call('GET', PATH)).body
  expect(box).toMatchObject({ signature: '', has_server: false })
  expect(box.letters.map(({ kind }: { kind: string }) => kind)).toEqual(letterKinds)
  for (const { kind } of box.letters) {
    // oxlint-disable-next-line no-await-in-loop -- a list of letters
    const answer = await call('GET', `${PATH}/${kind}`)
    expect(answer, kind).toMatchObject({ status: 200, body: { kind, language: 'en' } })
    expect(answer.body.text, kind).toContain(town.ctx.config.url)
  }
  const [english, german] = [await call('GET', `${PATH}/approved`), await call('GET', `${PATH}/approved?language=de`)]
  expect(german.body.language).toBe('de')
  expect(german.body.subject).not.toBe(english.body.subject)
  expect((await call('GET', `${PATH}/nothing`)).status).toBe(404)
})

test('what the team adds stands in that letter, the signature in all, as words and never as markup', async () => {
  const text = 'Welcome to the <b>harbour</b>.\r\n\r\nTea is at four.\u0000'
  expect((await call('PUT', `${PATH}/approved`, { text })).body.letters).toContainEqual({
    kind: 'approved',
    text: 'Welcome to the <b>harbour</b>.\n\nTea is at four.',
  })
  await call('PUT', `${PATH}/signature`, { text: 'The team of the harbour' })
  const page = await call('GET', `${PATH}/approved/letter.html`)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).toContain('sandbox')
  expect(page.text).toContain('<p>Welcome to the &lt;b>harbour&lt;/b>.</p><p>Tea is at four.</p>')
  await sendLetter(town.ctx, { email: 'gull@example.org' }, 'approved', { link: 'https://town.test/' })
  expect(lastMail()).toContain('Tea is at four.')
  expect(lastMail()).toContain('The team of the harbour')
  const other = (await call('GET', `${PATH}/password`)).body.text
  expect(other).toContain('The team of the harbour')
  expect(other).not.toContain('Tea is at four.')
  expect(await audits()).toEqual(['approved', 'signature'])
})

test('the same twice is written down once, nothing takes it away, and too much is refused', async () => {
  for (const _ of [1, 2]) await call('PUT', `${PATH}/approved`, { text: 'Tea' })
  expect(await audits()).toEqual(['approved'])
  for (const _ of [1, 2]) await call('PUT', `${PATH}/approved`, { text: '  ' })
  expect(await audits()).toEqual(['approved', 'approved'])
  expect((await call('PUT', `${PATH}/approved`, { text: 'x'.repeat(2001) })).status).toBe(422)
  expect((await call('PUT', `${PATH}/nothing`, { text: 'x' })).status).toBe(404)
  expect((await call('GET', PATH)).body.letters.every(({ text }: { text: string }) => text === '')).toBe(true)
})

test('a letter goes to whoever tries it, and what came of it is said', async () => {
  const written = await call('POST', `${PATH}/approved/test?language=fr`)
  expect(written.body).toEqual({ outcome: 'written', to: 'oda@example.org', problem: null })
  expect(lastMail()).toContain('oda@example.org')
  const { mail } = town.ctx
  town.ctx.mail = { ...mail, send: () => Promise.reject(new Error('535 wrong password')) }
  try {
    expect((await call('POST', `${PATH}/approved/test`)).body).toEqual({
      outcome: 'failed',
      to: 'oda@example.org',
      problem: '535 wrong password',
    })
  } finally {
    town.ctx.mail = mail
  }
})

test('whose role does not say so neither reads nor writes', async () => {
  const tries = [
    call('GET', PATH, undefined, ines),
    call('GET', `${PATH}/approved/letter.html`, undefined, ines),
    call('PUT', `${PATH}/approved`, { text: 'x' }, ines),
    call('POST', `${PATH}/approved/test`, {}, ines),
  ]
  for (const { status } of await Promise.all(tries)) expect(status).toBe(403)
})
