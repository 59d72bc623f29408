import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prunePacks, storeEmojis } from '#features/emojis'
import { requireRoleId } from '#features/roles'
import type { Host } from '#lib/host'
import { transact } from '#platform/context'
import { writeZip } from '#platform/zip'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/emojis'
const PACKS = '/api/web/admin/emoji_packs'
let town: TestTown
let shelf: PictureHost
let oda: Person
let small: Buffer
beforeAll(async () => {
  ;[town, shelf] = [await startTown({ isReachable: true }), await startPictureHost()]
  oda = await town.person('oda', 'read write admin:read admin:write')
  const role_id = requireRoleId('admin')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
  small = await makePicture('png', { width: 32, height: 32 })
})
afterAll(async () => {
  for (const one of [shelf, town]) await one[Symbol.asyncDispose]()
})
beforeEach(async () => {
  for (const table of ['custom_emojis', 'emoji_packs', 'audit_log'] as const)
    await town.ctx.db.deleteFrom(table).execute()
})

type Parts = Record<string, string | Buffer>
const add = (parts: Parts, who = oda) =>
  town.call('POST', PATH, { token: who.token, parts: { image: small, ...parts } })
const list = async (query = '') => (await town.call('GET', `${PATH}${query}`, { token: oda.token })).body
const act = (json: Record<string, unknown>) => town.call('POST', `${PATH}/acts`, { token: oda.token, json })
const names = (rows: { shortcode: string }[]) => rows.map(({ shortcode }) => shortcode)
const offered = async () => names((await town.call('GET', '/api/v1/custom_emojis')).body)
const log = async () =>
  (await town.ctx.db.selectFrom('audit_log').select(['action', 'target_label']).orderBy('id').execute()).map(
    ({ action, target_label }) => `${action} ${target_label}`,
  )
const files = () =>
  readdirSync(join(town.ctx.config.dataDir, 'media/emoji'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ).length
async function arrive(host: string, ...emojis: [string, string][]) {
  const found = emojis.map(([shortcode, url]) => ({ shortcode, url, uri: null, updated: undefined }))
  await transact(town.ctx, (tx) => storeEmojis(tx, host as Host, found))
}

describe('emoji of this server', () => {
  test('are added from a picture, found again, and written down', async () => {
    const made = await add({ shortcode: ':fern:', category: ' Plants ' })
    expect(made).toMatchObject({
      status: 200,
      body: { shortcode: 'fern', category: 'Plants', host: null, disabled: false, is_here: false },
    })
    await add({ shortcode: 'moss', unlisted: 'true' })
    await add({ shortcode: 'anchor' })
    expect(names(await list())).toEqual(['anchor', 'fern', 'moss'])
    expect(names(await list('?q=Er'))).toEqual(['fern'])
    expect(names(await list('?q=%25'))).toEqual([])
    expect(names(await list('?category=Plants'))).toEqual(['fern'])
    expect(names(await list('?category='))).toEqual(['anchor', 'moss'])
    expect(names(await list('?state=unlisted'))).toEqual(['moss'])
    expect(names(await list(`?limit=1&after=${made.body.id}`))).toEqual(['moss'])
    const page = await town.call('GET', `${PATH}?limit=2`, { token: oda.token })
    expect(page.headers.get('link')).toContain(`after=${made.body.id}>; rel="next"`)
    expect((await town.call('GET', `${PATH}/categories`, { token: oda.token })).body).toEqual([
      { name: 'Plants', emojis: 1 },
      { name: null, emojis: 2 },
    ])
    expect(await log()).toEqual(['emoji.add :fern:', 'emoji.add :moss:', 'emoji.add :anchor:'])
  })

  test.each<[Parts, number, RegExp]>([
    [{ shortcode: 'x' }, 422, /no name for an emoji/],
    [{ shortcode: 'fine', image: Buffer.from('<svg/>') }, 422, /not a picture/],
    [{ shortcode: 'fine', image: 'large' }, 422, /0.25 MB/],
    [{ shortcode: 'fern' }, 409, /already/],
  ])('%o is refused, and nothing stays', async (parts, status, words) => {
    await add({ shortcode: 'fern' })
    const large = { image: await makePicture('png', { width: 500, height: 500 }) }
    const answer = await add({ ...parts, ...(parts.image === 'large' ? large : {}) })
    expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(words) } })
    expect(names(await list())).toEqual(['fern'])
    expect(await log()).toHaveLength(1)
  })

  test('without a picture nothing is added', async () => {
    expect((await town.call('POST', PATH, { token: oda.token, json: { shortcode: 'fern' } })).status).toBe(400)
  })

  test('many are changed at once, a second press changes nothing, and what is gone is said', async () => {
    const before = files()
    const ids: string[] = []
    for (const shortcode of ['fern', 'moss']) ids.push((await add({ shortcode })).body.id)
    const done = [
      { id: ids[0], shortcode: 'fern', problem: null },
      { id: ids[1], shortcode: 'moss', problem: null },
    ]
    for (const [what, then] of [
      ['unlist', []],
      ['list', ['fern', 'moss']],
      ['disable', []],
      ['enable', ['fern', 'moss']],
    ] as const) {
      for (const _ of [1, 2]) expect((await act({ ids, act: what })).body).toEqual(done)
      expect(await offered()).toEqual(then)
    }
    await act({ ids, act: 'sort', category: 'Plants' })
    expect(names(await list('?category=Plants'))).toEqual(['fern', 'moss'])
    await act({ ids: [ids[0]], act: 'sort', category: null })
    expect(names(await list('?category=Plants'))).toEqual(['moss'])
    const written = await log()
    expect(written.filter((line) => line.endsWith(':moss:'))).toEqual(
      ['add', 'unlist', 'list', 'disable', 'enable', 'sort'].map((what) => `emoji.${what} :moss:`),
    )
    expect((await act({ ids, act: 'delete' })).body).toEqual(done)
    expect((await act({ ids, act: 'delete' })).status).toBe(404)
    expect((await act({ ids: ['x'], act: 'enable' })).status).toBe(404)
    expect((await act({ ids, act: 'paint' })).status).toBe(422)
    await town.settled()
    expect(files()).toBe(before)
  })

  test('whose role does not say so sees nothing and changes nothing', async () => {
    const ines = await town.person(`ines_${Date.now()}`, 'read write admin:read admin:write')
    expect((await add({ shortcode: 'fern' }, ines)).status).toBe(403)
    expect((await town.call('GET', PATH, { token: ines.token })).status).toBe(403)
    expect(await list()).toEqual([])
  })

  test('a list costs the same for one as for many', async () => {
    await add({ shortcode: 'fern' })
    const cost = () => town.countStatements(() => list())
    await list()
    const one = await cost()
    for (const shortcode of ['moss', 'anchor', 'wave']) await add({ shortcode })
    expect(await cost()).toBe(one)
  })
})

