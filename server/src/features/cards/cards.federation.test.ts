import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { setDomainPolicy } from '#features/domains'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture } from '#test/pictures'
import { show } from '#test/picture-world'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { pruneCards } from './jobs.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const DAY_MS = 24 * 3_600_000
let town: TestTown
let pages: PictureHost
let peer: Peer
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ;[pages, peer] = [await startPictureHost(), await startPeer()]
  ;[ines, bram] = [await town.person('ines'), await town.person('bram')]
})
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const html = (head: string) => Buffer.from(`<!doctype html><html lang="en"><head>${head}</head></html>`)
const put = (head: string) => pages.put(html(head), 'text/html; charset=utf-8')
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status, ...more } })).body
const see = async (id: string, who?: Person) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, who ? { token: who.token } : {})).body
/** A post with a link, and its card once all its consequences have happened. */
const cardOf = async (url: string, who = ines) => {
  const { id } = await say(who, `look: ${url}`)
  await town.settled()
  return (await see(id, who)).card
}
/** Work that is put off for a moment, or until a server may have recovered, is done now. */
const hurry = async () => {
  await sql`update jobs set run_at = now() where run_at > now()`.execute(town.ctx.db)
  await town.settled()
}

describe('a link in a post', () => {
  test('is shown with words and picture, from here', async () => {
    const image = pages.put(await makePicture())
    const url = put(
      `<title>x</title><meta property="og:title" content="Tides &amp; time"><meta property="og:description" content="How they wait"><meta property="og:image" content="${image}"><meta property="og:image:alt" content="Boats">`,
    )
    const card = await cardOf(url)
    expect(card).toMatchObject({
      url,
      title: 'Tides & time',
      description: 'How they wait',
      type: 'link',
      language: 'en',
      provider_url: pages.url,
      html: '',
      width: 64,
      height: 48,
      image: expect.stringMatching(new RegExp(`^${town.url}/media/remote/card/\\d+/[\\w-]{22}/original$`)),
      image_description: 'Boats',
      blurhash: expect.stringMatching(/.{10}/),
      authors: [],
      missing_attribution: false,
    })
    const picture = await fetch(card.image)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect((await fetch(card.image.replace(/[\w-]{22}\/original/, `${'x'.repeat(22)}/original`))).status).toBe(404)
  })

  test('is fetched once for all who link it at the same time, also with another #', async () => {
    const url = put('<title>Popular</title>')
    const posts = await Promise.all(
      Array.from({ length: 12 }, (_, n) => say(n % 2 ? ines : bram, `${n} ${url}#part-${n}`)),
    )
    await town.settled()
    expect(pages.countAsked(url)).toBe(1)
    for (const { id } of posts) expect((await see(id)).card).toMatchObject({ title: 'Popular', url })
  })

  test('is fetched again after two weeks, when somebody links it again', async () => {
    let title = 'First'
    const url = pages.put((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${title}</title>`)
    })
    const { id } = await say(ines, url)
    await town.settled()
    title = 'Second'
    town.clock.advance(13 * DAY_MS)
    expect(await cardOf(url)).toMatchObject({ title: 'First' })
    town.clock.advance(2 * DAY_MS)
    expect(await cardOf(url)).toMatchObject({ title: 'Second' })
    expect([(await see(id)).card.title, pages.countAsked(url)]).toEqual(['Second', 2])
  })

  test('keeps its card when the page is gone later', async () => {
    let status = 200
    const url = pages.put((response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<title>Kept</title>')
    })
    await cardOf(url)
    status = 500
    town.clock.advance(15 * DAY_MS)
    expect(await cardOf(url)).toMatchObject({ title: 'Kept' })
  })

  test('is the first that leads to a page elsewhere', async () => {
    const [first, second] = [put('<title>One</title>'), put('<title>Two</title>')]
    const text = `@bram #tag ${town.url}/@bram ${first} ${second}`
    const { id } = await say(ines, text)
    await town.settled()
    expect((await see(id)).card.title).toBe('One')
    expect(pages.countAsked(second)).toBe(0)
  })

  test('makes no card beside pictures, and boosts show that of what they boost', async () => {
    const url = put('<title>Behind</title>')
    const { body: media } = await town.call('POST', '/api/v2/media', {
      token: ines.token,
      parts: { file: await makePicture() },
    })
    const withPicture = await say(ines, url, { media_ids: [media.id] })
    await town.settled()
    expect([(await see(withPicture.id)).card, pages.countAsked(url)]).toEqual([null, 0])
    const { id } = await say(ines, url)
    await town.settled()
    const boost = (await town.call('POST', `/api/v1/statuses/${id}/reblog`, { token: bram.token })).body
    expect([boost.card?.title, boost.reblog.card.title]).toEqual(['Behind', 'Behind'])
  })

  test('follows the post when it is edited, and goes with it', async () => {
    const [first, second] = [put('<title>One</title>'), put('<title>Two</title>')]
    const { id } = await say(ines, first)
    const edit = async (status: string) => {
      await town.call('PUT', `/api/v1/statuses/${id}`, { token: ines.token, json: { status } })
      await town.settled()
      return (await see(id)).card
    }
    await town.settled()
    expect(await edit(`now ${second}`)).toMatchObject({ title: 'Two' })
    expect(await edit('no link')).toBeNull()
    expect(await edit(`again ${second}`)).toMatchObject({ title: 'Two' })
    await town.call('DELETE', `/api/v1/statuses/${id}`, { token: ines.token })
    const left = await town.ctx.db.selectFrom('status_cards').select('status_id').where('status_id', '=', id).execute()
    expect(left).toEqual([])
  })
})

describe('a page that means harm', () => {
  test('is cut when it has no end', async () => {
    const url = pages.put((response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<title>Endless</title>')
      const more = setInterval(() => response.write('x'.repeat(200_000)), 1)
      response.on('close', () => clearInterval(more))
    })
    expect(await cardOf(url)).toMatchObject({ title: 'Endless' })
  })

  test.each<[string, () => string]>([
    ['is no page', () => pages.put(Buffer.from('<title>No page</title>'), 'text/plain')],
    ['leads into a private network', () => redirect('http://10.0.0.1/')],
    ['leads to ourselves', () => redirect(`${town.url}/api/v1/instance`)],
    ['leads in a circle', () => redirect(`${pages.url}/circle`)],
    ['is not there', () => `${pages.url}/nothing`],
    ['has no title', () => put('<meta name="description" content="x">')],
  ])('makes no card when it %s', async (_name, make) => {
    expect(await cardOf(make())).toBeNull()
  })
  const redirect = (location: string) => {
    const url: string = pages.put((response) => {
      response.writeHead(302, { location: location.endsWith('/circle') ? url : location }).end()
    })
    return url
  }

  test('what it answers in scripts is text', async () => {
    const card = await cardOf(put('<title><script>alert(1)</script></title>'))
    expect(card).toMatchObject({ title: '<script>alert(1)</script>', html: '' })
  })

  test('the words of a page are those of the server where it was found', async () => {
    const target = `http://127.0.0.1:${new URL(pages.url).port}/landing`
    const landing = put(`<title>Landed</title><link rel="canonical" href="https://bank.example/">`)
    const hop = redirect(landing.replace('localhost', '127.0.0.1'))
    const card = await cardOf(hop)
    expect(card.url).toBe(landing.replace('localhost', '127.0.0.1'))
    expect(card.provider_url).toBe(new URL(target).origin)
  })

  test('of a server that is shut out nothing is asked', async () => {
    const other = await startPictureHost()
    await transact(town.ctx, (tx) => setDomainPolicy(tx, ines.accountId, other.host, { severity: 'suspend' }))
    const url = other.put(html('<title>Shut</title>'), 'text/html')
    expect([await cardOf(url), other.connections.count]).toEqual([null, 0])
    await other[Symbol.asyncDispose]()
  })
})

describe('a server that does not answer', () => {
  test('is left alone for a while, asked again a few times, and heals', async () => {
    const down = await startPictureHost()
    down.isDead = true
    const [url, other] = [1, 2].map((n) => down.put(html(`<title>Back ${n}</title>`), 'text/html')) as [string, string]
    const { id } = await say(ines, url)
    await town.settled()
    const asked = down.connections.count
    expect(asked).toBeGreaterThan(0)
    expect(await cardOf(other)).toBeNull()
    expect(await cardOf(url)).toBeNull()
    expect(down.connections.count).toBe(asked)
    down.isDead = false
    town.clock.advance(3_600_000)
    await hurry()
    expect((await see(id)).card).toMatchObject({ title: 'Back 1' })
    await down[Symbol.asyncDispose]()
  })
})

describe('films', () => {
  test('are played by HTML of ours around the address of their frame', async () => {
    const seen: string[] = []
    const endpoint = pages.put((response) => {
      seen.push('asked')
      const frame = `<iframe src="${pages.url}/player?x=%22%3E&a=1" onload="x()"></iframe><script>x()</script>`
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ type: 'video', title: 'Film', author_name: 'Oda', html: frame, width: 640, height: 360 }))
    })
    const url = put(`<title>x</title><link rel="alternate" type="application/json+oembed" href="${endpoint}">`)
    // Over plain http there is no frame to be shown; the page is then what it says of itself.
    expect(await cardOf(url)).toMatchObject({ type: 'link', title: 'x', embed_url: '', html: '' })
    expect(seen).toEqual(['asked'])
    await town.ctx.db
      .updateTable('link_cards')
      .set({ type: 'video', embed_url: 'https://films.example/e?a="><script>', width: 640, height: 360 })
      .where('link', '=', url)
      .execute()
    const { body } = await town.call('GET', `/api/v1/timelines/link?url=${encodeURIComponent(url)}`)
    expect(body[0].card.html).toBe(
      '<iframe src="https://films.example/e?a=&quot;&gt;&lt;script&gt;" width="640" height="360" sandbox="allow-scripts allow-popups allow-presentation" referrerpolicy="no-referrer" allowfullscreen></iframe>',
    )
  })

  test('another server is not asked how a page is to be shown', async () => {
    const elsewhere = await startPictureHost()
    const endpoint = elsewhere.put(Buffer.from('{"type":"photo","url":"/x"}'), 'application/json')
    const url = put(`<title>x</title><link rel="alternate" type="application/json+oembed" href="${endpoint}">`)
    await cardOf(url)
    expect(elsewhere.connections.count).toBe(0)
    await elsewhere[Symbol.asyncDispose]()
  })
})

