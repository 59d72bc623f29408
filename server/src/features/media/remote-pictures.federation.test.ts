import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPictureHost } from '#test/picture-host'
import { look, show, startPictureWorld, statusOf, type PictureWorld } from '#test/picture-world'
import { makePicture, upload } from '#test/pictures'

vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000

let world: PictureWorld
let town: PictureWorld['town']
let peer: PictureWorld['peer']
let shelf: PictureWorld['shelf']
let ines: PictureWorld['ines']
let bram: PictureWorld['bram']
beforeAll(async () => {
  world = await startPictureWorld()
  ;({ town, peer, shelf, ines, bram } = world)
})
afterAll(() => world[Symbol.asyncDispose]())

describe('a picture of another server', () => {
  test('is shown from here, drawn anew, with its origin beside it', async () => {
    const file = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: 'teal' } })
      .withExif({ IFD0: { Model: 'SecretCam' } })
      .jpeg()
      .toBuffer()
    const origin = shelf.put(file)
    const picture = await world.arriveOne(origin)
    expect(picture).toMatchObject({ type: 'image', remote_url: origin, blurhash: null })
    const address = new RegExp(`^${town.url}/media/remote/attachment/${picture.id}/[\\w-]{22}/(original|small)$`)
    expect([picture.url, picture.preview_url]).toEqual([expect.stringMatching(address), expect.stringMatching(address)])
    expect(shelf.countAsked(origin), 'nobody looked yet').toBe(0)

    const whole = await look(picture.url, { cookie: 'secret=1', 'user-agent': 'a reader', authorization: 'Bearer x' })
    expect(whole.status).toBe(200)
    expect(await sharp(whole.body).metadata()).toMatchObject({ format: 'jpeg', width: 1600, height: 1200 })
    expect(whole.body.includes('SecretCam')).toBe(false)
    const small = await look(picture.preview_url)
    expect(await sharp(small.body).metadata()).toMatchObject({ width: 554, height: 416 })
    expect(shelf.countAsked(origin)).toBe(1)
    const { headers } = shelf.asked.at(-1)!
    expect([headers.cookie, headers.authorization]).toEqual([undefined, undefined])
    expect(headers['user-agent']).toMatch(/^Hamlet\//)
  })

  test('comes with the headers of local media', async () => {
    const local = (await upload(town, ines.token)).body
    const remote = await world.arriveOne(shelf.put(await makePicture()))
    const [ours, theirs] = [await look(local.url), await look(remote.url)]
    const names = [
      'cache-control',
      'content-security-policy',
      'cross-origin-resource-policy',
      'x-content-type-options',
      'content-type',
      'vary',
    ]
    for (const name of names) expect([name, theirs.headers.get(name)]).toEqual([name, ours.headers.get(name)])
    expect(theirs.headers.get('cache-control')).toContain('immutable')
    expect(theirs.headers.get('x-ratelimit-limit')).toBeNull()
  })

  test('gets the blur and the sizes that its origin did not tell; a blur that it told stays', async () => {
    const blurhash = 'LEHV6nWB2yk8pyo0adR*.7kCMdnj'
    const urls = [shelf.put(await makePicture()), shelf.put(await makePicture())]
    const { pictures, note } = await world.arrive([urls[0]!, { url: urls[1]!, blurhash }])
    for (const picture of pictures) expect(await statusOf(picture.preview_url)).toBe(200)
    const [one, two] = (await show(town, ines, note.id)).media_attachments
    expect(one.blurhash).toMatch(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{28,}$/)
    expect(one.meta).toMatchObject({ original: { width: 64, height: 48 }, small: { width: 64, height: 48 } })
    expect(two.blurhash).toBe(blurhash)
  })

  test('that moves keeps moving, and stands still where that would be too much', async () => {
    const gif = async (side: number) => {
      const frames = await Promise.all(
        ['red', 'blue'].map((background) =>
          sharp({ create: { width: side, height: side, channels: 3, background } })
            .png()
            .toBuffer(),
        ),
      )
      return sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer()
    }
    const { pictures } = await world.arrive([
      shelf.put(await gif(40), 'image/gif'),
      shelf.put(await gif(1000), 'image/gif'),
    ])
    const pages = async (url: string) => (await sharp((await look(url)).body).metadata()).pages
    expect(await pages(pictures[0].url)).toBe(2)
    expect(await pages(pictures[1].url)).toBeUndefined()
  })

  test('is not what a film is: that stays a link to its origin', async () => {
    const origin = shelf.put(Buffer.from('film'), 'video/mp4')
    const { pictures } = await world.arrive([{ url: origin, mediaType: 'video/mp4' }])
    expect(pictures[0]).toMatchObject({ type: 'unknown', url: origin, preview_url: null, remote_url: origin })
    expect(shelf.countAsked(origin)).toBe(0)
  })
})

