import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { openBrowser } from '#test/browser'
import { differingTables, printDatabase } from '#test/database-print'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import { upload } from '#test/pictures'
import type { Person, TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let furnished: FurnishedTown
let town: TestTown
let bram: Person
let ines: Person
beforeAll(async () => {
  furnished = await startFurnishedTown()
  town = furnished.town
  bram = furnished.bram
  ines = furnished.ines
})
afterAll(() => furnished[Symbol.asyncDispose]())

const routes = rooms.flatMap((room) => room.routes)
const reads = routes.filter(({ method }) => method === 'GET')
const pages = rooms.flatMap((room) => room.pages)
/** Pages that anybody may open, with something in their addresses. */
const shown = pages.flatMap((page) => ('visit' in page && page.method === 'POST' ? [] : [page.path]))
const fill = (path: string) =>
  path
    .replace(/:username|:acct|:name/g, 'ines')
    .replace(/:id|:statusId/g, furnished.post.id)
    .replaceAll(/:\w+/g, 'tag')

describe('WB-12: what every answer says', () => {
  const EVERY = {
    'strict-transport-security': 'max-age=63072000',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  }
  const said = (headers: Headers) => Object.fromEntries(Object.keys(EVERY).map((name) => [name, headers.get(name)]))

  test.each([
    ['a page', 'GET', '/@ines', 200],
    ['a form', 'GET', '/sign-in', 200],
    ['the API', 'GET', '/api/v2/instance', 200],
    ['a refusal', 'GET', '/api/v1/timelines/home', 401],
    ['what is not there', 'GET', '/nowhere', 404],
    ['what cannot be done', 'DELETE', '/sign-in', 404],
    ['what was asked before', 'OPTIONS', '/api/v1/apps', 204],
    ['a document', 'GET', '/nodeinfo/2.0', 200],
    ['what is wrongly written', 'GET', '/api/v1/statuses/%ff', 400],
  ])('%s', async (_name, method, path, status) => {
    const answer = await town.call(method, path)
    expect(said(answer.headers)).toEqual(EVERY)
    if (status !== 404) expect(answer.status).toBe(status)
    expect(answer.status).toBeLessThan(500)
  })

  test('a picture of ours is for every page, and says all the rest', async () => {
    const icon = await town.call('GET', '/logo.svg')
    expect(said(icon.headers)).toEqual({ ...EVERY, 'cross-origin-resource-policy': 'cross-origin' })
  })
})

describe('WB-10: the policy of each class of page, letter for letter', () => {
  const START =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self';"
  const END =
    " base-uri 'none'; manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types hamlet"
  const PAGE = `${START} form-action 'self'; frame-ancestors 'none';${END}`
  const API = "default-src 'none'; frame-ancestors 'none'; form-action 'none'"
  const policyAt = async (path: string, token?: string) =>
    (await town.call('GET', path, { headers: { accept: 'text/html' }, ...(token && { token }) })).headers.get(
      'content-security-policy',
    )

  test('public pages, forms, the app and what is not there', async () => {
    for (const path of ['/@ines', `/@ines/${furnished.post.id}`, '/about', '/sign-in', '/nowhere'])
      expect([path, await policyAt(path)]).toEqual([path, PAGE])
  })

  test('a post in a frame of another site', async () => {
    expect(await policyAt(`/@ines/${furnished.post.id}/embed`)).toBe(`${START} form-action 'self';${END}`)
  })

  test('the page on which an app is let in, which leads to the app', async () => {
    const app = { client_name: 'x', redirect_uris: 'app://done', scopes: 'read' }
    const { client_id } = (await town.call('POST', '/api/v1/apps', { json: app })).body
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
    const asked = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: 'app://done', scope: 'read' })
    const page = await browser.get(`/oauth/authorize?${asked.toString()}`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toBe(`${START} frame-ancestors 'none';${END}`)
  })

  test('the API, and a picture', async () => {
    expect(await policyAt('/api/v2/instance')).toBe(API)
    expect(await policyAt('/api/v1/timelines/home', bram.token)).toBe(API)
    const { body } = await upload(town, ines.token)
    expect(await policyAt(new URL(body.url).pathname)).toBe("default-src 'none'; sandbox")
  })
})

