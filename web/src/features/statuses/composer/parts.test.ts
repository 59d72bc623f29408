import type { Instance } from '@hamlet/contract/instance'
import type { Status } from '@hamlet/contract/status'
import { beforeEach, describe, expect, test } from 'vitest'
import { me, server } from '../../../app/session.ts'
import { charactersLeft, isNearLimit, overFrom } from './count.ts'
import { diffWords } from './diff.ts'
import { freshPart, freshWriting, moved, type Upload } from './model.ts'
import { nudgeOf } from './nudge.ts'
import { holdSeconds, keepHoldSeconds, keepWarning, recentWarnings } from './preferences.ts'
import { findToken } from './token.ts'

beforeEach(() => {
  localStorage.clear()
  me.value = { id: '1', acct: 'noa', source: { privacy: 'public', quote_policy: 'public', language: 'en' } } as never
  server.value = {
    configuration: { statuses: { max_characters: 20 }, hamlet: { extensions: [] } },
  } as unknown as Instance
})

describe('what is being typed', () => {
  test.each([
    ['hello @od', 9, { sign: '@', query: 'od', start: 6, end: 9 }],
    ['@oda@far.test', 13, { sign: '@', query: 'oda@far.test', start: 0, end: 13 }],
    ['#小さ', 3, { sign: '#', query: '小さ', start: 0, end: 3 }],
    ['(:bo', 4, { sign: ':', query: 'bo', start: 1, end: 4 }],
    ['@oda is', 4, { sign: '@', query: 'oda', start: 0, end: 4 }],
  ])('%s', (text, caret, token) => expect(findToken(text, caret)).toEqual(token))
  test.each([
    ['mail@od', 7],
    ['at 12:3', 7],
    ['@oda is', 7],
    [':b', 2],
    ['# ', 2],
  ])('nothing of the kind: %s', (text, caret) => expect(findToken(text, caret)).toBeUndefined())
})

describe('the counter', () => {
  test('counts warning and text, links and names as the server does, and is shown from a fifth on', () => {
    expect(charactersLeft(freshPart({ text: '👩‍👩‍👧 hello', warning: 'sea' }))).toBe(10)
    expect(charactersLeft(freshPart({ text: '@oda@far.example' }))).toBe(16)
    expect([isNearLimit(5), isNearLimit(4), isNearLimit(-1)]).toEqual([false, true, true])
  })
  test('what is too much begins where the limit is reached', () => {
    expect(overFrom(freshPart({ text: 'x'.repeat(25) }))).toBe(20)
    expect(overFrom(freshPart({ text: 'short' }))).toBe(5)
    expect(overFrom(freshPart({ text: 'x'.repeat(25), warning: 'sea' }))).toBe(17)
  })
})

test('an edit is shown word by word', () => {
  expect(diffWords('the small boats out', 'the tiny boats are out')).toEqual([
    { kind: 'same', text: 'the' },
    { kind: 'gone', text: ' small' },
    { kind: 'new', text: ' tiny' },
    { kind: 'same', text: ' boats' },
    { kind: 'new', text: ' are' },
    { kind: 'same', text: ' out' },
  ])
  const rebuilt = diffWords('a b', 'c\n\nd ').filter((one) => one.kind !== 'gone')
  expect(rebuilt.map((one) => one.text).join('')).toBe('c\n\nd ')
  expect(diffWords('', '')).toEqual([])
})

test('one quiet line before posting, the most important first', () => {
  const picture = { description: '' } as Upload
  const write = (...parts: Parameters<typeof freshPart>[0][]) => freshWriting({ parts: parts.map(freshPart) })
  expect(nudgeOf(write({ uploads: [picture, picture], warning: 'sea' }, {}))).toEqual({
    text: '2 pictures have no description',
    stops: true,
  })
  expect(nudgeOf(write({ warning: 'sea' }, { text: 'and' }))?.stops).toBe(false)
  expect(nudgeOf(write({ text: ' https://example.org/x ' }))?.text).toMatch(/link alone/)
  expect(nudgeOf(write({ text: 'see https://example.org/x' }))).toBeUndefined()
  const old = { created_at: '2020-01-01T00:00:00.000Z' } as Status
  expect(nudgeOf({ ...write({ text: 'hm' }), replyTo: old })?.text).toMatch(/two years/)
})

test('things move by one place and stop at the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -2)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toBeUndefined()
  expect(moved(['a', 'b'], -1, 1)).toBeUndefined()
})

test('the time to undo and own warnings are remembered, and odd memories count for nothing', () => {
  expect(holdSeconds()).toBe(5)
  keepHoldSeconds(15)
  expect(holdSeconds()).toBe(15)
  localStorage.setItem('hamlet-hold-seconds', '7000')
  expect(holdSeconds()).toBe(5)
  for (const text of ['sea', 'boats', 'sea', ' ']) keepWarning(text)
  expect(recentWarnings()).toEqual(['sea', 'boats'])
  localStorage.setItem(`hamlet-warnings-${me.value.id}`, '{')
  expect(recentWarnings()).toEqual([])
})