describe('the author of a page', () => {
  const creator = (handle: string) => put(`<title>Mine</title><meta name="fediverse:creator" content="${handle}">`)
  const allow = (who: Person, attribution_domains: string[]) =>
    town.call('PATCH', '/api/v1/accounts/update_credentials', { token: who.token, json: { attribution_domains } })

  test('is named as an account only while that account lists the page, and is told when it does not', async () => {
    const url = creator('@bram@' + town.ctx.config.domain)
    const { id } = await say(ines, url)
    await town.settled()
    const card = async (who: Person) => (await see(id, who)).card
    expect(await card(bram)).toMatchObject({ authors: [], missing_attribution: true })
    expect(await card(ines)).toMatchObject({ authors: [], missing_attribution: false })
    const changed = await allow(bram, [pages.url, '*.Blog.Example', ''])
    expect(changed.body.source.attribution_domains).toEqual([pages.host, 'blog.example'])
    expect(await card(bram)).toMatchObject({
      authors: [{ name: 'bram', url: `${town.url}/@bram`, account: { id: bram.accountId } }],
      missing_attribution: false,
    })
    expect((await see(id)).card).not.toHaveProperty('missing_attribution')
    await allow(bram, [])
    expect(await card(bram)).toMatchObject({ authors: [], missing_attribution: true })
  })

  test('is found on another server, whose profile decides', async () => {
    const oda = peer.addActor('oda')
    const actor = peer.documents.get('/users/oda') as Record<string, unknown>
    peer.documents.set('/users/oda', { ...actor, attributionDomains: ['org', pages.host, 5, { a: 1 }] })
    const card = await cardOf(creator(`@oda@${peer.host}`))
    expect(card.authors).toMatchObject([{ name: 'oda', url: oda.id, account: { acct: `oda@${peer.host}` } }])
  })

  test('is nobody when the handle leads nowhere', async () => {
    expect(await cardOf(creator(`@nobody@${peer.host}`))).toMatchObject({ title: 'Mine', authors: [] })
    expect(await cardOf(creator('<script>'))).toMatchObject({ title: 'Mine', authors: [] })
  })

  test.each([
    [['not a domain'], 422],
    [Array.from({ length: 101 }, (_, n) => `d${n}.example`), 422],
  ])('the list of domains refuses %j', async (domains, status) => {
    const answer = await allow(ines, domains)
    expect([answer.status, Object.keys(answer.body.details)]).toEqual([status, ['attribution_domains']])
  })
})

