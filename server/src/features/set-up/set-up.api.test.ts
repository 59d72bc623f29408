import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ensureDomain } from '#features/domains'
import type { Host } from '#lib/host'
import { readConfig } from '#platform/config'
import { transact } from '#platform/context'
import { openBrowser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'
import { moveTo } from './address.ts'
import { makeSetUpLink } from './index.ts'

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
  // The environment of this town names its domain, so there is nothing to ask.
  expect((await step({ step: 'village', village: 'no' })).location).toBe('/set-up?step=done')
  expect((await step({ step: 'address', host: 'elsewhere.example' })).status).toBe(404)
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

/** A town whose name is still open, with its owner signed in, and the changes that it wants to begin anew for. */
async function startNameless() {
  const nameless = await startTown({ environment: { HAMLET_DOMAIN: '' } })
  const changes: (() => Promise<void>)[] = []
  nameless.ctx.serveAgain = (change) => void changes.push(change)
  const browser = openBrowser(nameless.url)
  const key = new URL((await makeSetUpLink(nameless.ctx)) ?? '').searchParams.get('key') ?? ''
  await browser.post('/set-up', { ...owner, key })
  return {
    nameless,
    browser,
    changes,
    host: (name: string) => browser.post('/set-up', { step: 'address', host: name }),
  }
}

test('the name is asked for while nobody knows it; bad ones are refused beside the field', async () => {
  const { nameless, browser, changes, host } = await startNameless()
  await using _ = nameless
  const present = nameless.ctx.config.domain
  expect((await browser.post('/set-up', { step: 'village', village: 'no' })).location).toBe('/set-up?step=address')
  expect((await browser.get('/set-up?step=address')).text).toContain(`It is ${present} now.`)
  for (const [name, fault] of [
    ['https://town.example', 'must be the name alone'],
    ['oda@town.example', 'must be the name alone'],
    ['two words', 'is not a name such as example.org'],
    ['town_hall.example', 'is not a name such as example.org'],
    ['192.0.2.7', 'cannot be a number'],
    ['[2001:db8::7]', 'is not a name'],
    ['localhost', 'is a name that means this machine alone'],
    ['town', 'needs a dot'],
    ['town.example:8443', 'cannot have a port'],
  ] as const) {
    const answer = await host(name)
    expect([name, answer.status, answer.text.includes(`Host name ${fault}`)]).toEqual([name, 422, true])
  }
  expect((await host('')).location).toBe('/set-up?step=done')
  expect((await host(present)).location).toBe('/set-up?step=done')
  expect(changes).toEqual([])
  await transact(nameless.ctx, (tx) => ensureDomain(tx, 'other.example' as Host))
  expect((await browser.post('/set-up', { step: 'village', village: 'no' })).location).toBe('/set-up?step=done')
  expect((await host('town.example')).status).toBe(404)
})

test('a new name is told first, and then the server ends its work, bears it everywhere and keeps it', async () => {
  const { nameless, browser, changes, host } = await startNameless()
  await using _ = nameless
  const { ctx } = nameless
  const old = ctx.config.url
  const posted = await browser.api('POST', '/api/v1/statuses', { status: 'Hello @oda #first' })
  await browser.api('PUT', `/api/v1/statuses/${posted.body.id}`, { status: 'Hello again @oda #first' })
  await nameless.settled()
  const answer = await host('Bücher.Example')
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('Moving to xn--bcher-kva.example')
  expect(answer.text).toContain('href="https://xn--bcher-kva.example/sign-in"')
  expect(answer.text).not.toContain('Other processes')
  await vi.waitFor(() => expect(changes).toHaveLength(1))
  expect((await browser.api('GET', '/api/v2/instance')).body.domain).toBe(ctx.config.domain)
  await changes[0]?.()
  const dataDir = ctx.config.dataDir
  expect(readFileSync(join(dataDir, 'hamlet.env'), 'utf8')).toBe('HAMLET_DOMAIN=xn--bcher-kva.example\n')
  expect(readConfig({ HAMLET_DATA_DIR: dataDir }).url).toBe('https://xn--bcher-kva.example')
  const left = await sql<{ found: string }>`
    select uri as found from accounts where accounts::text like ${`%${old}/%`}
    union all select key_id from account_keys where key_id like ${`%${old}/%`}
    union all select uri from statuses where statuses::text like ${`%${old}/%`}
    union all select content from status_edits where content like ${`%${old}/%`}`.execute(ctx.db)
  expect(left.rows).toEqual([])
  const self = await ctx.db.selectFrom('accounts').select('username').where('actor_type', '=', 'Application').execute()
  expect(self).toEqual([{ username: 'xn--bcher-kva.example' }])
})

test('who shares the database must start its other processes again, and a public address of its own stays', async () => {
  const host = 'town.example' as Host
  const withConfig = (more: object) => ({ ...town.ctx, config: { ...town.ctx.config, ...more } })
  expect(moveTo(withConfig({ databaseUrl: 'postgres://elsewhere/x' }), host).move.isShared).toBe(true)
  expect(moveTo(withConfig({ roles: ['web'] }), host).move.isShared).toBe(true)
  expect(moveTo(town.ctx, host).move).toMatchObject({ isShared: false, url: 'https://town.example' })
  const apart = moveTo(withConfig({ url: 'https://social.town.test' }), host).move
  expect(apart).toMatchObject({ domain: 'town.example', url: 'https://social.town.test' })
})
