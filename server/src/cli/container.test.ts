import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '#platform/config'
import { hintAtContainer } from './container.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hamlet-root-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string, text = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test.each([
  ['.dockerenv', ''],
  ['run/.containerenv', ''],
  ['proc/1/cgroup', '0::/kubepods/besteffort/pod42'],
])('in a container (%s) that listens to itself alone, the start says how to let others in', (path, content) => {
  put(path, content)
  expect(hintAtContainer(readConfig({}), root)).toContain('HOST=0.0.0.0')
  expect(hintAtContainer(readConfig({ HOST: '0.0.0.0' }), root)).toBeUndefined()
})

test('on a machine there is nothing to say', () => {
  put('proc/1/cgroup', '0::/init.scope')
  expect(hintAtContainer(readConfig({}), root)).toBeUndefined()
  expect(hintAtContainer(readConfig({}), join(root, 'empty'))).toBeUndefined()
})
