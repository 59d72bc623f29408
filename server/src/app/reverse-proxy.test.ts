import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFront, type Front } from '#test/front'
import { startTown, type TestTown } from '#test/test-town'

let front: Front
let town: TestTown
beforeAll(async () => {
  front = await startFront()
  town = await startTown({ behind: { front, name: 'alpha.test' } })
  await town.person('ines')
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await front[Symbol.asyncDispose]()
})

const signIn = (headers: Record<string, string> = {}) =>
  front.ask('POST', 'https://alpha.test/sign-in', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://alpha.test', ...headers },
    body: 'login=ines&password=correct+horse',
  })

test('the addresses that a town gives are its public ones, not those where it listens', async () => {
  expect(town.url).toBe('https://alpha.test')
  const page = await front.ask('GET', 'https://alpha.test/@ines', { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(page.text).toContain('https://alpha.test/@ines')
  expect(page.text).not.toContain('127.0.0.1')
  const resource = 'https://alpha.test/.well-known/webfinger?resource=acct:ines@alpha.test'
  const { text } = await front.ask('GET', resource)
  expect(JSON.parse(text)).toMatchObject({ subject: 'acct:ines@alpha.test' })
  expect(text).not.toContain('127.0.0.1')
})

test('a visitor is whoever the proxy says, and the cookie is for this name over TLS only', async () => {
  const answer = await signIn({ 'x-test-visitor': '198.51.100.7' })
  expect(answer.status).toBe(303)
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-hamlet=.*; Secure/)
  const [session] = await town.ctx.db.selectFrom('sessions').select('ip').execute()
  expect(session?.ip).toBe('198.51.100.7')
})

test('a visitor who claims another address before the proxy is not believed by a town without a proxy', async () => {
  await using plain = await startTown()
  await plain.person('bram')
  const headers = { origin: plain.ctx.config.url, 'x-forwarded-for': '198.51.100.7' }
  await plain.call('POST', '/sign-in', { form: 'login=bram&password=correct+horse', headers })
  const [session] = await plain.ctx.db.selectFrom('sessions').select('ip').execute()
  expect(session?.ip).toBe('127.0.0.1')
})
