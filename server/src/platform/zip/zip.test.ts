import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openPromise } from 'yauzl'
import { writeZip, type ZipEntry } from '#platform/zip'

const folder = mkdtempSync(join(tmpdir(), 'hamlet-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function* entries(asked: string[]): AsyncGenerator<ZipEntry> {
  for (const name of ['a.json', 'media/b.png', 'empty.csv']) {
    asked.push(name)
    yield {
      name,
      isCompressed: name.endsWith('.json'),
      read: async function* () {
        if (name !== 'empty.csv')
          for (let n = 0; n < 300; n += 1) yield n % 2 ? 'x'.repeat(1000) : Buffer.alloc(1000, 'y')
      },
    }
  }
}

test('holds every entry whole, is ours alone to read, and fails when an entry does', async () => {
  const path = join(folder, 'one.zip')
  const asked: string[] = []
  const bytes = await writeZip(path, entries(asked), new Date('2026-01-01'))
  expect(asked).toHaveLength(3)
  expect([statSync(path).size, statSync(path).mode & 0o777]).toEqual([bytes, 0o600])
  const zip = await openPromise(path, { lazyEntries: true })
  const sizes: [string, number][] = []
  for await (const entry of zip.eachEntry()) sizes.push([entry.fileName, entry.uncompressedSize])
  expect(sizes).toEqual([
    ['a.json', 300_000],
    ['media/b.png', 300_000],
    ['empty.csv', 0],
  ])
  async function* broken(): AsyncGenerator<ZipEntry> {
    yield {
      name: 'x',
      read: async function* () {
        yield 'some'
        throw new Error('the disk is gone')
      },
    }
  }
  await expect(writeZip(join(folder, 'two.zip'), broken(), new Date())).rejects.toThrow('the disk is gone')
  expect(readdirSync(folder), 'and leaves nothing half-written').toEqual(['one.zip'])
})
