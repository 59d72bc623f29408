import type { FilterAction, FilterContext } from '@hamlet/contract/filter'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { place } from '../../app/router.ts'
import { filteredFace, UnfoldedLine } from './filtered.tsx'
import { contextOf, isBlurred, isFolded } from './fold.ts'

let serial = 0
function post(...filters: [FilterAction, FilterContext[], string?][]): Status {
  const filtered = filters.map(([filter_action, context, title = filter_action]) => ({
    filter: { id: '1', title, context, expires_at: null, filter_action },
    keyword_matches: ['x'],
    status_matches: null,
  }))
  serial += 1
  return { id: String(serial), account: { display_name: 'Ana', username: 'ana' }, filtered } as unknown as Status
}

let page: HTMLElement
beforeEach(() => {
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
})
const at = (path: string) => (place.value = { ...place.value, path })

function Face({ status }: { status: Status }) {
  const face = filteredFace({ status, size: 'card' })
  return face === undefined ? (
    <div class="whole">
      <UnfoldedLine status={status} />
    </div>
  ) : (
    face
  )
}
const draw = (status: Status) => act(() => render(<Face status={status} />, page))

describe('where one is', () => {
  test.each([
    ['/home', 'home'],
    ['/lists/4', 'home'],
    ['/public', 'public'],
    ['/tags/sea', 'public'],
    ['/notifications', 'notifications'],
    ['/@ana/123', 'thread'],
    ['/@ana', 'account'],
    ['/bookmarks', undefined],
    ['/search', undefined],
    ['/@ana/followers', undefined],
  ])('%s is %s', (path, context) => expect(contextOf(path)).toBe(context))
})

test('a filter acts where it says, and nowhere else', async () => {
  const status = post(['hide', ['home']])
  at('/home')
  await draw(status)
  expect(page.innerHTML).toBe('')
  at('/@ana/1')
  await draw(status)
  expect(page.querySelector('.whole')).not.toBeNull()
})

test('a folded post names the filters, opens in its place, and folds again', async () => {
  at('/home')
  const status = post(['warn', ['home'], 'Rain'], ['warn', ['home'], 'Hail'], ['blur', ['home'], 'Crabs'])
  await draw(status)
  expect(page.textContent).toContain('Filtered: Rain and Hail · Ana')
  const article = page.querySelector('article')
  expect(article?.getAttribute('aria-label')).toBe('Post by Ana, filtered: Rain and Hail')
  expect(article?.dataset.id).toBe(status.id)
  await act(() => page.querySelector('button')?.click())
  expect(isFolded(status)).toBe(false)
  expect(page.querySelector('.whole')?.textContent).toContain('Filtered: Rain and Hail')
  await act(() => page.querySelector('button')?.click())
  expect(isFolded(status)).toBe(true)
})

test('the strongest action counts; covering pictures leaves the words', async () => {
  at('/home')
  const both = post(['blur', ['home']], ['hide', ['home', 'thread']])
  await draw(both)
  expect(page.innerHTML).toBe('')
  const blurred = post(['blur', ['home']])
  expect([isBlurred(blurred), isFolded(blurred)]).toEqual([true, false])
  await draw(blurred)
  expect(page.querySelector('.whole')?.textContent).toBe('')
})
