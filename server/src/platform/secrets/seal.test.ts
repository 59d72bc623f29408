import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepSeal } from '#platform/secrets'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hamlet-seal-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('what is sealed opens for whom it was sealed, and after a new start', () => {
  const sealed = keepSeal(dataDir).seal('JBSWY3DPEHPK3PXP', 'totp:1')
  expect(sealed).not.toContain('JBSWY3DPEHPK3PXP')
  expect(keepSeal(dataDir).open(sealed, 'totp:1')).toBe('JBSWY3DPEHPK3PXP')
  expect(statSync(join(dataDir, 'secrets/seal')).mode & 0o777).toBe(0o600)
})

test('the same text is never sealed alike', () => {
  const seal = keepSeal(dataDir)
  expect(seal.seal('one', 'x')).not.toBe(seal.seal('one', 'x'))
})

test('moved to somebody else, changed or cut it does not open', () => {
  const seal = keepSeal(dataDir)
  const sealed = seal.seal('secret', 'totp:1')
  expect(() => seal.open(sealed, 'totp:2')).toThrow()
  for (let at = 3; at < sealed.length; at += 5) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    expect(() => seal.open(sealed.slice(0, at) + other + sealed.slice(at + 1), 'totp:1')).toThrow()
  }
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (const last of letters.replace(sealed.at(-1)!, ''))
    expect(() => seal.open(sealed.slice(0, -1) + last, 'totp:1'), last).toThrow()
  for (const bad of ['', 'v1.', 'v1.AAAA', sealed.slice(3), sealed.slice(0, -8)])
    expect(() => seal.open(bad, 'totp:1')).toThrow()
})

test('machines that share a database share a key by the environment', () => {
  const key = randomBytes(32).toString('base64')
  const other = mkdtempSync(join(tmpdir(), 'hamlet-seal-'))
  expect(keepSeal(other, key).open(keepSeal(dataDir, key).seal('x', 'c'), 'c')).toBe('x')
  expect(() => keepSeal(other).open(keepSeal(dataDir, key).seal('x', 'c'), 'c')).toThrow()
  rmSync(other, { recursive: true, force: true })
})

test.each(['short', Buffer.alloc(31).toString('base64'), 'not base64 at all, but long enough to be one ##'])(
  'a key that is none (%s) stops the start in words, and is not replaced',
  (bad) => {
    keepSeal(dataDir)
    writeFileSync(join(dataDir, 'secrets/seal'), bad)
    expect(() => keepSeal(dataDir)).toThrow('Restore it from a backup')
    expect(readFileSync(join(dataDir, 'secrets/seal'), 'utf8')).toBe(bad)
    expect(() => keepSeal(dataDir, bad)).toThrow('HAMLET_SEAL_KEY holds no key')
  },
)
