import { SEARCH_VALUES } from '@hamlet/contract/text'
import { expect, test } from 'vitest'
import { finderOf, hostOfAddress, joinQuery, lastWord, splitQuery, typed } from './query.ts'
import { operatorHints } from './operators.ts'

test('operators come out as tokens, phrases and words stay, and together they are the same search', () => {
  const query = 'varnish from:@oda -has:poll "from:me quietly" note:this'
  const draft = splitQuery(query)
  expect(draft.tokens).toEqual([
    { raw: 'from:@oda', isNot: false, name: 'from', value: '@oda' },
    { raw: '-has:poll', isNot: true, name: 'has', value: 'poll' },
  ])
  expect(draft.text).toBe('varnish "from:me quietly" note:this')
  expect(splitQuery(joinQuery(draft))).toEqual(draft)
})

test('an operator becomes a token when a space ends it, and not before', () => {
  const before = { tokens: [], text: '' }
  expect(typed(before, 'has:im')).toEqual({ tokens: [], text: 'has:im' })
  expect(typed(before, 'tea has:image ')).toMatchObject({ tokens: [{ raw: 'has:image' }], text: 'tea ' })
  expect(typed(before, 'tea  and ')).toEqual({ tokens: [], text: 'tea  and ' })
  expect(lastWord('tea fro')).toEqual({ before: 'tea ', word: 'fro' })
})

test.each([
  ['@oda@fjord.example', 'fjord.example'],
  ['oda@fjord.example', 'fjord.example'],
  ['https://fjord.example/@oda/1', 'fjord.example'],
  ['fjord.example', undefined],
  ['mail oda@fjord.example', undefined],
  ['https://', undefined],
])('%s leads to %s', (query, host) => expect(hostOfAddress(query)).toBe(host))

/** The marked parts of a text. */
const found = (query: string, text: string) => [...text.matchAll(finderOf(query) ?? /$^/g)].map(([one]) => one)

test('what is found is what the server finds: words, beginnings from four letters on, phrases, parts of runs', () => {
  expect(found('harbour', 'Harbours and a harbour, no boatharbour')).toEqual(['Harbours', 'harbour'])
  expect(found('tea', 'tea, team, steam')).toEqual(['tea'])
  expect(found('"spare mast" -rope', 'a spare  mast, rope')).toEqual(['spare  mast'])
  expect(found('京都', '昨日京都に行った')).toEqual(['京都'])
  expect(found('iphone', '新しいiPhoneケース')).toEqual(['iPhone'])
  expect(found('from:oda has:poll', 'from oda')).toEqual([])
  expect(found('(a+)+$ [x', 'plain (a+)+$ text')).toEqual(['(a+)+$'])
})

test('an example of what a post can have is a value that the server knows', () => {
  const says = operatorHints().find(({ write }) => write === 'has:')?.says ?? ''
  const examples = says.replace('…', '').split(', ')
  expect(examples).toHaveLength(3)
  for (const example of examples) expect(SEARCH_VALUES.has).toContain(example)
})
