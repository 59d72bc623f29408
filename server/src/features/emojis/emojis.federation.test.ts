import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEmoji, removeEmoji, sweepEmojiFiles, type NewEmoji } from '#features/emojis'
import { transact } from '#platform/context'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture } from '#test/pictures'
import { show } from '#test/picture-world'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
let folder: string
let here: TestTown
let there: TestTown
let peer: Peer
let shelf: PictureHost
let ines: Person
let bram: Person
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hamlet-emoji-'))
  ;[here, there] = [await startTown({ isReachable: true }), await startTown({ isReachable: true })]
  ;[peer, shelf] = [await startPeer(), await startPictureHost()]
  ;[ines, bram] = [await here.person('ines'), await there.person('bram')]
})
afterAll(async () => {
  for (const one of [shelf, peer, here, there]) await one[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const fileOf = (name: string, content: Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
/** Two frames, one black and one white. */
async function makeMotion(): Promise<Buffer> {
  const frames = Buffer.concat([Buffer.alloc(16 * 16 * 3, 0), Buffer.alloc(16 * 16 * 3, 255)])
  return sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
    .gif({ delay: [100, 100] })
    .toBuffer()
}
const add = async (town: TestTown, shortcode: string, more: Partial<NewEmoji> = {}) =>
  addEmoji(town.ctx, {
    shortcode,
    path: fileOf(`${shortcode}.png`, await makePicture('png', { width: 32, height: 32 })),
    ...more,
  })
const get = async (town: TestTown, path: string) => (await town.call('GET', path)).body
const say = async (town: TestTown, who: Person, json: Record<string, unknown>) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json })).body
const codes = (list: { shortcode: string }[]) => list.map((one) => one.shortcode)

describe('emoji of this server', () => {
  beforeAll(async () => {
    await add(here, 'fern', { category: 'Plants' })
    await add(here, ':moss:', { isListed: false })
    await add(here, 'wave', { path: fileOf('wave.gif', await makeMotion()) })
  })

  test('are listed for everybody, what is not offered left out, and shown from here', async () => {
    const answer = await here.call('GET', '/api/v1/custom_emojis')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=180')
    expect(answer.body).toMatchObject([
      { shortcode: 'fern', visible_in_picker: true, category: 'Plants', featured: false },
      { shortcode: 'wave', visible_in_picker: true },
    ])
    const [fern, wave] = answer.body
    expect(fern.static_url).toBe(fern.url)
    expect(wave).not.toHaveProperty('category')
    expect([wave.url, wave.static_url]).toEqual([expect.stringMatching(/\.gif$/), expect.stringMatching(/\.png$/)])
    for (const url of [fern.url, wave.url, wave.static_url]) expect((await fetch(url)).status).toBe(200)
  })

  test('stand in posts, warnings, edits, names, bios and fields, each once', async () => {
    const posted = await say(here, ines, { status: ':wave: :wave: x:fern: 10:30:15 :none:', spoiler_text: ':moss:' })
    expect(codes(posted.emojis)).toEqual(['moss', 'wave'])
    await here.call('PUT', `/api/v1/statuses/${posted.id}`, { token: ines.token, json: { status: 'now :fern:' } })
    const versions = await get(here, `/api/v1/statuses/${posted.id}/history`)
    expect(versions.map((one: { emojis: { shortcode: string }[] }) => codes(one.emojis))).toEqual([
      ['moss', 'wave'],
      ['fern'],
    ])
    const profile = {
      display_name: 'Inês :fern:',
      note: 'hello :wave:',
      fields_attributes: [{ name: ':moss:', value: 'x' }],
    }
    const { body: own } = await here.call('PATCH', '/api/v1/accounts/update_credentials', {
      token: ines.token,
      json: profile,
    })
    expect(codes(own.emojis)).toEqual(['fern', 'wave', 'moss'])
    expect(codes((await get(here, `/api/v1/statuses/${posted.id}`)).account.emojis)).toEqual(['fern', 'wave', 'moss'])
  })

  test('have a document of their own', async () => {
    const row = await here.ctx.db
      .selectFrom('custom_emojis')
      .select(['id'])
      .where('shortcode', '=', 'wave')
      .executeTakeFirstOrThrow()
    const answer = await here.call('GET', `/emojis/${row.id}`)
    expect(answer.headers.get('content-type')).toContain('application/activity+json')
    expect(answer.body).toMatchObject({
      id: `${here.url}/emojis/${row.id}`,
      type: 'Emoji',
      name: ':wave:',
      updated: expect.stringMatching(/Z$/),
      icon: { type: 'Image', mediaType: 'image/gif' },
    })
    for (const id of ['1', 'x', '9999999999999999999'])
      expect((await here.call('GET', `/emojis/${id}`)).status).toBe(404)
  })

  test('keep their name when somebody else wants it, get a new picture when told, and go with their files', async () => {
    await expect(add(here, 'fern')).rejects.toThrow(':fern: already')
    const before = (await get(here, '/api/v1/custom_emojis'))[0].url
    await add(here, 'fern', { replaces: true })
    await here.settled()
    const after = (await get(here, '/api/v1/custom_emojis'))[0].url
    expect(after).not.toBe(before)
    expect([(await fetch(before)).status, (await fetch(after)).status]).toEqual([404, 200])
    await add(here, 'brief')
    await transact(here.ctx, (tx) => removeEmoji(tx, ':brief:'))
    await expect(transact(here.ctx, (tx) => removeEmoji(tx, 'brief'))).rejects.toThrow('no emoji :brief:')
    await sweepEmojiFiles(here.ctx)
    expect((await fetch(after)).status).toBe(200)
  })

  test('twenty who want one name at once: one has it, and no file is left over', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => add(here, 'crowd')))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    await here.settled()
    const folder = join(here.ctx.config.dataDir, 'media/emoji')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const rows = await here.ctx.db.selectFrom('custom_emojis').select(['original_key', 'static_key']).execute()
    const keys = rows.flatMap((row) => [row.original_key, row.static_key]).filter((key) => key !== null)
    expect(files).toHaveLength(keys.length)
  })

  test.each([
    ['x', 'png', /no name/],
    ['fe rn', 'png', /no name/],
    ['a'.repeat(129), 'png', /no name/],
    ['text', 'txt', /not a picture/],
    ['large', 'large', /0.25 MB/],
    ['empty', 'empty', /empty/],
  ])('%s from a file of %s is refused', async (shortcode, kind, message) => {
    const contents: Record<string, Buffer> = {
      png: await makePicture('png'),
      txt: Buffer.from('hello'),
      large: await makePicture('png', { width: 500, height: 500 }),
      empty: Buffer.alloc(0),
    }
    const path = fileOf(`${kind}.png`, contents[kind] as Buffer)
    await expect(addEmoji(here.ctx, { shortcode, path })).rejects.toThrow(message)
  })
})

