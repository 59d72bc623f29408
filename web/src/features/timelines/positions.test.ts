import type { Status } from '@hamlet/contract/status'
import { expect, test } from 'vitest'
import { keepStatus } from '../../api/store.ts'
import { place } from '../../app/router.ts'
import type { Item } from './arrange.ts'
import { positionsOf } from './timeline-item.tsx'

const card = (id: string): Item => ({ kind: 'card', key: id, id, boosters: [], thread: [id] })
const keep = (id: string, filtered: unknown[] = []) =>
  keepStatus({ id, account: { id: 'a' }, reblog: null, quote: null, edited_at: null, filtered } as unknown as Status)

test('posts are numbered without a gap: lines between them and what a filter hides have no place', () => {
  place.value = { ...place.value, path: '/home' }
  for (const id of ['9', '8', '6']) keep(id)
  keep('7', [{ filter: { title: 'tides', context: ['home'], filter_action: 'hide' } }])
  const items: Item[] = [
    card('9'),
    { kind: 'gap', key: 'g', id: 'g', state: 'idle' },
    card('8'),
    { kind: 'up-to-date', key: 'up-to-date', since: undefined },
    card('7'),
    { kind: 'also', key: 'also', id: '5', boosters: ['b'] },
    card('6'),
  ]
  expect(
    items.flatMap((item, index) => (item.kind === 'card' && item.id !== '7' ? [positionsOf(items)[index]] : [])),
  ).toEqual([1, 2, 3])
})
