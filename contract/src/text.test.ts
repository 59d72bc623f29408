import { describe, expect, test } from 'vitest'
import { countCharacters, findEntities, normaliseTagName } from './text.ts'

const shown = (text: string) =>
  findEntities(text).map(
    (entity) =>
      `${entity.kind}:${entity.kind === 'url' ? entity.url : entity.kind === 'mention' ? [entity.username, entity.domain].filter(Boolean).join('@') : entity.name}`,
  )

describe('what is found in a text', () => {
  test.each<[string, string[]]>([
    ['hello @ines', ['mention:ines']],
    ['@bram@polder.example, look', ['mention:bram@polder.example']],
    ['@bob@localhost:4002 hi', ['mention:bob@localhost:4002']],
    ['@ines. And @a.b_c-d', ['mention:ines', 'mention:a.b_c-d']],
    ['mail me at ines@example.org', []],
    ['#TidePools and #小さな庭 and #1999', ['hashtag:TidePools', 'hashtag:小さな庭']],
    ['word#not (#yes)', ['hashtag:yes']],
    ['https://example.org/a_(b).', ['url:https://example.org/a_(b)']],
    ['(see https://example.org/x)', ['url:https://example.org/x']],
    ['https://example.org/#frag @x', ['url:https://example.org/#frag', 'mention:x']],
    ['https://example.org/@ines', ['url:https://example.org/@ines']],
    ['http:// alone', []],
    ['javascript:alert(1) https://', []],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected))

  test('every entity names its own place in the text', () => {
    const text = 'a @b@c.example #d https://e.example/f.'
    expect(findEntities(text).map((entity) => text.slice(entity.start, entity.end))).toEqual([
      '@b@c.example',
      '#d',
      'https://e.example/f',
    ])
  })

  test('hostile text comes to an end', () => {
    for (const unit of ['@a.', '@a@b.', '#a', 'https://', '((((', '@@', 'a.-'])
      expect(Array.isArray(findEntities(unit.repeat(30_000)))).toBe(true)
  })
})

describe('what counts', () => {
  test.each<[string, number]>([
    ['', 0],
    ['four', 4],
    ['👩‍👩‍👧‍👦', 1],
    ['https://example.org/a/very/long/address/indeed/it/is', 23],
    ['@bram@polder.example', 5],
    ['see https://example.org', 27],
  ])('%s', (text, expected) => expect(countCharacters(text)).toBe(expected))
})

test('tags are found by one name however they are written', () => {
  expect(normaliseTagName('TidePools')).toBe('tidepools')
  expect(normaliseTagName('Ｃafé')).toBe('cafe')
  expect(normaliseTagName('小さな庭')).toBe('小さな庭')
  expect(normaliseTagName('がくせい')).toBe('がくせい')
})
