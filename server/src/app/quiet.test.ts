import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms, schedules } from '#app/rooms'
import { requireRoleId } from '#features/roles'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf } from '#test/mail'
import { listPresses } from '#test/presses'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

describe('LG-09: a fresh server calls nobody', () => {
  test('not when it starts, and not by any of its regular work', async () => {
    const called: string[] = []
    const note = (message: unknown) => {
      const { socket } = message as { socket: Socket }
      socket.once('lookup', (_error: unknown, address: string, _family: unknown, host: string) => {
        if (!/^(127\.|::1)/.test(address)) called.push(`${host} (${address})`)
      })
      socket.once('connect', () => {
        const { remoteAddress = '', remotePort } = socket
        if (remoteAddress !== '' && !/^(127\.|::1|::ffff:127\.)/.test(remoteAddress))
          called.push(`${remoteAddress}:${remotePort}`)
      })
    }
    subscribe('net.client.socket', note)
    const asked: string[] = []
    const request = (message: unknown) => asked.push((message as { request: { origin: string } }).request.origin)
    subscribe('undici:request:create', request)
    await using town = await startTown()
    await town.person('ines')
    asked.length = 0
    for (const { job } of schedules()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await job.run(town.ctx, {})
    }
    town.clock.advance(26 * 3_600_000)
    for (const { job } of schedules()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await job.run(town.ctx, {})
    }
    await town.settled()
    unsubscribe('net.client.socket', note)
    unsubscribe('undici:request:create', request)
    expect(called).toEqual([])
    expect(asked).toEqual([])
    expect(schedules().length).toBeGreaterThan(5)
  })
})

describe('LG-01: what is secret is in no line of the log, in no job and in no number', () => {
  let town: TestTown
  const owner = {} as Person
  const people: Person[] = []
  const secrets = new Set<string>(['correct horse', 'battery staple', 'a newer horse', 'canary-password-7731'])
  beforeAll(async () => {
    town = await startTown({ environment: { HAMLET_METRICS_PORT: '0' } })
    await sql`create table every_job (line text)`.execute(town.ctx.db)
    await sql`create function keep_job() returns trigger language plpgsql as
      $$ begin insert into every_job values (new::text); return new; end $$`.execute(town.ctx.db)
    await sql`create trigger keep_job after insert or update on jobs for each row execute function keep_job()`.execute(
      town.ctx.db,
    )
  })
  afterAll(() => town[Symbol.asyncDispose]())

  const fresh = async () => {
    const person = await town.person(`person_${people.length}`)
    people.push(person)
    secrets.add(person.token)
    return person
  }

  test('over every route and form that writes, a whole way in, and tokens wherever apps put them', async () => {
    const presses = listPresses()
    const names = Object.keys(presses).toSorted((a, b) => Number(b === 'POST /set-up') - Number(a === 'POST /set-up'))
    for (const name of names) {
      if (name !== 'POST /set-up' && !owner.accountId) {
        Object.assign(owner, await town.person('oda', 'read write follow admin:read admin:write'))
        secrets.add(owner.token)
        const role = { role_id: requireRoleId('owner') }
        await town.ctx.db.updateTable('users').set(role).where('id', '=', owner.userId).execute()
      }
      const { path, caller } = await presses[name]!({ town, owner, fresh })
      for (const value of caller.headers?.['cookie']?.split('; ') ?? [])
        if (value.includes('__Host-')) secrets.add(value.slice(value.indexOf('=') + 1))
      const given = { ...(caller.json as object), ...Object.fromEntries(new URLSearchParams(caller.form ?? '')) }
      for (const [field, value] of Object.entries(given))
        if (/password|secret|token|^key$|code/.test(field) && typeof value === 'string' && value.length > 9)
          secrets.add(value)
      const answer = await town.call(name.split(' ')[0]!, path, caller)
      for (const field of ['access_token', 'client_secret', 'secret'])
        if (typeof answer.body?.[field] === 'string') secrets.add(answer.body[field])
    }
    const somebody = await fresh()
    await town.call('GET', `/api/v1/timelines/home?access_token=${somebody.token}`)
    await town.call('GET', `/api/v1/nowhere?access_token=${somebody.token}`)
    await town.call('POST', '/api/v1/statuses', { form: `access_token=${somebody.token}&status=x` })
    await town.call('GET', '/api/v1/timelines/home', { token: 'canary-token-that-is-wrong' })
    secrets.add('canary-token-that-is-wrong')
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: somebody.username, password: 'canary-password-7731' })
    await browser.post('/sign-in', { login: somebody.username, password: 'correct horse' })
    for (const [name, value] of browser.cookies) if (name === '__Host-hamlet') secrets.add(value)
    await browser.post('/password', { email: `${somebody.username}@example.org` })
    await town.settled()
    const key = keyOf(linksOf(town, `${somebody.username}@example.org`)[0])
    secrets.add(key)
    await browser.post('/password/new', { key, password: 'a canary of a password' })
    secrets.add('a canary of a password')
    // Something breaks while secrets are on the way.
    await sql`alter table lists rename to lists_gone`.execute(town.ctx.db)
    await town.call('POST', '/api/v1/lists', { token: somebody.token, json: { title: 'canary-password-7731' } })
    await sql`alter table lists_gone rename to lists`.execute(town.ctx.db)
    await town.settled()

    // Without a mail server the operator reads links in the log: that is how somebody gets in at all, and is said there.
    const log = town.log.filter((line) => !line.includes('no mail server is set'))
    const jobs = (await sql<{ line: string }>`select line from every_job`.execute(town.ctx.db)).rows
    const told = town.log.find((line) => line.includes('metrics are served'))
    const numbers = await (await fetch(JSON.parse(told ?? '{}').url)).text()
    const places = { log: log.join('\n'), jobs: jobs.map(({ line }) => line).join('\n'), numbers }
    const found = [...secrets].flatMap((secret) =>
      Object.entries(places).flatMap(([place, text]) =>
        secret.length > 5 && text.includes(secret) ? [`${place}: ${secret}`] : [],
      ),
    )
    expect(found).toEqual([])
    expect(secrets.size).toBeGreaterThan(100)
    expect(jobs.length).toBeGreaterThan(100)
    expect(rooms.length).toBeGreaterThan(20)
  })
})
