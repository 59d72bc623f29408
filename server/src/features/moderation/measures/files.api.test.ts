import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makePicture, upload } from '#test/pictures'
import { purgeOld } from './jobs.ts'
import { DAY, openBench, type Bench } from '#test/measures-bench'

vi.setConfig({ testTimeout: 60_000 })

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

describe('files of what is not there', () => {
  /** Where somebody's pictures are: on a post, of themselves, and one that no post holds yet. */
  async function furnish() {
    const who = await bench.fresh()
    const picture = (await upload(bench.town, who.token)).body
    const loose = (await upload(bench.town, who.token)).body
    const post = await bench.say(who, { media_ids: [picture.id] })
    const parts = { avatar: await makePicture('jpeg'), header: await makePicture('jpeg') }
    const { body } = await bench.town.call('PATCH', '/api/v1/accounts/update_credentials', { token: who.token, parts })
    const files = {
      original: picture.url,
      small: picture.preview_url,
      loose: loose.url,
      avatar: body.avatar,
      header: body.header,
    }
    return { who, post, files }
  }
  const statusOf = async (url: string) => (await bench.town.call('GET', new URL(url).pathname)).status
  const seen = async (files: Record<string, string>) => {
    await bench.town.settled()
    const found = await Promise.all(Object.entries(files).map(async ([name, url]) => [name, await statusOf(url)]))
    return Object.fromEntries(found)
  }
  const ALL = { original: 200, small: 200, loose: 200, avatar: 200, header: 200 }
  const NONE = { original: 404, small: 404, loose: 404, avatar: 404, header: 404 }

  test('those of a removed post are under no address, and again under the same when it is given back', async () => {
    const { who, post, files } = await furnish()
    expect(await seen(files)).toEqual(ALL)
    const id = await bench.report(who, [post.id])
    await bench.decide(id, { decision: 'delete' })
    expect(await seen(files)).toEqual({ ...ALL, original: 404, small: 404 })
    // Neither by the place where they lie meanwhile, nor by an address that is oddly written.
    const key = new URL(files.original).pathname.replace('/media/', '')
    for (const path of [`withheld/${key}`, `withheld/withheld/${key}`, `./withheld/${key}`, `%77ithheld/${key}`])
      expect([path, (await bench.town.call('GET', `/media/${path}`)).status]).toEqual([path, 404])
    await bench.undo(who.accountId)
    expect(await seen(files)).toEqual(ALL)
  })

  test('those of somebody who is suspended neither, whatever else holds; a limit takes nothing', async () => {
    const { who, post, files } = await furnish()
    await bench.act(who.accountId, { type: 'silence' })
    expect(await seen(files)).toEqual(ALL)
    await bench.decide(await bench.report(who, [post.id]), { decision: 'delete' })
    const removal = (await bench.lastStrike(who.accountId)).id
    await bench.act(who.accountId, { type: 'suspend' })
    expect(await seen(files)).toEqual(NONE)
    // The post is given back while its author is still shut out: its pictures are theirs.
    await bench.undoOf(removal)
    expect(await seen(files)).toEqual(NONE)
    await bench.undo(who.accountId)
    expect(await seen(files)).toEqual(ALL)
  })

  test('once they are deleted for good nothing lies anywhere', async () => {
    const { who, post, files } = await furnish()
    await bench.decide(await bench.report(who, [post.id]), { decision: 'delete' })
    await bench.town.settled()
    const folder = join(bench.town.ctx.config.dataDir, 'media')
    const key = new URL(files.original).pathname.replace('/media/', '')
    expect([existsSync(join(folder, key)), existsSync(join(folder, 'withheld', key))]).toEqual([false, true])
    bench.town.clock.advance(31 * DAY * 1000)
    await purgeOld(bench.town.ctx)
    await bench.town.settled()
    expect(existsSync(join(folder, 'withheld', key))).toBe(false)
    expect(await seen(files)).toEqual({ ...ALL, original: 404, small: 404 })
  })
})
