import type { Account } from '@hamlet/contract/account'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { ExplorePage } from './explore-page.tsx'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>

const person = (id: string) =>
  ({ id, acct: id, username: id, display_name: '', avatar: '/a.png', emojis: [] }) as unknown as Account
const day = (uses: string) => ({ day: '0', uses, accounts: uses })
const history = ['3', '2', '0', '0', '0', '0', '0'].map(day)

beforeEach(() => {
  asked = []
  answers = {}
  server.value = { title: 'Skerry' } as never
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${path}`)
    const answer = answers[`${method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Record not found' }), { status: answer ? 200 : 404 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const show = (tab: 'posts' | 'tags' | 'news' | 'people') =>
  act(() =>
    render(
      <>
        <ExplorePage tab={tab} />
        <Toasts />
      </>,
      page,
    ),
  )

test('news: the first with a picture is large, each says who shares it, and none is asked of its own server', async () => {
  const link = {
    provider_name: 'The Window',
    language: 'pt',
    image: '/media/1.webp',
    image_description: 'a pane',
    history,
  }
  answers['GET /api/v1/trends/links?limit=20'] = [
    { ...link, url: 'https://a.example/1', title: 'Light, rationed' },
    { ...link, url: 'https://a.example/2', title: 'The umbrella library', image: null },
  ]
  await show('news')
  await vi.waitFor(() => expect(page.querySelectorAll('.story')).toHaveLength(2))
  expect(page.querySelectorAll('.story-lead')).toHaveLength(1)
  expect(page.querySelector('.story')?.textContent).toContain('Shared by 5 people')
  expect(page.querySelector('.story h2')?.getAttribute('lang')).toBe('pt')
  expect(page.querySelector('.story')?.textContent).toContain('Portuguese')
})

test('people: why they are proposed; one who is not wanted goes, and comes back when the server says no', async () => {
  const [ana, bo] = [person('ana'), person('bo')]
  answers['GET /api/v2/suggestions'] = [
    { source: 'past_interactions', sources: ['friends_of_friends'], account: ana },
    { source: 'global', sources: ['most_followed'], account: bo },
  ]
  answers['GET /api/v1/accounts/relationships?id[]=ana&id[]=bo'] = []
  answers['DELETE /api/v1/suggestions/ana'] = {}
  await show('people')
  await vi.waitFor(() => expect(page.querySelectorAll('.proposal')).toHaveLength(2))
  expect(page.querySelector('.proposal')?.textContent).toContain('Followed by people you follow')
  const dismiss = () => page.querySelector<HTMLElement>('[aria-label^="Do not propose"]')
  await act(() => dismiss()?.click())
  await vi.waitFor(() => expect(asked).toContain('DELETE /api/v1/suggestions/ana'))
  expect(page.querySelectorAll('.proposal')).toHaveLength(1)
  await act(() => dismiss()?.click())
  await vi.waitFor(() => expect(page.textContent).toContain('Record not found'))
  expect(page.querySelectorAll('.proposal')).toHaveLength(1)
})

test('nothing is talked about: each tab says so', async () => {
  answers['GET /api/v1/trends/statuses'] = []
  answers['GET /api/v1/trends/tags?limit=20'] = []
  await show('posts')
  await vi.waitFor(() => expect(page.textContent).toContain('It is quiet'))
  await show('tags')
  await vi.waitFor(() => expect(page.textContent).toContain('No hashtag stands out'))
})
