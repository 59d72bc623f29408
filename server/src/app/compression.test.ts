import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { request as ask } from 'node:http'
import { expect, test } from 'vitest'
import { startTown } from '#test/test-town'

type Raw = { encoding: string | undefined; vary: string | undefined; body: Buffer }

/** As the bytes come: fetch would unpack them. */
function get(address: string, accepts: string | undefined): Promise<Raw> {
  const headers = accepts === undefined ? {} : { 'accept-encoding': accepts }
  return new Promise((done, fail) => {
    ask(address, { headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        done({ encoding: answer.headers['content-encoding'], vary: answer.headers.vary, body: Buffer.concat(parts) }),
      )
    })
      .on('error', fail)
      .end()
  })
}

test('text is packed for who accepts it, and says the same; built files are packed as far as it goes', async () => {
  await using town = await startTown()
  const page = await get(`${town.url}/about`, undefined)
  expect(page.encoding).toBeUndefined()
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(page.body.toString())?.[1] ?? ''
  const plain = await get(town.url + style, undefined)
  const packed = await get(town.url + style, 'gzip, deflate, br')
  expect([packed.encoding, packed.vary]).toEqual(['br', 'Accept-Encoding'])
  expect(brotliDecompressSync(packed.body).equals(plain.body)).toBe(true)
  expect(packed.body.length).toBeLessThan(plain.body.length / 4)

  const api = `${town.url}/api/v2/instance`
  const json = await get(api, 'gzip')
  expect(json.encoding).toBe('gzip')
  expect(JSON.parse(gunzipSync(json.body).toString())).toEqual(JSON.parse((await get(api, undefined)).body.toString()))
  expect((await get(api, 'br')).encoding).toBe('br')
  expect((await get(`${town.url}/health/live`, 'br')).encoding, 'little is sent as it is').toBeUndefined()
})