describe('between two towns', () => {
  const settled = async () => {
    for (const town of [here, there, here, there]) await town.settled()
  }
  let theirs: { id: string; acct: string }
  beforeAll(async () => {
    await add(there, 'mast', { path: fileOf('mast.gif', await makeMotion()) })
    await there.call('PATCH', '/api/v1/accounts/update_credentials', {
      token: bram.token,
      json: { display_name: 'Bram :mast:' },
    })
    const found = await here.call('GET', `/api/v2/search?resolve=true&q=@bram@${there.ctx.config.domain}`, {
      token: ines.token,
    })
    theirs = found.body.accounts[0]
    await here.call('POST', `/api/v1/accounts/${theirs.id}/follow`, { token: ines.token })
    await settled()
  })

  test('they travel with people and posts, and are shown from where they are read', async () => {
    const { emojis } = await get(here, `/api/v1/accounts/${theirs.id}`)
    expect(codes(emojis)).toEqual(['mast'])
    expect(emojis[0].url).toMatch(new RegExp(`^${here.url}/media/remote/emoji/\\d+/[\\w-]{22}/original$`))
    await say(there, bram, { status: 'look :mast: :fern:' })
    await settled()
    const [arrived] = await get(here, `/api/v1/accounts/${theirs.id}/statuses`)
    // Ours may have the same name; theirs do not have it.
    expect(codes(arrived.emojis)).toEqual(['mast'])
    const [moving, still] = await Promise.all([fetch(emojis[0].url), fetch(emojis[0].static_url)])
    expect([moving.headers.get('content-type'), still.headers.get('content-type')]).toEqual(['image/gif', 'image/png'])
    expect(
      (await get(here, '/api/v1/custom_emojis')).some((one: { shortcode: string }) => one.shortcode === 'mast'),
    ).toBe(false)
  })
})

