import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import webPush from 'web-push'
import { keepSecret, keepVapidKeys } from '#platform/secrets'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hamlet-secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

test('a secret is made once, and nobody else can read it', () => {
  let made = 0
  const make = () => `secret ${(made += 1)}`
  expect([keepSecret(dataDir, 'one', make), keepSecret(dataDir, 'one', make)]).toEqual(['secret 1', 'secret 1'])
  expect(made).toBe(1)
  expect([modeOf(join(dataDir, 'secrets')), modeOf(join(dataDir, 'secrets/one'))]).toEqual([0o700, 0o600])
  expect(readdirSync(join(dataDir, 'secrets'))).toEqual(['one'])
})

test('of two processes that make one together the first wins, and both have the same', () => {
  let other = ''
  const mine = keepSecret(dataDir, 'one', () => {
    other = keepSecret(dataDir, 'one', () => 'theirs')
    return 'mine'
  })
  expect([mine, other]).toEqual(['theirs', 'theirs'])
})

test('the keys for push are kept, and the push library signs with them', () => {
  const keys = keepVapidKeys(dataDir)
  expect(keepVapidKeys(dataDir)).toEqual(keys)
  expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65)
  expect(Buffer.from(keys.privateKey, 'base64url')).toHaveLength(32)
  const headers = webPush.getVapidHeaders(
    'https://push.example',
    'mailto:a@example.org',
    keys.publicKey,
    keys.privateKey,
    'aes128gcm',
  )
  expect(headers.Authorization).toContain(keys.publicKey)
  expect(modeOf(join(dataDir, 'secrets/vapid'))).toBe(0o600)
})

test.each([['short'], [Buffer.alloc(32).toString('base64url')]])('a damaged key (%s) is not replaced', (damaged) => {
  keepVapidKeys(dataDir)
  writeFileSync(join(dataDir, 'secrets/vapid'), damaged)
  expect(() => keepVapidKeys(dataDir)).toThrow(/holds no P-256 private key/)
})
