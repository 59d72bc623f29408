import { expect, test } from 'vitest'
import { languageName, languageTags, readLanguage } from './language.ts'

test.each<[string, string | undefined]>([
  ['de', 'de'],
  [' PT ', 'pt'],
  ['pt-BR', 'pt'],
  ['en_US', 'en'],
  ['en_US.UTF-8', 'en'],
  ['sr-Latn-RS', 'sr'],
  ['zh-tw', 'zh-TW'],
  ['zh_hk', 'zh-HK'],
  ['zh-Hant', 'zh'],
  ['zh-yue', 'zh-YUE'],
  ['MS-ARAB', 'ms-Arab'],
  ['AST', 'ast'],
  ['tok', 'tok'],
  ['eng', 'en'],
  ['deu', 'de'],
  ['no', 'no'],
  ['tl', 'tl'],
  ['und', undefined],
  ['xx', undefined],
  ['english', undefined],
  ['e', undefined],
  ['', undefined],
  ['../en', undefined],
  ['en<script>', undefined],
  ['__proto__', undefined],
  ['en'.padEnd(100_000, '-a'), undefined],
])('%s', (text, expected) => expect(readLanguage(text)).toBe(expected))

test('every tag is read as itself and has a name', () => {
  expect(languageTags.map(readLanguage)).toEqual(languageTags)
  expect(languageTags.filter((tag) => languageName(tag) === tag)).toEqual([])
  expect(new Set(languageTags).size).toBe(languageTags.length)
})

test('names', () => {
  expect(languageName('pt')).toBe('Portuguese')
  expect(languageName('pt', 'pt')).toBe('português')
  expect(languageName('de', 'fr')).toBe('allemand')
  expect(languageName('tl')).toBe('Tagalog')
  expect(languageName('zh-YUE')).toBe('Cantonese')
})