describe('a face and a cover', () => {
  const withPictures = (icon: string, image: string) => {
    const path = new URL(bram.id).pathname
    const document = peer.documents.get(path) as Record<string, unknown>
    peer.documents.set(path, { ...document, icon: { type: 'Image', url: icon }, image: { type: 'Image', url: image } })
  }
  const changed = async () => {
    expect(await world.send({ type: 'Update', object: bram.id })).toBe(202)
    const found = await town.call('GET', `/api/v1/accounts/lookup?acct=bram@${peer.host}`)
    return found.body
  }

  test('are shown from here in their frames; a new one has a new address, and the old one goes', async () => {
    const [face, cover] = [shelf.put(await makePicture()), shelf.put(await makePicture('png'), 'image/png')]
    withPictures(face, cover)
    const before = await changed()
    expect(before.avatar).toMatch(new RegExp(`^${town.url}/media/remote/avatar/${before.id}/`))
    expect([before.avatar_static, before.header_static]).toEqual([before.avatar, before.header])
    expect(await sharp((await look(before.avatar)).body).metadata()).toMatchObject({ width: 400, height: 400 })
    expect(await sharp((await look(before.header)).body).metadata()).toMatchObject({ width: 1500, height: 500 })
    const files = world.countFiles()
    withPictures(shelf.put(await makePicture()), cover)
    const after = await changed()
    expect(after.header).toBe(before.header)
    expect(after.avatar).not.toBe(before.avatar)
    expect(world.countFiles()).toBe(files - 1)
    expect([await statusOf(before.avatar), await statusOf(after.avatar), await statusOf(after.header)]).toEqual([
      404, 200, 200,
    ])
    expect([shelf.countAsked(face), shelf.countAsked(cover)]).toEqual([1, 1])
  })

  test('cost no query of their own', async () => {
    const path = `/api/v1/accounts/lookup?acct=bram@${peer.host}`
    const bare = await town.countStatements(() => town.call('GET', '/api/v1/accounts/lookup?acct=ines'))
    expect(await town.countStatements(() => town.call('GET', path))).toBe(bare)
  })
})

describe('an address that we did not make', () => {
  test('is nothing, and nothing is asked for it', async () => {
    const [one, two] = (await world.arrive([shelf.put(await makePicture()), shelf.put(await makePicture())])).pictures
    const parts = new URL(one.url).pathname.split('/')
    const signature = parts[5] as string
    const other = new URL(two.url).pathname.split('/')[5] as string
    const turned = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const before = [shelf.asked.length, await world.countRows()]
    const forged = [
      `attachment/${one.id}/${turned}/original`,
      `attachment/${one.id}/${other}/original`,
      `attachment/${one.id}/${signature}x/original`,
      `attachment/${one.id}/${signature}/large`,
      `avatar/${one.id}/${signature}/original`,
      `avatar/${ines.accountId}/${signature}/original`,
      `attachment/1/${signature}/original`,
      `attachment/x/${signature}/original`,
      `film/${one.id}/${signature}/original`,
      `attachment/${one.id}/${signature}`,
      `attachment/${one.id}/original?url=${encodeURIComponent(shelf.put(await makePicture()))}`,
    ]
    for (const path of forged) expect([path, await statusOf(`${town.url}/media/remote/${path}`)]).toEqual([path, 404])
    expect([shelf.asked.length, await world.countRows()]).toEqual(before)
  })
})

