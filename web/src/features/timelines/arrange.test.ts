import type { Status } from '@hamlet/contract/status'
import { expect, test } from 'vitest'
import type { Row } from '../../api/status-timeline.ts'
import { arrange, usualView, type Arrangement, type Item } from './arrange.ts'

type Short = {
  by?: string
  boost?: string
  of?: string
  answers?: [string, string]
  visibility?: string
  media?: number
}

function show(posts: Record<string, Short>, how: Partial<Arrangement> = {}): unknown[] {
  const make = (
    id: string,
    { by = 'ana', boost, of = 'bo', answers, visibility = 'public', media = 0 }: Short,
  ): Status =>
    ({
      id,
      account: { id: by },
      reblog: boost ? make(boost, { by: of }) : null,
      in_reply_to_id: answers?.[0] ?? null,
      in_reply_to_account_id: answers?.[1] ?? null,
      visibility,
      quote: null,
      media_attachments: Array.from({ length: media }),
    }) as unknown as Status
  const ids = Object.keys(posts).toSorted((a, b) => Number(b) - Number(a))
  const rows: Row[] = ids.map((id) => (id.endsWith('5') ? { kind: 'gap', id, state: 'idle' } : { kind: 'post', id }))
  const find = (id: string) => (posts[id] ? make(id, posts[id]) : null)
  return arrange(rows, find, { view: usualView, hidesDirect: true, ...how }).map(short)
}

function short(item: Item): unknown {
  if (item.kind === 'card')
    return [
      item.id,
      ...(item.boosters.length > 0 ? [item.boosters.join('+')] : []),
      ...(item.thread.length > 1 ? [item.thread.join('>')] : []),
    ].join(' ')
  return item.kind === 'also' ? `also ${item.id} ${item.boosters.join('+')}` : item.kind
}

test('posts stand in their order, gaps among them', () => {
  expect(show({ 14: {}, 15: {}, 16: {} })).toEqual(['16', 'gap', '14'])
})

test('two who boost one post are one card', () => {
  expect(show({ 23: { by: 'oda', boost: '3' }, 22: {}, 21: { by: 'tem', boost: '3' } })).toEqual(['23 oda+tem', '22'])
})

test('a boost above its original: the original does not come again', () => {
  expect(show({ 9: { by: 'oda', boost: '3', of: 'ana' }, 4: {}, 3: {} })).toEqual(['9 oda', '4'])
})

test('a new boost of what was read is a line, and the line says where one was', () => {
  expect(show({ 9: { by: 'oda', boost: '3', of: 'ana' }, 8: {}, 4: {}, 3: {} }, { readUpTo: '4' })).toEqual([
    'also 3 oda',
    '8',
    'up-to-date',
    '4',
    '3',
  ])
})

test('with nothing new there is no line', () => {
  expect(show({ 9: {}, 8: {} }, { readUpTo: '9' })).toEqual(['9', '8'])
})

test('a self-thread is one card, under the first of its posts', () => {
  const posts = { 9: { answers: ['8', 'ana'] }, 8: { answers: ['7', 'ana'] }, 7: {}, 6: {} } satisfies Record<
    string,
    Short
  >
  expect(show(posts)).toEqual(['7 7>8>9', '6'])
  expect(show(posts, { view: { ...usualView, grouped: false } })).toEqual(['9', '8', '7', '6'])
})

test('an answer to somebody else is no part of a self-thread', () => {
  expect(show({ 9: { answers: ['8', 'bo'] }, 8: { by: 'bo' } })).toEqual(['9', '8'])
})

test('views leave out what is not wanted', () => {
  const posts = {
    9: { by: 'oda', boost: '1' },
    8: { answers: ['2', 'bo'] },
    7: { media: 1 },
    6: { visibility: 'direct' },
  } satisfies Record<string, Short>
  expect(show(posts)).toEqual(['9 oda', '8', '7'])
  expect(show(posts, { hidesDirect: false })).toEqual(['9 oda', '8', '7', '6'])
  expect(show(posts, { view: { ...usualView, boosts: 'none' } })).toEqual(['8', '7'])
  expect(show(posts, { view: { ...usualView, replies: 'none' } })).toEqual(['9 oda', '7'])
  expect(show(posts, { view: { ...usualView, onlyMedia: true } })).toEqual(['7'])
})

test('keys stay when older posts come', () => {
  const find = (id: string) =>
    ({
      id,
      account: { id: 'ana' },
      reblog: null,
      visibility: 'public',
      quote: null,
      in_reply_to_id: id === '8' ? '7' : null,
      in_reply_to_account_id: id === '8' ? 'ana' : null,
      media_attachments: [],
    }) as unknown as Status
  const how = { view: usualView, hidesDirect: true }
  const keys = (ids: string[]) =>
    arrange(
      ids.map((id) => ({ kind: 'post', id })),
      find,
      how,
    ).map((item) => item.key)
  expect(keys(['9', '8'])).toEqual(['9', '8'])
  expect(keys(['9', '8', '7'])).toEqual(['9', '8'])
})
