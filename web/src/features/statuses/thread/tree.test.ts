import type { Status } from '@hamlet/contract/status'
import { expect, test } from 'vitest'
import { daysBetween, growTree, ownChain } from './tree.ts'

const post = (id: string, parent: string | null, by = 'ana', at = '2026-11-24T08:00:00Z') =>
  ({ id, in_reply_to_id: parent, account: { id: by }, created_at: at }) as Status

test('replies hang from what they answer; a fold tells how many and by how many people', () => {
  const tree = growTree('1', [
    post('2', '1', 'bo'),
    post('3', '2', 'ana'),
    post('4', '3', 'bo'),
    post('5', '1', 'cy'),
    post('6', 'elsewhere', 'di'),
  ])
  expect(tree.map(({ status, count, people }) => [status.id, count, people])).toEqual([
    ['2', 2, 2],
    ['5', 0, 0],
  ])
  expect(tree[0]?.children[0]?.children[0]?.status.id).toBe('4')
})

test('posts that answer each other in a circle end', () => {
  expect(growTree('1', [post('2', '1'), post('1', '2'), post('2', '1')])).toHaveLength(1)
})

test('a pause is counted in whole days', () => {
  expect(daysBetween(undefined, post('1', null))).toBe(0)
  expect(daysBetween(post('1', null), post('2', null, 'bo', '2026-11-25T07:59:00Z'))).toBe(0)
  expect(daysBetween(post('1', null), post('2', null, 'bo', '2026-11-27T09:00:00Z'))).toBe(3)
})

test('what one person wrote on from post to post is one text, without the words of others', () => {
  const [above, root] = [post('1', null), post('2', '1')]
  const chain = ownChain(root, [post('0', null, 'bo'), above], [post('3', '2'), post('4', '2', 'bo'), post('5', '3')])
  expect(chain.map(({ id }) => id)).toEqual(['1', '2', '3', '5'])
  expect(ownChain(root, [post('1', null, 'bo')], [])).toEqual([root])
})
