import { describe, expect, test } from 'vitest'
import { compileWords, findWords } from './find-words.ts'

/** The text that a keyword fits, as it stands in a post; undefined for none. */
function find(keyword: string, text: string, wholeWord = true): string | undefined {
  const found = new Map<number, string>()
  findWords(compileWords([{ keyword, wholeWord, filter: 0 }]), text, found)
  return found.get(0)
}

describe('whole words', () => {
  test.each([
    ['cat', 'A Cat sat', 'Cat'],
    ['cat', 'concatenate', undefined],
    ['cat', 'cats', undefined],
    ['cat', '#cat!', 'cat'],
    ['cat', 'cat_food', undefined],
    ['cat', 'cat7', undefined],
    ['ana', 'anã', undefined],
    ['été', 'ÉTÉ', 'ÉTÉ'],
    ['Ελλάδος', 'ΕΛΛΆΔΟΣ', 'ΕΛΛΆΔΟΣ'],
    ['москва', 'в Москва!', 'Москва'],
    ['москва', 'москвабад', undefined],
    ['two words', 'in two\n  words.', 'two words'],
    ['two words', 'two wordsmiths', undefined],
  ])('%s in %j', (keyword, text, expected) => expect(find(keyword, text)).toBe(expected))

  test('a bound is asked for only beside a word character', () => {
    expect(find(':)', 'so:)so')).toBe(':)')
    expect(find('#cat', 'a#cat b')).toBe('#cat')
    expect(find('#cat', '#cats')).toBeUndefined()
  })

  test('a mark that belongs to the last letter is no bound', () => {
    expect(find('किता', 'किताब')).toBeUndefined()
    expect(find('किताब', 'यह किताब है')).toBe('किताब')
  })
})

describe('parts of words', () => {
  test.each([
    ['cat', 'conCATenate', 'CAT'],
    ['東京', '昨日東京へ行った', '東京'],
    ['ไทย', 'ภาษาไทยสวย', 'ไทย'],
    ['مطر', 'والمطر اليوم', 'مطر'],
    ['שלום', 'ושלום לך', 'שלום'],
    ['🦆', 'a🦆b', '🦆'],
    ['👩‍🚒', 'x👩‍🚒x', '👩‍🚒'],
  ])('%s in %j', (keyword, text, expected) => expect(find(keyword, text, false)).toBe(expected))

  test('a script without spaces is one run of word characters, so a whole word in it needs its edges', () => {
    expect(find('東京', '昨日東京へ行った')).toBeUndefined()
    expect(find('東京', '昨日、東京。')).toBe('東京')
  })
})

test('letters beyond the first plane are letters too', () => {
  expect(find('𐐨𐐩', '𐐀𐐁')).toBe('𐐀𐐁')
  expect(find('𐐨', '𐐀𐐁')).toBeUndefined()
  expect(find('𐐩', '𐐀𐐁')).toBeUndefined()
})

test('characters that a pattern would understand are text', () => {
  for (const keyword of ['a.c', '(x|y)', '[a-z]+', '\\d', '.*', '$', '^', 'a{2}', '\\', '(', '*']) {
    expect(find(keyword, `before ${keyword} after`, false)).toBe(keyword)
    expect(find(keyword, 'abc xyz 12 aa', false)).toBeUndefined()
  }
})

test('composed or not, and with what nobody sees in between', () => {
  expect(find('cafe\u0301', 'ein CAFÉ')).toBe('CAFÉ')
  expect(find('spoiler', 'spoi\u200bler and\u00ad')).toBe('spoiler')
  expect(find('sp\u00adoiler', 'spoiler')).toBe('spoiler')
})

test('a keyword of nothing that can be seen fits nothing', () => {
  for (const keyword of ['', ' ', '\u200b', '\n']) expect(find(keyword, 'any text', false)).toBeUndefined()
})

test('lone halves of characters harm nothing', () => {
  expect(find('\ud83d', 'a \ud83d b', false)).toBe('\ud83d')
  expect(find('x', '\udc00x', true)).toBe('x')
})

describe('a thousand keywords at once', () => {
  /** Deterministic, so that a failure can be looked at again. */
  let seed = 7
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const letters = ['a', 'b', 'A', 'é', 'É', '東', ' ', '.', '🦆', '_', '1', 'ا']
  const draw = (length: number) => Array.from({ length }, () => letters[random(letters.length)]).join('')
  const words = Array.from({ length: 1_000 }, (_, filter) => {
    const keyword = draw(1 + random(5)).trim() || 'a'
    return { keyword, wholeWord: random(2) === 0, filter }
  })
  const compiled = compileWords(words)

  /** The same question asked word by word of the language's own patterns. */
  const patterns = words.map(({ keyword, wholeWord }) => {
    const escaped = keyword.replaceAll(/\s+/g, ' ').replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
    const letter = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`
    const before = wholeWord && new RegExp(`^${letter}`, 'u').test(keyword) ? `(?<!${letter})` : ''
    const after = wholeWord && new RegExp(`${letter}$`, 'u').test(keyword) ? `(?!${letter})` : ''
    return new RegExp(`${before}${escaped}${after}`, 'iu')
  })

  test.each(Array.from({ length: 20 }, (_, index) => [index, draw(300)] as const))(
    'text %i fits what it fits word by word',
    (_index, text) => {
      const found = new Map<number, string>()
      findWords(compiled, text, found)
      const plain = text.replaceAll(/\s+/g, ' ')
      const wanted = words.filter(({ filter }) => patterns[filter]?.test(plain)).map((word) => word.filter)
      expect([...found.keys()].toSorted((a, b) => a - b)).toEqual(wanted)
    },
  )
})

test('words that share all but their ends are kept small', () => {
  const stem = 'x'.repeat(500)
  const words = Array.from({ length: 5_000 }, (_, filter) => ({
    keyword: `${stem}${filter}`,
    wholeWord: false,
    filter,
  }))
  const { root } = compileWords(words)
  const count = (node: typeof root): number =>
    node ? [...node.next.values()].reduce((sum, next) => sum + count(next), 1) : 0
  expect(count(root)).toBeLessThan(10_000)
  const found = new Map<number, string>()
  findWords({ root }, `${stem}4999`, found)
  expect([...found.keys()].toSorted((a, b) => a - b)).toEqual([4, 49, 499, 4999])
})
