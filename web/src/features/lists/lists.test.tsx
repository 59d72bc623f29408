import type { Account, CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { List } from '@hamlet/contract/list'
import type { Status } from '@hamlet/contract/status'
import { render, type ComponentChildren } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepAccount, keepRelationships } from '../../api/store.ts'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { AddToListDialog } from './add-to-list.tsx'
import { EditListPage } from './edit-list-page.tsx'
import { homeTabs, lists } from './lists-state.ts'
import { ListsPage } from './lists-page.tsx'
import { whyItems } from './why.ts'

type Sent = { method: string; path: string; body: unknown }

let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const harbour: List = { id: '1', title: 'Harbour', replies_policy: 'list', exclusive: false }
const quiet: List = { id: '2', title: 'Quiet', replies_policy: 'none', exclusive: true }
const person = (id: string, username: string) =>
  ({ id, username, acct: username, display_name: '', avatar: '/a.png' }) as Account
const oda = person('7', 'oda')

beforeEach(() => {
  sent = []
  answers = {
    'GET /api/v1/lists': { status: 200, body: [harbour, quiet] },
    'GET /api/v1/lists/1/accounts': { status: 200, body: [oda] },
    'GET /api/v1/lists/1/accounts?limit=0': { status: 200, body: [oda] },
    'GET /api/v1/accounts/7/lists': { status: 200, body: [quiet] },
    'GET /api/v1/accounts/relationships?id[]=7': { status: 200, body: [] },
    'DELETE /api/v1/lists/1': { status: 200, body: {} },
    'GET /api/v1/lists/1': { status: 200, body: harbour },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    const answer = answers[`${init.method} ${path}`] ?? { status: 200, body: {} }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  server.value = { title: 'Skerry' } as Instance
  me.value = { id: '9' } as CredentialAccount
  lists.value = undefined
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = (screen: ComponentChildren) =>
  act(() =>
    render(
      <>
        {screen}
        <Toasts />
      </>,
      page,
    ),
  )
const find = (label: string) =>
  [...page.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)
const press = (label: string) => act(() => find(label)?.click())
const writes = () => sent.filter((one) => one.method !== 'GET')
const titles = () => [...page.querySelectorAll('.list-row strong')].map((row) => row.textContent)

test('lists stand in their order, with what is special about them', async () => {
  await draw(<ListsPage />)
  await vi.waitFor(() => expect(titles()).toEqual(['Harbour', 'Quiet']))
  expect(page.textContent).toContain('No replies · Not in home')
})

test('a list that was deleted can be had back with its people', async () => {
  await draw(<EditListPage id="1" />)
  await vi.waitFor(() => expect(find('Remove oda')).toBeDefined())
  await press('Delete this list')
  await vi.waitFor(() => expect(lists.value).toEqual([quiet]))
  expect(page.textContent).toContain('The list is deleted.')
  answers['POST /api/v1/lists'] = { status: 200, body: { ...harbour, id: '3' } }
  await press('Undo')
  await vi.waitFor(() => expect(writes()).toHaveLength(3))
  expect(writes().slice(1)).toEqual([
    {
      method: 'POST',
      path: '/api/v1/lists',
      body: { title: 'Harbour', replies_policy: 'list', exclusive: false },
    },
    { method: 'POST', path: '/api/v1/lists/3/accounts', body: { account_ids: ['7'] } },
  ])
})

test('a setting shows at once with its consequence, and goes back when it is refused', async () => {
  await draw(<EditListPage id="1" />)
  await vi.waitFor(() => expect(page.querySelector('#list-exclusive')).not.toBeNull())
  expect(page.textContent).toContain('stands in home, too')
  answers['PUT /api/v1/lists/1'] = { status: 503, body: { error: 'Not now' } }
  await act(() => page.querySelector<HTMLInputElement>('#list-exclusive')?.click())
  expect(writes()).toEqual([{ method: 'PUT', path: '/api/v1/lists/1', body: { exclusive: true } }])
  await vi.waitFor(() => expect(page.textContent).toContain('Not now'))
  await vi.waitFor(() => expect(page.textContent).toContain('stands in home, too'))
})

test('somebody who is removed can be had back, and stays when the server says no', async () => {
  await draw(<EditListPage id="1" />)
  await vi.waitFor(() => expect(find('Remove oda')).toBeDefined())
  await press('Remove oda')
  await vi.waitFor(() => expect(page.textContent).toContain('oda is no longer in the list.'))
  await press('Undo')
  await vi.waitFor(() => expect(find('Remove oda')).toBeDefined())
  expect(writes().map((one) => [one.method, one.body])).toEqual([
    ['DELETE', { account_ids: ['7'] }],
    ['POST', { account_ids: ['7'] }],
  ])
  answers['DELETE /api/v1/lists/1/accounts'] = { status: 503, body: { error: 'Not now' } }
  await press('Remove oda')
  await vi.waitFor(() => expect(page.textContent).toContain('Not now'))
  expect(find('Remove oda')).toBeDefined()
})

test('the dialog ticks what holds somebody, and follows them before it puts them in', async () => {
  keepRelationships([{ id: '7', following: false, requested: false } as never])
  HTMLDialogElement.prototype.showModal = () => {}
  await draw(<AddToListDialog account={oda} />)
  const boxes = () => [...page.querySelectorAll<HTMLInputElement>('.add-lists input')]
  await vi.waitFor(() => expect(boxes().map((box) => box.checked)).toEqual([false, true]))
  expect(page.textContent).toContain('You do not follow oda yet.')
  answers['POST /api/v1/accounts/7/follow'] = { status: 200, body: { id: '7', following: true, requested: false } }
  await act(() => boxes()[0]?.click())
  await vi.waitFor(() =>
    expect(writes().map((one) => one.path)).toEqual(['/api/v1/accounts/7/follow', '/api/v1/lists/1/accounts']),
  )
  await vi.waitFor(() => expect(page.textContent).not.toContain('You do not follow oda yet.'))
  answers['DELETE /api/v1/lists/2/accounts'] = { status: 503, body: { error: 'Not now' } }
  await act(() => boxes()[1]?.click())
  await vi.waitFor(() => expect(page.textContent).toContain('Not now'))
  await vi.waitFor(() => expect(boxes().map((box) => box.checked)).toEqual([true, true]))
})

test('five lists are tabs beside home, and the rest waits in the menu', () => {
  lists.value = Array.from({ length: 7 }, (_, n) => ({ ...harbour, id: String(n), title: `list ${n}` }))
  expect(homeTabs.value.shown.map((tab) => tab.href)).toEqual([0, 1, 2, 3, 4].map((n) => `/lists/${n}`))
  expect(homeTabs.value.more.map((tab) => tab.title)).toEqual(['list 5', 'list 6'])
})

test('why a post is here is said in words, and leads to the cause', () => {
  keepAccount(oda)
  const status = { account: { ...oda, id: '8', username: 'bram', acct: 'bram' } } as Status
  const words = (reason: Parameters<typeof whyItems>[1]) => whyItems(status, reason).map((item) => item.help)
  expect(words(undefined)).toEqual([])
  expect(words({ kind: 'own' })).toEqual(['You wrote it.'])
  expect(words({ kind: 'followed', account_id: '8' })).toEqual(['You follow bram.'])
  expect(words({ kind: 'boosted_by', account_id: '7' })).toEqual(['You follow oda, who boosted it.'])
  expect(words({ kind: 'mentioned', account_id: '8' })).toEqual(['bram, whom you follow, wrote it to you.'])
  expect(words({ kind: 'tag', tags: ['Tide', 'Kelp'] })).toEqual(['You follow #Tide and #Kelp.'])
  expect(words({ kind: 'list', list_id: '1', title: 'Harbour' })).toEqual(['It is in your list Harbour.'])
})
