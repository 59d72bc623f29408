import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSetUpLink } from './index.ts'
import { openBrowser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

const owner = { step: 'account', username: 'oda', email: 'oda@example.org', password: 'battery staple' }

test('without the link there is nothing here; an old link ends when a new one is made', async () => {
  const browser = openBrowser(town.url)
  expect((await browser.get('/set-up')).status).toBe(404)
  expect((await browser.post('/set-up', { ...owner, key: 'guess' })).status).toBe(404)
  const old = (await makeSetUpLink(town.ctx))?.replace(town.ctx.config.url, '') ?? ''
  expect((await browser.get(old)).status).toBe(200)
  await makeSetUpLink(town.ctx)
  expect((await browser.get(old)).status).toBe(404)
  expect((await browser.get(`${old}&step=look`)).status).toBe(404)
})

test('link, owner, name, mode, rules, done; of five who press at once one is the owner', async () => {
  const link = (await makeSetUpLink(town.ctx))?.replace(town.ctx.config.url, '') ?? ''
  const key = new URL(link, town.url).searchParams.get('key') ?? ''
  const browser = openBrowser(town.url)
  expect((await browser.get(link)).text).toContain('Welcome. This is your server')
  const next = await browser.post('/set-up', { step: 'welcome', key })
  expect((await browser.get(next.location ?? '')).text).toContain('Who are you?')
  const bad = await browser.post('/set-up', { ...owner, key, password: 'short' })
  expect(bad).toMatchObject({ status: 422 })
  expect(bad.text).toContain('needs 8')
  const crowd = Array.from({ length: 5 }, () => openBrowser(town.url))
  const presses = await Promise.all(
    crowd.map((one, index) =>
      one.post('/set-up', { ...owner, username: `oda${index}`, email: `o${index}@example.org`, key }),
    ),
  )
  expect(presses.map((press) => press.status).toSorted((a, b) => a - b)).toEqual([303, 404, 404, 404, 404])
  const winner = crowd[presses.findIndex((press) => press.status === 303)] ?? browser
  const step = (fields: Record<string, string>) => winner.post('/set-up', fields)
  expect((await step({ step: 'look', title: ' ' })).status).toBe(422)
  expect((await step({ step: 'look', title: 'Skerry', description: 'By the sea.' })).location).toBe('/set-up?step=join')
  expect((await step({ step: 'join', registrations: 'whenever' })).status).toBe(422)
  expect((await step({ step: 'join', registrations: 'approval' })).location).toBe('/set-up?step=rules')
  await step({ step: 'rules', rules: 'Be kind.\n\n Be kind. \nNo spam.' })
  await step({ step: 'rules', rules: 'No spam.\nBe kind.' })
  const instance = (await town.call('GET', '/api/v2/instance')).body
  expect(instance).toMatchObject({
    title: 'Skerry',
    description: 'By the sea.',
    registrations: { enabled: true, approval_required: true },
  })
  expect(instance.rules.map((rule: { text: string }) => rule.text)).toEqual(['No spam.', 'Be kind.'])
  expect((await winner.get('/set-up?step=done')).text).toContain('Skerry is open')
  expect(await makeSetUpLink(town.ctx)).toBeUndefined()
  expect((await winner.api('GET', '/api/v1/accounts/verify_credentials')).body.role.name).toBe('Owner')
})

test('a member who is not the owner sees nothing here', async () => {
  await town.person('guest')
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'guest', password: 'correct horse' })
  expect((await browser.get('/set-up?step=look')).status).toBe(404)
  expect((await browser.post('/set-up', { step: 'look', title: 'Mine' })).status).toBe(404)
})
