import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { Refusal } from '#lib/refusal'
import { makeLog } from '#platform/log'
import { makePicture } from '#test/pictures'
import { openImages, type DrawTask, type Images, type ImagesOptions } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hamlet-images-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let images: Images | undefined
afterEach(() => images?.close())

const open = (options: Partial<ImagesOptions> = {}) => (images = openImages({ log: makeLog(() => {}), ...options }))
const odd = { file: join(import.meta.dirname, 'odd-child.fixture.ts'), timeoutMs: 2_000 }
const taskOf = (path: string): DrawTask => ({
  path,
  maxPixels: 1_000_000,
  maxFramePixels: 1_000_000,
  shapes: { whole: { within: 10_000 }, frame: { cover: { width: 40, height: 20 } } },
})
const reasonOf = async (drawing: Promise<unknown>) => {
  const error = await drawing.catch((caught: unknown) => caught)
  return error instanceof Refusal ? error.reason : error
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const pidOf = async (one: Images) => (JSON.parse((await one.draw(taskOf('fine'))).blurhash) as [number])[0]

describe('a picture', () => {
  test('is drawn in the shapes that are asked for', async () => {
    const path = join(folder, 'one')
    writeFileSync(path, await makePicture('png', { width: 400, height: 100 }))
    const { files, blurhash } = await open().draw(taskOf(path))
    expect([files.whole?.width, files.whole?.height, files.whole?.extension]).toEqual([200, 50, 'png'])
    expect([files.frame?.width, files.frame?.height]).toEqual([40, 20])
    expect(blurhash.length).toBeGreaterThan(20)
  })

  test.each([
    ['nothing there', 'nowhere'],
    ['a folder', folder],
  ])('that is %s is refused', async (_name, path) => {
    expect(await reasonOf(open().draw(taskOf(path)))).toBe('invalid')
  })
})

describe('the process of pictures', () => {
  test('may die: that picture is refused, the next one is drawn by a new process', async () => {
    const one = open(odd)
    const before = await pidOf(one)
    expect(await reasonOf(one.draw(taskOf('die')))).toBe('invalid')
    expect(await pidOf(one)).not.toBe(before)
  })

  test('may die between two pictures without a word', async () => {
    const one = open(odd)
    await one.draw(taskOf('die later'))
    await new Promise((done) => setTimeout(done, 100))
    expect(await pidOf(one)).toBeGreaterThan(0)
  })

  test.each(['hang', 'spin'])('that does %s is ended, and those that wait are drawn', async (how) => {
    const one = open({ ...odd, timeoutMs: 300 })
    const stuck = one.draw(taskOf(how))
    const waiting = pidOf(one)
    expect(await reasonOf(stuck)).toBe('invalid')
    expect(await waiting).toBeGreaterThan(0)
  })

  test('knows nothing of the server: its environment is empty', async () => {
    const [, names] = JSON.parse((await open(odd).draw(taskOf('fine'))).blurhash) as [number, string[]]
    expect(names.filter((name) => name !== 'NODE_CHANNEL_FD' && name !== 'NODE_CHANNEL_SERIALIZATION_MODE')).toEqual([])
  })

  test('ends when idle, and when the house closes', async () => {
    const one = open({ ...odd, idleMs: 20 })
    const pid = await pidOf(one)
    await expect.poll(() => isAlive(pid)).toBe(false)
    const next = await pidOf(one)
    one.close()
    await expect.poll(() => isAlive(next)).toBe(false)
  })

  test('takes a bounded number of pictures at once', async () => {
    const one = open(odd)
    const all = await Promise.all(Array.from({ length: 40 }, () => reasonOf(one.draw(taskOf('fine')))))
    expect(all.filter((reason) => reason === 'tooMany')).toHaveLength(8)
    expect(await pidOf(one)).toBeGreaterThan(0)
  })

  test('that does not start is our own fault, not the picture’s', async () => {
    const error = await open({ file: join(folder, 'missing.ts') })
      .draw(taskOf('fine'))
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(Refusal)
  })
})
