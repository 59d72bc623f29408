import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeConfig, readConfig, renderConfigurationDocs, storeVariables } from '#platform/config'

test('the defaults make a server for this machine', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    port: 3000,
    domain: 'localhost:3000',
    url: 'http://localhost:3000',
    domainGiven: false,
    listenHost: '127.0.0.1',
    mailFrom: 'hamlet@localhost',
  })
  expect(config.roles).toEqual(['web', 'worker', 'streaming'])
})

test('a public name means https, and is kept as the A-label in lower case', () => {
  expect(readConfig({ HAMLET_DOMAIN: 'Bücher.Example' })).toMatchObject({
    domain: 'xn--bcher-kva.example',
    url: 'https://xn--bcher-kva.example',
  })
})

test('every fault is reported at once, in plain words', () => {
  const read = () =>
    readConfig({
      PORT: 'many',
      HAMLET_ROLES: 'web,cook',
      HAMLET_DOMAIN: 'not a host',
      HAMLET_ALLOW_PRIVATE_NETWORKS: 'everything',
    })
  expect(read).toThrow(
    /PORT must be a number.*HAMLET_ROLES must name.*HAMLET_ALLOW_PRIVATE_NETWORKS "everything".*HAMLET_DOMAIN "not a host"/,
  )
})

test('what the wizard decided is read after the environment', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-config-'))
  writeFileSync(join(dataDir, 'hamlet.env'), 'HAMLET_DOMAIN=kept.example\nPORT=4000\n')
  expect(readConfig({ HAMLET_DATA_DIR: dataDir, PORT: '5000' })).toMatchObject({
    domain: 'kept.example',
    port: 5000,
    domainGiven: true,
  })
  rmSync(dataDir, { recursive: true })
})

test('what is stored keeps the other lines of the file, and nobody else can read it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-config-'))
  const file = join(dataDir, 'hamlet.env')
  storeVariables(dataDir, { HAMLET_DOMAIN: 'first.example' })
  expect(readFileSync(file, 'utf8')).toBe('HAMLET_DOMAIN=first.example\n')
  writeFileSync(file, '# mine\nHAMLET_DOMAIN=first.example\n\nPORT=4000')
  storeVariables(dataDir, { HAMLET_DOMAIN: 'second.example' })
  expect(readFileSync(file, 'utf8')).toBe('# mine\n\nPORT=4000\nHAMLET_DOMAIN=second.example\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readConfig({ HAMLET_DATA_DIR: dataDir })).toMatchObject({ domain: 'second.example', domainFixed: false })
  const fixed = readConfig({ HAMLET_DATA_DIR: dataDir, HAMLET_DOMAIN: 'third.example' })
  expect(fixed).toMatchObject({ domain: 'third.example', domainFixed: true })
  rmSync(dataDir, { recursive: true })
  expect(() => storeVariables(dataDir, { HAMLET_DOMAIN: 'x.example' })).toThrow(/hamlet\.env cannot be written/)
})

test('secrets do not show', () => {
  const lines = describeConfig(
    readConfig({ DATABASE_URL: 'postgres://me:hunter2@db/x', HAMLET_SMTP_URL: 'smtps://a:b@c' }),
  ).join('\n')
  expect(lines).toContain('DATABASE_URL=[secret]')
  expect(lines).not.toMatch(/hunter2|smtps/)
})

test('the operator reads what the code reads', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8')
  expect(page, 'run npm run docs:configuration').toBe(renderConfigurationDocs())
})
