import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { MentionRequestsPage } from './requests.tsx'

const waiting = ['Bram', 'Pia', 'Oda'].map((name, index) => ({
  id: `${index + 1}`,
  updated_at: '2026-11-26T08:00:00.000Z',
  notifications_count: `${index + 1}`,
  account: { id: `${index + 10}`, acct: name, username: name, display_name: name, avatar: '/a.svg' },
  last_status: null,
}))
let posts: { path: string; body: unknown }[]
let status: number
let page: HTMLElement

beforeEach(async () => {
  posts = []
  status = 200
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    if (init.method === 'GET') return new Response(JSON.stringify(waiting))
    posts.push({ path, body: JSON.parse(init.body ?? '{}') })
    return new Response(JSON.stringify(status === 200 ? {} : { error: 'Not now' }), { status })
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
  page = document.createElement('div')
  document.body.append(page)
  await act(() =>
    render(
      <>
        <MentionRequestsPage />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(names()).toHaveLength(3))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const names = () => [...page.querySelectorAll('.request-name strong')].map((one) => one.textContent)
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const choose = (at: number) => act(() => page.querySelectorAll<HTMLInputElement>('[type=checkbox]')[at]?.click())

test('one is let in, and goes from the list', async () => {
  await press('Let in Pia')
  await vi.waitFor(() => expect(names()).toEqual(['Bram', 'Oda']))
  expect(posts).toEqual([{ path: '/api/v1/notifications/requests/accept', body: { id: ['2'] } }])
  await vi.waitFor(() => expect(page.textContent).toContain('They reach you from now on.'))
})

test('several are answered with one press', async () => {
  await choose(0)
  await choose(2)
  expect(page.querySelector('[role=toolbar]')?.textContent).toContain('2 chosen')
  await press('Dismiss all')
  await vi.waitFor(() => expect(names()).toEqual(['Pia']))
  expect(posts).toEqual([{ path: '/api/v1/notifications/requests/dismiss', body: { id: ['1', '3'] } }])
  expect(page.querySelector('[role=toolbar]')).toBeNull()
})

test('what the server refuses comes back, with its words', async () => {
  status = 503
  await press('Dismiss Bram')
  await vi.waitFor(() => expect(page.textContent).toContain('Not now'))
  expect(names().toSorted()).toEqual(['Bram', 'Oda', 'Pia'])
})
