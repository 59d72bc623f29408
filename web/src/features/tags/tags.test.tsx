import type { Instance } from '@hamlet/contract/instance'
import type { Tag } from '@hamlet/contract/search'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { FollowedTagsPage } from './followed-tags-page.tsx'
import { todayWords, trendOf, usesOf, weekWords } from './tag-words.ts'

/** Today first, as the API has it. */
const tag = (uses: number[], people = 0): Tag => ({
  id: '1',
  name: 'TidePools',
  url: 'https://town.test/tags/tidepools',
  history: uses.map((one, ago) => ({ day: '0', uses: String(one), accounts: String(ago === 0 ? people : 0) })),
  following: true,
})

test('a week is said in words: how much, and which way it goes', () => {
  expect(usesOf(tag([3, 2, 1]))).toEqual([1, 2, 3])
  expect(weekWords(tag([0, 0, 0, 0, 0, 0, 0]))).toBe('No posts in the last seven days')
  expect(weekWords(tag([1, 0, 0, 0, 0, 0, 0]))).toBe('1 post in seven days, rising')
  expect(weekWords(tag([2, 2, 2, 2, 2, 2, 2]))).toBe('14 posts in seven days, steady')
  expect(weekWords(tag([0, 0, 1, 4, 4, 4, 4]))).toBe('17 posts in seven days, falling')
  expect(trendOf([])).toBe('steady')
  expect(todayWords(tag([2], 1))).toBe('1 person today')
  expect(todayWords(tag([0], 0))).toBeUndefined()
})

let page: HTMLElement
let answers: Record<string, { status: number; body: unknown }>
let sent: string[]
beforeEach(() => {
  sent = []
  answers = { 'GET /api/v1/followed_tags': { status: 200, body: [tag([1, 1, 1, 1, 1, 1, 1])] } }
  vi.stubGlobal('fetch', async (path: string, init: { method: string }) => {
    sent.push(`${init.method} ${path}`)
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'Record not found' } }
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
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

test('a hashtag that is let go stays to be had back, and stands as it was when the server says no', async () => {
  await act(() =>
    render(
      <>
        <FollowedTagsPage />
        <Toasts />
      </>,
      page,
    ),
  )
  const button = () => page.querySelector<HTMLButtonElement>('.tag-line button')
  await vi.waitFor(() => expect(button()?.getAttribute('aria-pressed')).toBe('true'))
  expect(page.textContent).toContain('7 posts in seven days, steady')
  const unfollow = 'POST /api/v1/tags/TidePools/unfollow'
  answers[unfollow] = { status: 200, body: { ...tag([1]), following: false } }
  await act(() => button()?.click())
  await vi.waitFor(() => expect(sent).toContain(unfollow))
  expect(button()?.getAttribute('aria-pressed')).toBe('false')
  await act(() => button()?.click())
  await vi.waitFor(() => expect(page.textContent).toContain('Record not found'))
  expect(button()?.getAttribute('aria-pressed')).toBe('false')
})