test('WB-11: an upload that is opened by itself is a picture and nothing else, in a box', async () => {
  const { body } = await upload(town, ines.token)
  const answer = await town.call('GET', new URL(body.url).pathname)
  expect(answer.headers.get('content-type')).toMatch(/^image\/(avif|gif|jpeg|png|webp)$/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  // What is no picture is not under this address at all; files that are made for somebody are saved, not shown.
  for (const ending of ['html', 'svg', 'js', 'xml', 'zip', ''])
    expect((await town.call('GET', new URL(body.url).pathname.replace(/\w+$/, ending))).status).toBe(404)
  const csv = await town.call('GET', '/api/hamlet/v1/exports/follows.csv', { token: bram.token })
  if (csv.status === 200) expect(csv.headers.get('content-disposition')).toMatch(/^attachment/)
  const archive = reads.find(({ produces }) => produces === 'application/zip')
  const zip = await town.call('GET', furnished.targetOf(archive?.path ?? ''), { token: bram.token })
  if (zip.status === 200) expect(zip.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('WB-03: signing out has the browser forget what it kept, and no page of somebody was kept', async () => {
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
  for (const path of ['/home', '/settings', '/oauth/authorize/native?code=x'])
    expect([path, (await browser.get(path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
  const copy = openBrowser(town.url)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  const out = await browser.post('/sign-out', {})
  expect(out.headers.get('clear-site-data')).toBe('"cache"')
  expect(out.headers.get('cache-control')).toBe('no-store')
  expect((await copy.api('GET', '/api/v1/accounts/verify_credentials')).status).toBe(401)
})

describe('WB-06: reading changes nothing', () => {
  /** When a browser or an app was here last, what tries a push again by itself, and that somebody of the team read what was for few (AD-14). */
  const NOTES = [
    'oauth_tokens',
    'sessions',
    'users',
    'audit_log',
    'evidence_reveals',
    'user_days',
    'active_days',
    'push_hosts',
  ]
  test('over all routes and pages, by GET and by HEAD', async () => {
    const browser = openBrowser(town.url)
    await browser.post('/sign-in', { login: 'bram', password: 'correct horse' })
    await town.settled()
    const changed: string[] = []
    let before = await printDatabase(town.ctx)
    const look = async (name: string) => {
      await town.settled()
      const after = await printDatabase(town.ctx)
      const tables = differingTables(before, after).filter((table) => !NOTES.includes(table))
      if (tables.length > 0) changed.push(`${name}: ${tables.join(', ')}`)
      before = after
    }
    for (const route of reads) {
      const target = furnished.targetOf(route.path)
      await town.call('GET', target, { token: bram.token })
      const headers = { authorization: `Bearer ${bram.token}` }
      await fetch(`${town.address}${target}`, { method: 'HEAD', headers, redirect: 'manual' })
      await look(`GET ${route.path}`)
    }
    for (const path of shown) {
      await browser.get(fill(path))
      await look(`page ${path}`)
    }
    expect(changed).toEqual([])
  })
})

test('WB-07: a method is what was sent, whatever a header or a field says', async () => {
  const { body } = await town.call('POST', '/api/v1/lists', { token: ines.token, json: { title: 'stays' } })
  const path = `/api/v1/lists/${body.id}`
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
    for (const method of ['GET', 'POST'])
      await town.call(method, path, { token: ines.token, headers: { [name]: 'DELETE' } })
  await town.call('POST', path, { token: ines.token, form: '_method=delete' })
  await town.call('GET', `${path}?_method=DELETE`, { token: ines.token })
  expect((await town.call('GET', path, { token: ines.token })).body.title).toBe('stays')
})

describe('WB-08: other sites', () => {
  test('may read what a token opens, and never with our cookie: over all routes', async () => {
    const wrong: string[] = []
    for (const origin of ['https://evil.example', 'null', town.ctx.config.url])
      for (const route of reads) {
        const { headers } = await town.call('GET', furnished.targetOf(route.path), { headers: { origin } })
        const allowed = headers.get('access-control-allow-origin')
        if (headers.get('access-control-allow-credentials') !== null) wrong.push(`${route.path} takes cookies`)
        if (allowed !== null && allowed !== '*') wrong.push(`${route.path} names ${allowed}`)
        if (route.path.startsWith('/api/') && allowed !== '*') wrong.push(`${route.path} is closed to apps`)
      }
    expect(wrong).toEqual([])
  })

  test('may not read pages and forms', async () => {
    for (const path of ['/sign-in', '/sign-up', '/oauth/authorize', '/home', '/settings']) {
      const { headers } = await town.call('GET', path, { headers: { origin: 'https://evil.example' } })
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null])
    }
  })
})

test('WB-18: however many parts of a file are asked for, one answer comes with the whole of it', async () => {
  const { body } = await upload(town, ines.token)
  const path = new URL(body.url).pathname
  const whole = (await town.call('GET', path)).headers.get('content-length')
  const many = `bytes=${Array.from({ length: 100 }, (_, at) => `${at}-${at + 1}`).join(',')}`
  for (const range of [
    many,
    'bytes=0-10,5-20,0-',
    'bytes=20-10',
    'bytes=-',
    'bytes=99999999-',
    'lines=1-2',
    'bytes=0-5',
  ]) {
    const answer = await town.call('GET', path, { headers: { range } })
    expect([200, 206, 416]).toContain(answer.status)
    expect(answer.headers.get('content-type')).not.toContain('multipart')
    if (answer.status === 200) expect(answer.headers.get('content-length')).toBe(whole)
  }
})

test('WB-19: a cache between us and everybody shows nobody what was for somebody else', async () => {
  type Kept = { vary: string[]; asked: Record<string, string>; status: number; text: string }
  const cache = new Map<string, Kept[]>()
  let hits = 0
  const through = async (path: string, asked: Record<string, string>) => {
    const found = cache.get(path)?.find((kept) => kept.vary.every((name) => kept.asked[name] === asked[name]))
    if (found) hits += 1
    if (found) return found
    const answer = await town.call('GET', path, { headers: asked })
    const rule = answer.headers.get('cache-control') ?? ''
    const vary = (answer.headers.get('vary') ?? '').toLowerCase().split(/,\s*/).filter(Boolean)
    const kept = { vary, asked, status: answer.status, text: answer.text }
    // RFC 9111, 3 and 3.5: what is asked with credentials is kept only where the answer says that it may be.
    const mayKeep = /public|s-maxage/.test(rule) || (asked.authorization === undefined && /max-age/.test(rule))
    if (mayKeep && !/no-store|private|no-cache/.test(rule)) cache.set(path, [...(cache.get(path) ?? []), kept])
    return kept
  }
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'bram', password: 'correct horse' })
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = { accept: 'text/html' }
  const wrong: string[] = []
  const paths = [...reads.map((route) => furnished.targetOf(route.path)), ...shown.map(fill)]
  for (const path of paths) {
    const mine = await through(path, { ...page, cookie })
    await through(path, { ...page, authorization: `Bearer ${bram.token}` })
    const theirs = await through(path, page)
    const fresh = await town.call('GET', path, { headers: page })
    if (theirs.status !== fresh.status || (theirs === mine && theirs.text.includes(bram.token))) wrong.push(path)
    if (theirs === mine && theirs.status === 200 && theirs.text.length !== fresh.text.length)
      wrong.push(`${path} differs`)
  }
  expect(wrong).toEqual([])
  expect(hits).toBeGreaterThan(0)
})

describe('WB-22: a parameter that comes twice', () => {
  test.each([
    ['in a form', { form: 'status=x&visibility=public&visibility=direct' }],
    ['in the address', { form: 'status=x' }],
    ['as a list', { json: { status: 'x', visibility: ['public', 'direct'] } }],
  ])('%s', async (name, caller) => {
    const query = name === 'in the address' ? '?visibility=public&visibility=direct' : ''
    const before = await town.ctx.db.selectFrom('statuses').select('id').execute()
    const answer = await town.call('POST', `/api/v1/statuses${query}`, { token: ines.token, ...caller })
    const after = await town.ctx.db.selectFrom('statuses').select('id').execute()
    // What stands in the address of a post is no part of it.
    if (query) return
    expect(answer.status).toBe(422)
    expect(after).toHaveLength(before.length)
  })

  test('of a list that is read', async () => {
    const answer = await town.call('GET', '/api/v1/timelines/public?local=true&local=false&max_id=1&max_id=2')
    expect([200, 400, 422]).toContain(answer.status)
    expect((await town.call('GET', '/api/v2/search?q=a&q=b', { token: ines.token })).status).toBe(422)
  })
})

describe('WB-20: what goes wrong inside is told to nobody outside', () => {
  const LEAKS =
    /at \w|node_modules|\/server\/src|select |insert |relation|syntax|kysely|postgres|pg_|fastify|\.ts\b|v\d+\.\d+\.\d+/i
  const without = async (table: string, run: () => Promise<void>) => {
    await sql`alter table ${sql.table(table)} rename to gone_for_now`.execute(town.ctx.db)
    await run().finally(() => sql`alter table gone_for_now rename to ${sql.table(table)}`.execute(town.ctx.db))
  }
  test.each([
    ['a route', 'lists', 'GET', '/api/v1/lists'],
    ['a verb', 'lists', 'POST', '/api/v1/lists'],
    ['who asks', 'oauth_tokens', 'GET', '/api/v1/lists'],
    ['a page', 'accounts', 'GET', '/@ines'],
    ['a form', 'users', 'POST', '/sign-in'],
    ['a document', 'accounts', 'GET', `/.well-known/webfinger?resource=acct:ines@town.test`],
  ])('%s', async (_name, table, method, path) => {
    await without(table, async () => {
      const isForm = path === '/sign-in'
      const caller = isForm
        ? { form: 'login=ines&password=x', headers: { origin: town.ctx.config.url } }
        : { token: ines.token, ...(method === 'POST' ? { json: { title: 'x' } } : {}) }
      const lines = town.log.length
      const answer = await town.call(method, path, caller)
      expect(answer.status).toBeGreaterThanOrEqual(500)
      expect(answer.text).not.toMatch(LEAKS)
      const id = answer.headers.get('x-request-id') ?? ''
      expect(id).toMatch(/^[0-9a-f-]{36}$/)
      expect(answer.body.request_id).toBe(id)
      // By this the team finds what it was.
      expect(town.log.slice(lines).join()).toContain(id)
    })
  })
})

test('WB-13: there is no style of the team: no setting takes one, and no page would load it', async () => {
  const css = '</style><script>alert(1)</script> @import url(https://evil.example)'
  const taking = routes.filter(({ body }) => /css|stylesheet/i.test(JSON.stringify(body ?? {})))
  expect(taking.map(({ path }) => path)).toEqual([])
  const settings = routes.filter(
    ({ method, path }) => method !== 'GET' && /settings/.test(path) && /admin|moderation/.test(path),
  )
  for (const { method, path } of settings)
    await town.call(method, furnished.targetOf(path), { token: bram.token, json: { custom_css: css } })
  await town.settled()
  const page = await town.call('GET', '/about', { headers: { accept: 'text/html' } })
  expect(page.text).not.toContain('evil.example')
  expect(page.headers.get('content-security-policy')).toContain("style-src 'self'")
})