test('a post from elsewhere is looked at after a moment, mentions and hashtags passed over', async () => {
  const author = peer.addActor('far')
  const [url, tag] = [put('<title>Far</title>'), put('<title>Tag</title>')]
  const id = `${author.id}/statuses/1`
  peer.documents.set(new URL(id).pathname, {
    id,
    type: 'Note',
    attributedTo: author.id,
    to: [PUBLIC],
    content: `<p><a href="${tag}" class="mention hashtag" rel="tag">#tag</a> <a href="${author.id}" class="u-url mention">@far</a> <a href="${url}">here</a></p>`,
  })
  const status = await show(town, ines, id)
  await town.settled()
  expect(pages.countAsked(url)).toBe(0)
  await hurry()
  expect((await see(status.id)).card).toMatchObject({ title: 'Far' })
  expect([pages.countAsked(url), pages.countAsked(tag)]).toEqual([1, 0])
})

describe('what people say about a page', () => {
  const read = (url: string, query = '') =>
    town.call('GET', `/api/v1/timelines/link?url=${encodeURIComponent(url)}${query}`)

  test('is listed newest first, page by page, from public posts', async () => {
    const url = put('<title>Talked about</title>')
    const posts = []
    for (let n = 0; n < 3; n += 1) posts.push(await say(ines, `${n} ${url}`))
    await say(ines, url, { visibility: 'private' })
    await say(ines, url, { visibility: 'unlisted' })
    await town.settled()
    const ids = posts.map((post) => post.id).toReversed()
    expect((await read(`${url}#x`)).body.map((post: { id: string }) => post.id)).toEqual(ids)
    const first = await read(url, '&limit=2')
    expect(first.body.map((post: { id: string }) => post.id)).toEqual(ids.slice(0, 2))
    expect(first.headers.get('link')).toContain(`url=${encodeURIComponent(url)}`)
    expect((await read(url, `&max_id=${ids[1]}`)).body.map((post: { id: string }) => post.id)).toEqual(ids.slice(2))
    expect((await read(url, `&max_id=${ids[2]}`)).body).toEqual([])
  })

  test('a page that only private words lead to is as unknown as any', async () => {
    const url = put('<title>Secret</title>')
    for (const visibility of ['private', 'direct', 'unlisted']) await say(ines, url, { visibility })
    await town.settled()
    const [known, unknown] = [await read(url, '&max_id=9'), await read('https://unknown.example/', '&max_id=9')]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    expect([known.status, known.body]).toEqual([404, { error: 'Record not found' }])
    expect((await read('no address')).status).toBe(404)
    expect((await town.call('GET', '/api/v1/timelines/link')).status).toBe(400)
  })
})