describe('emoji of other servers', () => {
  test('are listed by server, copied with their picture, and disabled', async () => {
    await add({ shortcode: 'fern' })
    await arrive('far.example', ['fern', shelf.put(small, 'image/png')], ['gone', `${shelf.url}/nothing`])
    await arrive('near.example', ['wave', shelf.put(small, 'image/png')])
    expect(await list('?origin=remote')).toMatchObject([
      { shortcode: 'fern', host: 'far.example', is_here: true },
      { shortcode: 'gone', host: 'far.example', is_here: false },
      { shortcode: 'wave', host: 'near.example', is_here: false },
    ])
    expect(names(await list('?host=Near.example'))).toEqual(['wave'])
    const ids = (await list('?origin=remote')).map(({ id }: { id: string }) => id)
    expect((await act({ ids, act: 'copy', category: 'Sea' })).body).toMatchObject([
      { shortcode: 'fern', problem: 'There is an emoji :fern: already' },
      { shortcode: 'gone', problem: 'far.example has not given the picture. Try again in a while.' },
      { shortcode: 'wave', problem: null },
    ])
    expect(await list('?origin=local')).toMatchObject([{ shortcode: 'fern' }, { shortcode: 'wave', category: 'Sea' }])
    expect(await log()).toEqual(['emoji.add :fern:', 'emoji.copy :wave: of near.example'])
    expect((await act({ ids: [ids[0]], act: 'delete' })).body).toMatchObject([
      { problem: 'It is one of far.example. It can be disabled or copied here.' },
    ])
    await act({ ids: [ids[0]], act: 'disable' })
    expect(names(await list('?state=disabled'))).toEqual(['fern'])
  })
})

