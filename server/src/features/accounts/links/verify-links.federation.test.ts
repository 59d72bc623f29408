import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setDomainPolicy } from '#features/domains'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { resolveActor } from '../remote.ts'
import { findOnlyLink, findRelMe } from './scan-links.ts'

const DAY_MS = 24 * 3_600_000
let town: TestTown
let pages: PictureHost
let peer: Peer
let ines: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ;[pages, peer] = [await startPictureHost(), await startPeer()]
  ines = await town.person('ines')
})
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const page = (html: string) => pages.put(Buffer.from(`<!doctype html><body>${html}`), 'text/html; charset=utf-8')
const link = (href: string, rel = 'me') => `<a rel="${rel}" href="${href}">me</a>`
const profile = (who = ines) => `${town.url}/@${who.username}`
/** Saves links, in the order of their fields, and gives when each was verified, once all has been asked. */
async function save(values: string[], who = ines): Promise<(string | null)[]> {
  await town.call('PATCH', '/api/v1/accounts/update_credentials', {
    token: who.token,
    json: { fields_attributes: values.map((value, index) => ({ name: `${index}`, value })) },
  })
  await town.settled()
  return verified(who)
}
async function verified(who = ines): Promise<(string | null)[]> {
  const { body } = await town.call('GET', `/api/v1/accounts/${who.accountId}`)
  return body.fields.map((field: { verified_at: string | null }) => field.verified_at)
}