describe('what is no picture, or lies where we may not go, is a grey placeholder, and is not asked for again', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>')
  const redirectTo = (target: string) =>
    shelf.put((response) => void response.writeHead(302, { location: target }).end())
  const cases: [string, () => Promise<string>][] = [
    ['a private address', async () => 'http://10.0.0.1/picture.jpg'],
    ['the cloud’s own address', async () => 'http://169.254.169.254/picture.jpg'],
    ['our own address', async () => `${town.url}/avatar.svg`],
    ['a redirect to a private address', async () => redirectTo('http://10.0.0.1/picture.jpg')],
    ['a redirect to ourselves', async () => redirectTo(`${town.url}/avatar.svg`)],
    ['a page', async () => shelf.put(Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/html')],
    [
      'a page that says it is a picture',
      async () => shelf.put(Buffer.from('<!doctype html><script>alert(1)</script>')),
    ],
    ['an SVG', async () => shelf.put(svg, 'image/svg+xml')],
    ['an SVG that says it is a PNG', async () => shelf.put(svg, 'image/png')],
    [
      'half a picture',
      async () => shelf.put((await makePicture('jpeg', { width: 600, height: 600 })).subarray(0, 9_000)),
    ],
    ['an empty file', async () => shelf.put(Buffer.alloc(0))],
    [
      'a file that says it is too large',
      async () => shelf.put(Buffer.concat([await makePicture(), Buffer.alloc(16_777_216)])),
    ],
    [
      'a file without end',
      async () => {
        const chunk = Buffer.alloc(1_048_576)
        return shelf.put((response) => {
          response.writeHead(200, { 'content-type': 'image/jpeg' })
          const more = () => {
            while (!response.destroyed && response.write(chunk));
          }
          response.on('drain', more)
          more()
        })
      },
    ],
    ['nothing', async () => `${shelf.url}/nothing-there.jpg`],
  ]
  test.each(cases)('%s', async (_name, make) => {
    const files = world.countFiles()
    const origin = await make()
    const picture = await world.arriveOne(origin)
    const first = await look(picture.url)
    expect([first.status, first.headers.get('content-type')]).toEqual([502, 'image/gif'])
    expect(first.body.length).toBe(43)
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d{2,3}$/)
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(60)
    const before = shelf.asked.length
    expect([await statusOf(picture.url), await statusOf(picture.preview_url)]).toEqual([502, 502])
    expect([shelf.asked.length, world.countFiles()]).toEqual([before, files])
  })

  test('until a while has passed; each time it waits longer', async () => {
    let answer = async (): Promise<Buffer | undefined> => undefined
    const origin = shelf.put((response) => {
      void answer().then((file) => response.writeHead(file ? 200 : 503, { 'content-type': 'image/jpeg' }).end(file))
    })
    const { url } = await world.arriveOne(origin)
    const rests: number[] = []
    for (const round of [1, 2]) {
      const seen = await look(url)
      expect([seen.status, shelf.countAsked(origin)]).toEqual([502, round])
      rests.push(Number(seen.headers.get('retry-after')))
      town.clock.advance((rests.at(-1)! + 1) * 1000)
    }
    expect(rests[1]).toBeGreaterThan(rests[0]! * 3)
    answer = () => makePicture()
    expect([await statusOf(url), shelf.countAsked(origin)]).toEqual([200, 3])
  })
})

describe('a server that is down', () => {
  test('is asked once, however many of its pictures are looked at, and again after a while', async () => {
    await using dead = await startPictureHost()
    const { pictures } = await world.arrive([dead.put(await makePicture()), dead.put(await makePicture())])
    dead.isDead = true
    expect(await statusOf(pictures[0].url)).toBe(502)
    const asked = dead.connections.count
    expect([asked, dead.asked.length]).toEqual([1, 0])
    for (let round = 0; round < 3; round += 1)
      for (const picture of pictures) expect(await statusOf(picture.url)).toBe(502)
    expect(dead.connections.count).toBe(asked)
    dead.isDead = false
    town.clock.advance(3 * MINUTE)
    for (const picture of pictures) expect(await statusOf(picture.url)).toBe(200)
  })

  test('does not hold up who looks for more than some seconds, and the picture is there later', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const file = await makePicture()
    const origin = shelf.put((response) => {
      void promise.then(() => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(file))
    })
    const { url } = await world.arriveOne(origin)
    const lookers = Array.from({ length: 12 }, () => look(url))
    // More look than there are connections to the database, and others are served meanwhile.
    expect((await town.call('GET', '/api/v1/timelines/public')).status).toBe(200)
    for (const { status, headers } of await Promise.all(lookers))
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    resolve()
    await town.settled()
    expect([await statusOf(url), shelf.countAsked(origin)]).toEqual([200, 1])
  })
})

test('many who look at once are one request', async () => {
  const file = await makePicture()
  const origin = shelf.put((response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(file), 200)
  })
  const { url, preview_url } = await world.arriveOne(origin)
  const seen = await Promise.all(Array.from({ length: 20 }, (_, index) => statusOf(index % 2 ? url : preview_url)))
  expect(new Set(seen)).toEqual(new Set([200]))
  expect(shelf.countAsked(origin)).toBe(1)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