describe('packs', () => {
  const zip = async (files: Record<string, Buffer | string>): Promise<Buffer> => {
    const folder = mkdtempSync(join(tmpdir(), 'hamlet-pack-'))
    const path = join(folder, 'pack.zip')
    await writeZip(
      path,
      (async function* () {
        for (const [name, content] of Object.entries(files))
          yield {
            name,
            read: async function* () {
              yield content
            },
          }
      })(),
      new Date(),
    )
    const { readFileSync } = await import('node:fs')
    const content = readFileSync(path)
    rmSync(folder, { recursive: true })
    return content
  }
  const tar = (files: Record<string, Buffer>): Buffer =>
    gzipSync(
      Buffer.concat([
        ...Object.entries(files).flatMap(([name, content]) => {
          const head = Buffer.alloc(512)
          head.write(name)
          head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
          head.write('0', 156)
          head.write('ustar\0', 257)
          return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
        }),
        Buffer.alloc(1024),
      ]),
    )
  const bring = (data: Buffer, more: Parts = {}) =>
    town.call('POST', PACKS, { token: oda.token, parts: { data, ...more } })
  const packs = async () => (await town.call('GET', PACKS, { token: oda.token })).body

  test('a zip brings its pictures under the names of its own list, and says what could not be taken', async () => {
    await add({ shortcode: 'fern', category: 'Old' })
    const meta = { emojis: [{ fileName: 'f1.png', emoji: { name: 'tall_fern', category: 'Plants' } }, null] }
    const broken = Buffer.from('no picture')
    const data = await zip({
      'meta.json': JSON.stringify(meta),
      'f1.png': small,
      'fern.png': small,
      'a b.png': small,
      'bad.png': broken,
      'x.png': small,
      '__MACOSX/._f1.png': broken,
      'readme.txt': 'hello',
    })
    expect((await bring(data)).body).toMatchObject({ state: 'running', total: 5 })
    await town.settled()
    expect(await packs()).toMatchObject([
      {
        state: 'finished',
        total: 5,
        done: 5,
        added: 2,
        problems: [
          { name: 'bad.png', problem: expect.stringContaining('not a picture') },
          { name: 'fern.png', problem: 'There is an emoji :fern: already' },
          { name: 'x.png', problem: expect.stringContaining('no name') },
        ],
      },
    ])
    expect(await list()).toMatchObject([
      { shortcode: 'a_b', category: null },
      { shortcode: 'fern', category: 'Old' },
      { shortcode: 'tall_fern', category: 'Plants' },
    ])
    expect(readdirSync(join(town.ctx.config.dataDir, 'emoji-packs'))).toEqual([])
    expect((await log()).at(-1)).toMatch(/^emoji.import /)
  })

  test('a tar.gz likewise, under one heading and in place of what was there', async () => {
    const before = (await add({ shortcode: 'fern' })).body.url
    const parts = { category: 'Sea', replaces: 'true' }
    await bring(tar({ 'set/fern.png': small, 'set/wave.png': small }), parts)
    await town.settled()
    const after = await list()
    expect(after).toMatchObject([
      { shortcode: 'fern', category: 'Sea' },
      { shortcode: 'wave', category: 'Sea' },
    ])
    expect(after[0].url).not.toBe(before)
  })

  test('what goes out comes in again elsewhere', async () => {
    await add({ shortcode: 'fern', category: 'Plants' })
    await add({ shortcode: 'moss' })
    const answer = await fetch(`${town.address}${PATH}/pack.zip`, { headers: { authorization: `Bearer ${oda.token}` } })
    expect(answer.headers.get('content-disposition')).toMatch(/attachment; filename="localhost-\d+-emoji.zip"/)
    const pack = Buffer.from(await answer.arrayBuffer())
    const ids = (await list()).map(({ id }: { id: string }) => id)
    await act({ ids, act: 'delete' })
    await bring(pack)
    await town.settled()
    expect(await list()).toMatchObject([
      { shortcode: 'fern', category: 'Plants' },
      { shortcode: 'moss', category: null },
    ])
    expect((await town.call('GET', `${PATH}/pack.zip?category=None`, { token: oda.token })).status).toBe(404)
  })

  test.each([
    ['no archive', async () => Buffer.from('hello')],
    ['a damaged tar', async () => gzipSync(Buffer.alloc(2048, 'x'))],
    ['a zip without pictures', async () => zip({ 'readme.txt': 'hello' })],
    ['a list that cannot be read', async () => zip({ 'meta.json': '{', 'a.png': small })],
  ])('%s is refused, and nothing stays', async (_name, make) => {
    expect((await bring(await make())).status).toBe(422)
    expect(await packs()).toEqual([])
    expect(await log()).toEqual([])
  })

  test('two at once are one, and old ones go', async () => {
    const data = await zip({ 'fern.png': small })
    const answers = await Promise.all([bring(data), bring(data), bring(data)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await town.settled()
    expect(names(await list())).toEqual(['fern'])
    town.clock.advance(8 * 24 * 3_600_000)
    await prunePacks(town.ctx)
    expect(await packs()).toEqual([])
  })
})