describe('a link in one’s own profile', () => {
  test('is verified when its page leads back, by either address and in any case', async () => {
    const uri = (await town.call('GET', `/api/v1/accounts/${ines.accountId}`)).body.uri as string
    const values = [
      page(link(profile())),
      page(`<link rel="nofollow ME" href="${uri}">`),
      page(link(profile().toUpperCase(), 'noopener me')),
      page(link('https://elsewhere.example/@ines') + link(profile())),
    ]
    const now = town.clock.now().toISOString().slice(0, 10)
    expect((await save(values)).map((at) => at?.slice(0, 10))).toEqual([now, now, now, now])
    const { body } = await town.call('GET', '/api/v1/accounts/verify_credentials', { token: ines.token })
    expect([body.fields[0].verified_at, body.source.fields[0]]).toEqual([
      expect.stringContaining(now),
      { name: '0', value: values[0], verified_at: body.fields[0].verified_at },
    ])
    const shown = await town.call('GET', '/@ines', { headers: { accept: 'text/html' } })
    expect(shown.text).toContain('Checked <time')
  })

  test('is not when the page says nothing, says it of somebody else, or hides it', async () => {
    const values = [
      page(`<a href="${profile()}">me</a>`),
      page(link(`${profile()}x`)),
      page(`<!-- ${link(profile())} --><script>${JSON.stringify(link(profile()))}</script>`),
      page(`<div data-x='<a rel="me" href="${profile()}">'></div>`),
    ]
    expect(await save(values)).toEqual([null, null, null, null])
  })

  test('is none when more than a link stands there, and nothing is asked', async () => {
    const address = page(link(profile()))
    const values = [`see ${address}`, address.replace('://', '://ines:secret@'), 'javascript:alert(1)', 'plain']
    expect(await save(values)).toEqual([null, null, null, null])
    expect(pages.countAsked(address)).toBe(0)
  })

  test('may lead back by one step from its first link', async () => {
    const short = pages.put((response) => response.writeHead(301, { location: profile() }).end())
    const other = pages.put((response) => response.writeHead(301, { location: 'https://evil.example/' }).end())
    const [first, second] = await save([page(link(short)), page(link(other))])
    expect([first !== null, second]).toEqual([true, null])
  })

  test('is found in the first megabyte of a page, in HTML, on an address that may be asked', async () => {
    const long = page('x'.repeat(1_100_000) + link(profile()))
    const text = pages.put(Buffer.from(link(profile())), 'text/plain')
    const failing = pages.put((response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end(link(profile())),
    )
    expect(await save([long, text, failing, `${town.url}/@ines`])).toEqual([null, null, null, null])
  })

  test('is asked again by a save after a minute while it is not verified, and then is left alone', async () => {
    let html = 'nothing yet'
    const address = pages.put((response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html))
    expect(await save([address])).toEqual([null])
    html = link(profile())
    expect(await save([address])).toEqual([null])
    town.clock.advance(61_000)
    const [at] = await save([address])
    expect(at).not.toBeNull()
    town.clock.advance(61_000)
    expect(await save([address])).toEqual([at])
    expect(pages.countAsked(address)).toBe(2)
  })

  test('loses its mark when it is another, or its page no longer leads back; not when nobody answers', async () => {
    let [html, status] = [link(profile()), 200]
    const address = pages.put((response) => response.writeHead(status, { 'content-type': 'text/html' }).end(html))
    const [at] = await save([address])
    expect(await save([`${address}?other`])).toEqual([null])
    expect(at).not.toBeNull()
    const [again] = await save([address])
    status = 503
    town.clock.advance(8 * DAY_MS)
    expect(await save([address])).toEqual([again])
    ;[html, status] = ['gone', 200]
    town.clock.advance(8 * DAY_MS)
    expect(await save([address])).toEqual([null])
  })

  test('to a server that is shut out here is not asked', async () => {
    const shut = await startPictureHost()
    await transact(town.ctx, (tx) => setDomainPolicy(tx, ines.accountId, shut.host, { severity: 'suspend' }))
    const address = shut.put(Buffer.from(link(profile())), 'text/html')
    expect([await save([address]), shut.asked.length]).toEqual([[null], 0])
    await shut[Symbol.asyncDispose]()
  })

  test('says of itself that it is the same person’s, to eyes, apps and servers', async () => {
    const address = page('x')
    await save([address])
    const html = `href="${address}" target="_blank" rel="nofollow noopener me"`
    const actor = await town.call(
      'GET',
      new URL((await town.call('GET', `/api/v1/accounts/${ines.accountId}`)).body.uri).pathname,
      {
        headers: { accept: 'application/activity+json' },
      },
    )
    expect(actor.body.attachment[0].value).toContain(html)
    const shown = await town.call('GET', '/@ines', { headers: { accept: 'text/html' } })
    expect(shown.text).toMatch(new RegExp(`href="${address}"[^>]* rel="[^"]*\\bme"`))
  })
})

describe('a link in the profile of somebody elsewhere', () => {
  test('is verified when they arrive, asked again when it changes, and otherwise after a week', async () => {
    const { id } = peer.addActor('rui')
    const document = peer.documents.get('/users/rui') as Record<string, unknown>
    let html = link(id)
    const address = pages.put((response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html))
    const value = `<a href="${address}" rel="me"><span class="invisible">http://</span><span>${address.slice(7)}</span></a>`
    const cheat = `<a href="${address}">https://bank.example/</a>`
    document.attachment = [value, cheat].map((one) => ({ type: 'PropertyValue', name: 'Site', value: one }))
    const fields = async () => {
      const { id: accountId } = await resolveActor(town.ctx, id, { isFresh: true })
      await town.settled()
      const { body } = await town.call('GET', `/api/v1/accounts/${accountId}`)
      return body.fields.map((field: { verified_at: string | null }) => field.verified_at !== null)
    }
    expect(await fields()).toEqual([true, false])
    html = 'gone'
    expect(await fields()).toEqual([true, false])
    expect(pages.countAsked(address)).toBe(1)
    town.clock.advance(8 * DAY_MS)
    expect(await fields()).toEqual([false, false])
    document.attachment = [{ type: 'PropertyValue', name: 'Site', value: address }]
    expect(await fields()).toEqual([false])
    expect(pages.countAsked(address)).toBe(2)
  })
})

test.each([
  ['nothing', '', []],
  ['attributes without quotes, in capitals', '<A REL=ME HREF=https://a.example/>', ['https://a.example/']],
  ['entities', '<a rel=me href="https://a.example/?a=1&amp;b=2">', ['https://a.example/?a=1&b=2']],
  ['a word that only contains it', '<a rel="home mea" href="https://a.example/">', []],
  ['no address', '<a rel=me>', []],
  ['depth without end', '<b>'.repeat(200_000) + '<a rel=me href="https://a.example/">', []],
])('a page with %s', (_name, html, found) => expect(findRelMe(html)).toEqual(found))

test.each([
  ['<a href="https://a.example/">https://a.example/</a>', 'https://a.example/'],
  ['<p><a href="https://a.example/"><span>https://</span>a.example/</a></p>', 'https://a.example/'],
  ['<a href="https://a.example/">b.example</a>', undefined],
  ['see <a href="https://a.example/">https://a.example/</a>', undefined],
  ['<a href="https://a.example/">https://a.example/</a><a href="https://b.example/"></a>', undefined],
  ['https://a.example/', undefined],
])('the only link of %s', (html, found) => expect(findOnlyLink(html)).toBe(found))

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
