import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { written } from '../statuses/composer-state.ts'
import { keptTimeline, TimelinePage } from './timeline-page.tsx'

// Lists are drawn by what the browser measures.
vi.mock('virtua', () => ({ WindowVirtualizer: () => null }))

const account = { id: '7', acct: 'oda', username: 'oda', display_name: 'Oda', avatar: '/oda.png', emojis: [] }
const post = (id: string) =>
  ({
    id,
    account,
    content: '',
    visibility: 'public',
    in_reply_to_id: null,
    reblog: null,
    emojis: [],
  }) as never as Status

let page: HTMLElement
let number = 0
let clock: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  server.value = { title: 'Skerry' } as never
  me.value = { id: '7', acct: 'oda', role: { permissions: '0' } } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async () => Response.json([post('3'), post('2')]))
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  written.value = undefined
  vi.unstubAllGlobals()
  clock.mockRestore()
})

/** A home of its own with two posts in it, looked at long after the last press. */
async function open() {
  const path = `/api/home/${(number += 1)}`
  const timeline = keptTimeline(path)
  await act(() => render(<TimelinePage title="Home" path={path} takesOwn empty={{ title: '', text: '' }} />, page))
  await vi.waitFor(() => expect(timeline.rows.value).toHaveLength(2))
  clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000)
  return timeline
}
const ids = ({ rows }: Awaited<ReturnType<typeof open>>) => rows.value.map((row) => row.id)

test('at the top a post that went out long after the press waits, and is counted like any other', async () => {
  const timeline = await open()
  await act(() => void (written.value = post('4')))
  expect(ids(timeline)).toEqual(['3', '2'])
  const button = page.querySelector<HTMLElement>('.new-posts')
  expect(button?.querySelector(':scope > span:not([aria-hidden]) .wide-only')?.textContent).toBe('1 new post')
  await act(() => button?.click())
  expect(ids(timeline)).toEqual(['4', '3', '2'])
})

test('one that was just pressed for stands there at once, and so does one above what is read', async () => {
  const timeline = await open()
  clock.mockRestore()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await act(() => void (written.value = post('4')))
  expect(ids(timeline)).toEqual(['4', '3', '2'])
  clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000)
  vi.stubGlobal('scrollY', 300)
  await act(() => void (written.value = post('5')))
  expect(ids(timeline)).toEqual(['5', '4', '3', '2'])
})
