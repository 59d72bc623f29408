import { describe, expect, test } from 'vitest'
import {
  countCharacters,
  findEntities,
  findShortcodes,
  isShortcode,
  isUsername,
  normaliseTagName,
  type Entity,
} from './text.ts'

function shown(entity: Entity): string {
  if (entity.kind === 'url') return entity.url
  if (entity.kind === 'hashtag') return `#${entity.name}`
  return `@${[entity.username, entity.domain].filter(Boolean).join('@')}`
}

const found = (text: string) => findEntities(text).map(shown)

describe('mentions', () => {
  test.each<[string, string[]]>([
    ['hello @ines', ['@ines']],
    ['@bram@polder.example, look', ['@bram@polder.example']],
    ['@Bram@Polder.Example', ['@Bram@polder.example']],
    ['@bob@localhost:4002 hi', ['@bob@localhost:4002']],
    ['@bob@localhost:4002.', ['@bob@localhost:4002']],
    ['@bob@polder.example:10am', ['@bob@polder.example']],
    ['@bob@polder.example: yes', ['@bob@polder.example']],
    ['@bob@bücher.example', ['@bob@bücher.example']],
    ['@bob@polder.exampleさん', ['@bob@polder.example']],
    ['@ines. And @a.b_c-d', ['@ines', '@a.b_c-d']],
    ['.@ines says', ['@ines']],
    ['(@ines)', ['@ines']],
    ['"@ines"', ['@ines']],
    ['@@ines', ['@ines']],
    ['こんにちは@ines', []],
    ['mail me at ines@example.org', []],
    ['a/@ines x=@ines', []],
    ['@ines@', []],
    ['@ines@polder.example@x', []],
    ['@josé', []],
    ['@matrix://x', []],
    ['@. @- @', []],
    ['@ines’s', ['@ines']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))
})

describe('hashtags', () => {
  test.each<[string, string[]]>([
    ['#TidePools and #小さな庭 and #1999', ['#TidePools', '#小さな庭']],
    ['＃庭', ['#庭']],
    ['a\n#line', ['#line']],
    ['a　#wide', ['#wide']],
    ['#1year #year1 #_a', ['#1year', '#year1', '#_a']],
    ['#col·lecció #ポン・デ・ライオン #می\u200cخواهم', ['#col·lecció', '#ポン・デ・ライオン', '#می\u200cخواهم']],
    ['#a· b', ['#a']],
    ['#·a #・', []],
    ['#हिन्दी', ['#हिन्दी']],
    ['#a-b #c.d', ['#a', '#c']],
    ['word#not (#not) /#not ##not', []],
    ['#taghttps://example.org', ['#tag']],
    ['# #', []],
    ['#__ #12', []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))
})

describe('links', () => {
  test.each<[string, string[]]>([
    ['https://example.org/a_(b).', ['https://example.org/a_(b)']],
    ['(https://example.org/a_(b).)', ['https://example.org/a_(b)']],
    ['(see https://example.org/x)', ['https://example.org/x']],
    ['[x](https://example.org/)', ['https://example.org/']],
    ['https://example.org/a(b', ['https://example.org/a']],
    ['https://example.org/?a[]=1&b[c]=2', ['https://example.org/?a[]=1&b[c]=2']],
    ['https://example.org/?q=', ['https://example.org/?q=']],
    ['https://example.org/#frag @x', ['https://example.org/#frag', '@x']],
    ['https://example.org/@ines #a', ['https://example.org/@ines', '#a']],
    ['https://example.org.', ['https://example.org']],
    ['https://example.org?', ['https://example.org']],
    ['https://example.org:8443/x', ['https://example.org:8443/x']],
    ['http://localhost:4002/@bob', ['http://localhost:4002/@bob']],
    ['HTTPS://EXAMPLE.ORG/A', ['HTTPS://EXAMPLE.ORG/A']],
    ['見てhttps://example.orgを見て', ['https://example.org']],
    ['https://例え.テスト/パス', ['https://例え.テスト/パス']],
    ['“https://example.org/x”', ['https://example.org/x']],
    ['*https://example.org/x*', ['https://example.org/x']],
    ['<https://example.org/x>', ['https://example.org/x']],
    ['https://good.example@evil.example/x', ['https://good.example']],
    ['https://a.example/https://b.example', ['https://a.example/https://b.example']],
    ['xhttps://example.org', []],
    ['http:// alone', []],
    ['javascript:alert(1) https://', []],
    ['https://1.2.3.999/x', []],
    ['ftp://example.org', []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))
})

test('every entity names its own place in the text', () => {
  const text = '😀 @b@c.example #d https://e.example/f.'
  expect(findEntities(text).map((entity) => text.slice(entity.start, entity.end))).toEqual([
    '@b@c.example',
    '#d',
    'https://e.example/f',
  ])
})

/** With a quadratic reading these would run for minutes and meet the runner's own limit. */
test('hostile text comes to an end', () => {
  const units = ['@a.', '@a@b.', '@a@', '#a', ' #·', '@', '.', '@a-', ' @a@b', 'https://', 'http://[', '((((', '))))']
  units.push('http://1.2.3.999/', 'https://a.example/(', 'https://a.example/.', ' https://a/?', '・', ' #a・', '\u0301')
  for (const unit of units) {
    for (const text of [
      unit.repeat(100_000 / unit.length),
      `@a${unit.repeat(50_000)}`,
      `https://a/${unit.repeat(50_000)}`,
    ]) {
      expect(findEntities(text).every((entity) => entity.end > entity.start)).toBe(true)
    }
  }
  expect(normaliseTagName('É·'.repeat(50_000))).toHaveLength(100_000)
})

describe('what counts', () => {
  test.each<[string, number]>([
    ['', 0],
    ['four', 4],
    ['👩‍👩‍👧‍👦', 1],
    ['e\u0301', 1],
    ['🇵🇹🇳🇱', 2],
    ['https://example.org/a/very/long/address/indeed/it/is', 23],
    ['http://a.b', 23],
    ['@bram@polder.example', 5],
    ['@bob@localhost:4002 hi', 7],
    ['see https://example.org', 27],
    ['#tag', 4],
    ['mailto@polder.example', 21],
  ])('%s', (text, expected) => expect(countCharacters(text)).toBe(expected))
})

describe('tag names', () => {
  test.each([
    ['TidePools', 'tidepools'],
    ['Ｃafé', 'cafe'],
    ['ﾊﾝﾊﾞｰｸﾞ', 'ハンバーグ'],
    ['Łódź', 'lodz'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['Straße', 'straße'],
    ['việt', 'việt'],
    ['小さな庭', '小さな庭'],
    ['がくせい', 'がくせい'],
    ['col·lecció', 'col·leccio'],
    ['ポン・デ', 'ポン・デ'],
    ['æsir', 'æsir'],
    ['a b-c', 'abc'],
  ])('%s is found as %s', (name, expected) => {
    expect(normaliseTagName(name)).toBe(expected)
    expect(normaliseTagName(expected)).toBe(expected)
  })
})

test('names of people', () => {
  expect(['ines', 'Ines_1', 'a.b-c', '_', '1'].filter((name) => !isUsername(name))).toEqual([])
  expect(['', '.a', 'a.', '-', 'a b', 'josé', 'a@b', 'a/b', 'a\n'].filter(isUsername)).toEqual([])
})

describe('names of custom emoji', () => {
  const found = (text: string) => findShortcodes(text).map((one) => one.shortcode)
  test('stand alone between words, marks and tags', () => {
    expect(found(':fern: a (:blob_cat:)\n:fern:<p>:x2:</p>')).toEqual(['fern', 'blob_cat', 'fern', 'x2'])
    expect(found(':fern: :fern:')).toEqual(['fern', 'fern'])
    expect(findShortcodes('a :fern:')).toEqual([{ start: 2, end: 8, shortcode: 'fern' }])
  })
  test.each(['at 10:30:15', 'a:fern:', ':fern:a', ':fern:fern:', '::fern::', ':f:', ':fe-rn:', 'é:fern:', ':fern:é'])(
    '%s has none',
    (text) => expect(found(text)).toEqual([]),
  )
  test('are ASCII, and no longer than 128', () => {
    expect([isShortcode('fern_2'), isShortcode('f'), isShortcode('fe rn'), isShortcode('fërn')]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(isShortcode('a'.repeat(129))).toBe(false)
    expect(found(`:${'a'.repeat(200_000)}:`)).toEqual([])
  })
})