describe('emoji that another server sends', () => {
  let serial = 0
  const arrive = async (tag: unknown, content: string) => {
    serial += 1
    const author = peer.addActor(`author${serial}`)
    const id = `${author.id}/statuses/${serial}`
    peer.documents.set(new URL(id).pathname, { id, type: 'Note', attributedTo: author.id, to: [PUBLIC], content, tag })
    return show(here, ines, id)
  }
  const emoji = <N>(name: N, icon: unknown, more: Record<string, unknown> = {}) => ({
    type: 'Emoji',
    name,
    icon,
    ...more,
  })

  test('come in many forms', async () => {
    const icon = shelf.put(await makePicture('png'), 'image/png')
    const status = await arrive(
      [
        emoji(':one:', { type: 'Image', url: icon }, { id: null }),
        emoji('two', icon),
        emoji(':three:', [{ url: { href: icon } }]),
        emoji(':one:', { url: 'https://second.example/' }),
      ],
      '<p>:one: :two: :three:</p>',
    )
    expect(codes(status.emojis)).toEqual(['one', 'two', 'three'])
    expect((await fetch(status.emojis[0].url)).status).toBe(200)
  })

  test('are passed over when their name or picture is none', async () => {
    const icon = `${shelf.url}/x`
    const status = await arrive(
      [
        emoji('" onerror="x', icon),
        emoji(':a b:', icon),
        emoji(5, icon),
        emoji(':js:', 'javascript:alert(1)'),
        emoji(':data:', { url: 'data:image/png;base64,x' }),
        emoji(':none:', null),
        emoji('x'.repeat(500), icon),
        { type: 'Emoji' },
        null,
        'Emoji',
      ],
      '<p>:js: :data: :none: :a b:</p>',
    )
    expect(status.emojis).toEqual([])
  })

  test('are no more than a hundred for one post', async () => {
    const tags = Array.from({ length: 300 }, (_, n) => emoji(`many_${n}`, `${shelf.url}/${n}`))
    const status = await arrive(tags, `<p>${tags.map(({ name }) => `:${name}:`).join(' ')}</p>`)
    expect(status.emojis).toHaveLength(100)
  })

  test('change with their picture, and when their server says that they are newer', async () => {
    const [first, second] = [
      shelf.put(await makePicture('png'), 'image/png'),
      shelf.put(await makePicture('png'), 'image/png'),
    ]
    const urls: string[] = []
    const old = { updated: '2026-01-01T00:00:00Z' }
    for (const [icon, more] of [
      [first, old],
      [first, old],
      [second, old],
    ] as const) {
      const status = await arrive([emoji(':shift:', icon, more)], ':shift:')
      urls.push(status.emojis[0].url)
      await fetch(status.emojis[0].url)
    }
    expect(urls[1]).toBe(urls[0])
    expect(urls[2]).not.toBe(urls[0])
    expect(shelf.countAsked(first)).toBe(1)
    expect((await fetch(urls[0] as string)).status).toBe(404)
    const newer = await arrive([emoji(':shift:', second, { updated: '2026-02-01T00:00:00Z' })], ':shift:')
    await fetch(newer.emojis[0].url)
    expect(shelf.countAsked(second)).toBe(2)
  })

  test.each([
    ['larger than 256 KB', async () => shelf.put(await makePicture('png', { width: 500, height: 500 }), 'image/png')],
    ['no picture', async () => shelf.put(Buffer.from('<svg onload="x"/>'), 'image/svg+xml')],
  ])('one that is %s is a grey place', async (_name, make) => {
    const name = `odd_${(serial += 1)}`
    const status = await arrive([emoji(name, await make())], `:${name}:`)
    expect((await fetch(status.emojis[0].url)).status).toBe(502)
  })

  test('cannot be ours', async () => {
    const before = await get(here, '/api/v1/custom_emojis')
    await arrive([emoji(':fern:', `${shelf.url}/evil`, { id: `${here.url}/emojis/1` })], ':fern:')
    expect(await get(here, '/api/v1/custom_emojis')).toEqual(before)
  })

  test('many posts with the same ones at the same time store each once', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `same_${n}`)
    const tags = (list: string[]) => list.map((name) => emoji(name, `${shelf.url}/${name}`))
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => arrive(tags(n % 2 ? names : names.toReversed()), names.join(' '))),
    )
    const rows = await here.ctx.db
      .selectFrom('custom_emojis')
      .select('shortcode')
      .where('shortcode', 'like', 'same%')
      .execute()
    expect(new Set(codes(rows)).size).toBe(rows.length)
    expect(rows).toHaveLength(20)
  })
})

test('a page of posts costs as many statements however many emoji stand in it', async () => {
  const who = await here.person('prolific')
  for (let n = 0; n < 6; n += 1) await say(here, who, { status: `${n} :fern: :wave:` })
  const read = (limit: number) =>
    here.countStatements(() => here.call('GET', `/api/v1/accounts/${who.accountId}/statuses?limit=${limit}`))
  await read(1)
  expect(await read(6)).toBe(await read(1))
})
