import { expect, test } from 'vitest'
import { readShared } from './share.tsx'

test.each([
  [{ title: 'A page', text: 'worth reading', url: 'https://x.test/1' }, 'A page\nworth reading\nhttps://x.test/1'],
  [{ text: 'see https://x.test/1', url: 'https://x.test/1' }, 'see https://x.test/1'],
  [{ title: 'https://x.test/1', url: 'https://x.test/1' }, 'https://x.test/1'],
  [{ text: '  ' }, ''],
  [{}, ''],
])('what is shared is said once: %j', (given, text) => {
  expect(readShared(new URLSearchParams(given as Record<string, string>))).toBe(text)
})
