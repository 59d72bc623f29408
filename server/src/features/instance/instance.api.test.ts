import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

test.each(['/api/v1/instance', '/api/v2/instance'])('%s names the key that browsers subscribe to', async (path) => {
  const { public_key } = (await town.call('GET', path)).body.configuration.vapid
  expect(public_key).toBe(town.ctx.vapid.publicKey)
  expect(Buffer.from(public_key, 'base64url')).toHaveLength(65)
})
