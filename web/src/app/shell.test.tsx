import { render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { navigate, place } from './router.ts'
import { me, server } from './session.ts'
import { Shell } from './shell.tsx'

// Lists are drawn by what the browser measures.
vi.mock('virtua', () => ({ WindowVirtualizer: () => null }))
vi.mock('../api/stream.ts', () => ({ hearStream: () => () => {} }))

let page: HTMLElement
beforeEach(() => {
  server.value = { title: 'Skerry', domain: 'skerry.test', configuration: {} } as never
  me.value = {
    id: '1',
    acct: 'noa',
    username: 'noa',
    display_name: '',
    emojis: [],
    role: { permissions: '0' },
  } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async () => Response.json([]))
  page = document.body.appendChild(document.createElement('div'))
  navigate('/nowhere/at/all')
})
afterEach(() => {
  render(null, page)
  page.remove()
  history.replaceState({}, '', '/')
  vi.unstubAllGlobals()
})

test('the first key is heard the moment the app is there, before anything is painted', () => {
  render(<Shell />, page)
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))
  expect(place.value.path).toBe('/search')
})
