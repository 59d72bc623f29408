import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { effect } from '@preact/signals'
import { expect, test } from 'vitest'
import { changeStatus, dropStatus, keepAccount, keepStatus, statusOf } from './store.ts'

const account = (id: string, name = id) => ({ id, username: name, acct: name, display_name: name }) as Account
const post = (id: string, change: Partial<Status> = {}) =>
  ({ id, edited_at: null, content: id, account: account('ana'), reblog: null, quote: null, ...change }) as Status

test('a boost shows what its original is now', () => {
  keepStatus(post('b1', { reblog: post('o1', { favourites_count: 1 }) }))
  changeStatus('o1', (one) => ({ ...one, favourites_count: 2 }))
  expect(statusOf('b1').value?.reblog?.favourites_count).toBe(2)
})

test('a new name is on every card of the person', () => {
  keepStatus(post('n1'))
  keepAccount(account('ana', 'Ana Lima'))
  expect(statusOf('n1').value?.account.display_name).toBe('Ana Lima')
})

test('one post changes, one card is drawn anew', () => {
  keepStatus(post('c1'))
  keepStatus(post('c2'))
  let drawn = 0
  const end = effect(() => {
    void statusOf('c2').value
    drawn += 1
  })
  changeStatus('c1', (one) => ({ ...one, content: 'other' }))
  expect(drawn).toBe(1)
  end()
})

test('an older edit does not replace a newer one', () => {
  keepStatus(post('e1', { edited_at: '2026-02-02', content: 'new' }))
  keepStatus(post('e1', { edited_at: null, content: 'old' }))
  expect(statusOf('e1').value?.content).toBe('new')
})

test('what is told to everybody keeps the marks of the reader', () => {
  keepStatus(post('m1', { favourited: true, filtered: [] }))
  keepStatus(post('m1', { edited_at: '2026-01-01' }))
  expect(statusOf('m1').value?.favourited).toBe(true)
})

test('deleted: the post and every boost of it are gone', () => {
  keepStatus(post('d2', { reblog: post('d1') }))
  dropStatus('d1')
  expect([statusOf('d1').value, statusOf('d2').value]).toEqual([null, null])
})

test('a quote is one level deep, and what is known whole is not replaced by what a quote holds', () => {
  keepStatus(post('q1', { content: 'whole' }))
  const inner = post('q1', { content: 'less' })
  keepStatus(post('q2', { quote: { state: 'accepted', quoted_status: inner } }))
  keepStatus(post('q3', { quote: { state: 'accepted', quoted_status: post('q2') } }))
  const { quote } = statusOf('q3').value as Status
  const quoted = quote && 'quoted_status' in quote ? quote.quoted_status : undefined
  expect(quoted?.quote).toEqual({ state: 'accepted', quoted_status_id: 'q1' })
  expect(statusOf('q1').value?.content).toBe('whole')
})