describe('previews that nobody has any more', () => {
  test('go with their pictures after a week', async () => {
    const image = pages.put(await makePicture())
    const url = put(`<title>Gone</title><meta property="og:image" content="${image}">`)
    const { id } = await say(ines, url)
    const stays = put('<title>Stays</title>')
    await say(ines, stays)
    await town.settled()
    await town.call('DELETE', `/api/v1/statuses/${id}`, { token: ines.token })
    await pruneCards(town.ctx)
    const rows = async (link: string) =>
      (await town.ctx.db.selectFrom('link_cards').select('id').where('link', '=', link).execute()).length
    expect(await rows(url)).toBe(1)
    town.clock.advance(8 * DAY_MS)
    await pruneCards(town.ctx)
    expect([await rows(url), await rows(stays)]).toEqual([0, 1])
    const pictures = await town.ctx.db.selectFrom('remote_pictures').select('url').where('url', '=', image).execute()
    expect(pictures).toEqual([])
  })
})

test('a page of posts costs as many statements with cards as without', async () => {
  const who = await town.person('prolific')
  const links = Array.from({ length: 6 }, (_, n) => put(`<title>${n}</title>`))
  for (const link of links) await say(who, link)
  await town.settled()
  const read = (limit: number) =>
    town.countStatements(() => town.call('GET', `/api/v1/timelines/public?limit=${limit}`, { token: who.token }))
  await read(1)
  expect(await read(6)).toBe(await read(2))
})
