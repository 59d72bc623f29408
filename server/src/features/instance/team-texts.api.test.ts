import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { mailsTo } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/texts'
const TERMS = '/api/web/admin/terms'
const SCOPES = 'read write admin:read admin:write'
const DAY_MS = 86_400_000

let town: TestTown
let oda: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', SCOPES)
  bram = await town.person('bram', SCOPES)
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (method: string, path: string, json?: unknown, who = oda) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const get = (path: string) => town.call('GET', path)
const inDays = (days: number) => new Date(town.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)
const publish = (day: string) => call('POST', `${TERMS}/publish`, { effective_on: day })
const draft = (text: string, changes = '') => call('PUT', `${TERMS}/draft`, { text, changes })
const letters = (who: string) => mailsTo(town, `${who}@example.org`).filter((mail) => mail.includes('new terms'))
const countLog = async (action: string) =>
  (await town.ctx.db.selectFrom('audit_log').select('id').where('action', '=', action).execute()).length

describe('texts', () => {
  test('are written, read by everybody as Markdown, and taken away; the log keeps them', async () => {
    const said = '# Us\n\n- a **small** server'
    const { body } = await call('PUT', `${PATH}/privacy_policy`, { text: said })
    expect(body.privacy_policy).toEqual({ text: said, updated_at: expect.any(String) })
    const html = '<h2>Us</h2><ul><li>a <strong>small</strong> server</li></ul>'
    expect((await get('/api/v1/instance/privacy_policy')).body.content).toBe(html)
    expect((await call('POST', '/api/web/admin/text_preview', { text: said })).body).toEqual({ html })
    expect((await get('/privacy-policy')).text).toContain('<strong>small</strong>')
    await call('PUT', `${PATH}/privacy_policy`, { text: said })
    expect(await countLog('settings.text')).toBe(1)
    await call('PUT', `${PATH}/privacy_policy`, { text: '' })
    expect((await get('/api/v1/instance/privacy_policy')).status).toBe(404)
    expect((await get('/privacy-policy')).status).toBe(404)
  })

  test('have an end and a name', async () => {
    expect((await call('PUT', `${PATH}/privacy_policy`, { text: 'x'.repeat(50_001) })).status).toBe(422)
    expect((await call('PUT', `${PATH}/terms_of_service`, { text: 'x' })).status).toBe(404)
    expect((await call('POST', '/api/web/admin/text_preview', { text: 'x'.repeat(50_001) })).status).toBe(422)
  })

  test('are for those who may set the server', async () => {
    expect((await call('GET', PATH, undefined, bram)).status).toBe(403)
    expect((await call('PUT', `${PATH}/privacy_policy`, { text: 'x' }, bram)).status).toBe(403)
    for (const [method, path, json] of [
      ['PUT', 'draft', { text: 'x' }],
      ['DELETE', 'draft', undefined],
      ['POST', 'publish', { effective_on: inDays(1) }],
    ] as const)
      expect((await call(method, `${TERMS}/${path}`, json, bram)).status).toBe(403)
  })
})

describe('terms of service', () => {
  test('a draft is nobody’s business but the team’s', async () => {
    expect((await publish(inDays(0))).status).toBe(422)
    expect((await draft('Be kind.')).body.draft).toMatchObject({ text: 'Be kind.', effective_on: null })
    await draft('Be kind.')
    expect(await countLog('terms.write')).toBe(1)
    expect((await get('/api/v1/instance/terms_of_service')).status).toBe(404)
    expect((await get('/terms-of-service')).status).toBe(404)
    expect((await call('DELETE', `${TERMS}/draft`)).body.draft).toBe(null)
    expect((await call('DELETE', `${TERMS}/draft`)).status).toBe(404)
  })

  test.each(['', 'soon', '2027-02-30', '2001-01-01', '9999-01-01'])('"%s" is no day to count from', async (day) => {
    await draft('Be kind.')
    expect((await publish(day)).status).toBe(422)
    expect((await call('GET', PATH)).body.terms).toEqual([])
  })

  test('those that count from today are what apps and visitors read', async () => {
    const { body } = await publish(inDays(0))
    expect(body).toMatchObject({ draft: null, members: 2, terms: [{ text: 'Be kind.', effective_on: inDays(0) }] })
    const shown = { effective_date: inDays(0), effective: true, content: '<p>Be kind.</p>', succeeded_by: null }
    expect((await get('/api/v1/instance/terms_of_service')).body).toEqual(shown)
    expect((await get('/terms-of-service')).text).toContain('Be kind.')
    await draft('Be kind, still.')
    expect((await publish(inDays(0))).status).toBe(422)
  })

  test('everybody is told once, by letter and in the app, in the words of the team', async () => {
    await town.settled()
    expect([letters('oda').length, letters('bram').length]).toEqual([1, 1])
    await draft('Be kind, still.', 'One more word.')
    await publish(inDays(30))
    await town.settled()
    await town.settled()
    expect([letters('oda').length, letters('bram').length]).toEqual([2, 2])
    expect(letters('bram').join()).toContain('One more word.')
    expect(letters('bram').join()).toContain(`/terms-of-service/${inDays(30)}`)
    const notes = (await call('GET', '/api/v1/announcements', undefined, bram)).body as { content: string }[]
    expect(notes.filter((one) => one.content.includes('One more word.'))).toHaveLength(1)
    expect((await call('GET', PATH)).body.terms[0].told_at).toEqual(expect.any(String))
  })

  test('each version stays readable, and says what follows it', async () => {
    const [now, next] = [inDays(0), inDays(30)]
    expect((await get('/api/v1/instance/terms_of_service')).body).toMatchObject({
      effective_date: now,
      succeeded_by: next,
    })
    expect((await get(`/api/v1/instance/terms_of_service/${next}`)).body).toEqual({
      effective_date: next,
      effective: false,
      content: '<p>Be kind, still.</p>',
      succeeded_by: null,
    })
    const old = (await get(`/terms-of-service/${now}`)).text
    expect(old).toContain('Be kind.')
    expect(old).toContain(`href="/terms-of-service/${next}"`)
    expect((await get(`/terms-of-service/${next}`)).text).toContain('Be kind, still.')
    for (const none of ['2001-01-01', 'x', '%00']) expect((await get(`/terms-of-service/${none}`)).status).toBe(404)
    expect((await get('/about')).text).toContain('Be kind.')
  })

  test('telling goes on where it was interrupted, and tells nobody twice', async () => {
    for (let n = 0; n < 100; n += 1) await town.person(`member${n}`)
    await draft('Be kind to all.')
    await publish(inDays(60))
    await town.settled()
    await town.settled()
    expect((await call('GET', PATH)).body.members).toBe(102)
    const told = Array.from({ length: 100 }, (_, n) => letters(`member${n}`).length)
    expect(told.filter((count) => count === 1)).toHaveLength(100)
    expect(letters('oda')).toHaveLength(3)
  }, 60_000)

  test('whoever runs the server sets them by a command, for today, and cannot take them away', async () => {
    await writeSetting(town.ctx, 'terms_of_service', 'Be kind, says the command.')
    expect((await get('/api/v1/instance/terms_of_service')).body.content).toBe('<p>Be kind, says the command.</p>')
    await expect(writeSetting(town.ctx, 'terms_of_service', ' ')).rejects.toThrow('not taken away')
  })
})
