import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { navigate, place } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { BookmarksPage, FavouritesPage } from './saved.tsx'

// Lists are drawn by what the browser measures.
vi.mock('virtua', () => ({ WindowVirtualizer: () => null }))

let page: HTMLElement
beforeEach(() => {
  server.value = { title: 'Skerry' } as never
  me.value = { id: '1', acct: 'noa', role: { permissions: '0' } } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async () => Response.json([]))
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  history.replaceState({}, '', '/')
  vi.unstubAllGlobals()
})

async function search(words: string): Promise<string | null> {
  await act(() => {
    const field = page.querySelector('input') as HTMLInputElement
    field.value = words
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  })
  return place.value.query.get('q')
}

test('bookmarks are searched by their operator, and an empty list says how it is filled', async () => {
  await act(() => navigate('/bookmarks'))
  await act(() => render(<BookmarksPage />, page))
  await vi.waitFor(() => expect(page.textContent).toContain('No bookmarks yet'))
  expect(page.querySelector('.empty a')?.getAttribute('href')).toBe('/explore')
  expect(document.title).toBe('Bookmarks · Skerry')
  expect(await search(' varnish ')).toBe('in:bookmarks varnish')
  expect(place.value.query.get('type')).toBe('statuses')
})

test('favourites are searched with all else that was saved', async () => {
  await act(() => render(<FavouritesPage />, page))
  await vi.waitFor(() => expect(page.textContent).toContain('No favourites yet'))
  expect(await search('')).toBe('in:library')
})
