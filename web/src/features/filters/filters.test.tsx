import type { Filter } from '@hamlet/contract/filter'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { draft, openFilterEditor } from './editor-state.ts'
import { FilterEditor } from './editor.tsx'
import { FiltersPage } from './filters-page.tsx'

type Sent = { method: string; path: string; body: any }
let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const rain: Filter = {
  id: '7',
  title: 'Rain',
  context: ['home', 'thread'],
  expires_at: null,
  filter_action: 'warn',
  keywords: [
    { id: '71', keyword: 'rain', whole_word: true },
    { id: '72', keyword: 'drizzle', whole_word: false },
  ],
  statuses: [{ id: '73', status_id: '99' }],
}
const person = (id: string, more: object = {}) => ({
  id,
  acct: `p${id}`,
  username: `p${id}`,
  display_name: '',
  ...more,
})
const ok = (body: unknown) => ({ status: 200, body })

beforeEach(async () => {
  sent = []
  answers = {
    'GET /api/v2/filters': ok([rain]),
    'POST /api/v2/filters': ok({ ...rain, id: '8' }),
    'PUT /api/v2/filters/7': ok(rain),
    'DELETE /api/v2/filters/7': ok({}),
    'POST /api/v2/filters/8/statuses': ok({ id: '80', status_id: '99' }),
    'GET /api/v1/mutes': ok([person('1', { mute_expires_at: '2099-01-01T00:00:00.000Z' })]),
    'GET /api/v1/blocks': ok([]),
    'GET /api/v1/accounts/relationships?id[]=1': ok([{ id: '1', muting_notifications: false }]),
    'POST /api/v1/accounts/1/unmute': ok({ id: '1' }),
    'POST /api/v1/accounts/1/mute': ok({ id: '1' }),
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
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
  await act(() =>
    render(
      <>
        <FiltersPage />
        <FilterEditor />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(page.querySelectorAll('.setting-row').length).toBe(2))
})
afterEach(() => {
  draft.value = undefined
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const writes = () => sent.filter((one) => one.method !== 'GET')
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')].toReversed()
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const field = (label: string) => page.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)
const type = (label: string, value: string) =>
  act(() => {
    const input = field(label)
    if (!input) throw new Error(`There is no field ${label}`)
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
const choose = (words: string) =>
  act(() => {
    const labels = [...page.querySelectorAll('label')]
    labels
      .find((one) => one.textContent?.startsWith(words))
      ?.querySelector('input')
      ?.click()
  })

test('a filter says in one line what it does, and people until when', () => {
  const [filter, muted] = [...page.querySelectorAll('.setting-row')].map((row) => row.textContent)
  expect(filter).toContain('RainFolded in home and threads · 2 words · 1 post')
  expect(muted).toContain('@p1 · until Jan 1, 2099')
  expect(page.textContent).toContain('Nobody is blocked')
})

test('a new filter is made of what was chosen, and called as its first word', async () => {
  await press('New filter')
  await type('Word or phrase 1', ' hail ')
  await press('Add another')
  await type('Word or phrase 2', 'sleet')
  await choose('Hide')
  await choose('Threads')
  await press('Add filter')
  await vi.waitFor(() => expect(draft.value).toBeUndefined())
  expect(writes()[0]).toEqual({
    method: 'POST',
    path: '/api/v2/filters',
    body: {
      title: 'hail',
      context: ['home', 'public'],
      filter_action: 'hide',
      expires_in: null,
      keywords_attributes: [
        { keyword: ' hail ', whole_word: true },
        { keyword: 'sleet', whole_word: true },
      ],
    },
  })
})

test('a change says what changes: words by their ids, those taken out, and no end that was not touched', async () => {
  await press('Change Rain')
  await type('Word or phrase 1', 'rains')
  await press('Remove drizzle')
  await press('Save')
  await vi.waitFor(() => expect(writes()).toHaveLength(1))
  const { body } = writes()[0] as Sent
  expect(body.keywords_attributes).toEqual([
    { id: '72', _destroy: true },
    { id: '71', keyword: 'rains', whole_word: true },
  ])
  expect(body).not.toHaveProperty('expires_in')
})

test('what is missing is said when pressed, and what is refused keeps what was written', async () => {
  await press('New filter')
  await press('Add filter')
  expect(page.querySelector('[role=alert]')?.textContent).toBe('Write at least one word.')
  expect(writes()).toEqual([])
  answers['POST /api/v2/filters'] = { status: 422, body: { error: 'Validation failed: Title is too long' } }
  await type('Word or phrase 1', 'fog')
  await press('Add filter')
  await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toBe('Title is too long'))
  expect(field('Word or phrase 1')?.value).toBe('fog')
})

test('trying out says how many, shows them, and forgets it when the words change', async () => {
  const account = person('5', { display_name: 'Ana' })
  const status = { id: '50', content: '<p>fog at sea</p>', spoiler_text: '', account, reblog: null }
  answers['POST /api/hamlet/v1/filters/test'] = ok({ examined: 400, touched: 14, ids: ['50'], statuses: [status] })
  await act(() => openFilterEditor({ words: ['fog'] }))
  await press('Try it out')
  await vi.waitFor(() => expect(page.textContent).toContain('It would have touched 14 of your last 400 posts.'))
  expect(writes()[0]?.body).toEqual({
    keywords: [{ keyword: 'fog', whole_word: true }],
    context: ['home', 'public', 'thread'],
  })
  expect(page.querySelector('.filter-found li')?.textContent).toBe('Ana: fog at sea')
  await type('Word or phrase 1', 'fogs')
  expect(page.textContent).not.toContain('14 of your last')
  await choose('Home and lists')
  await press('Try it out')
  expect(page.textContent).toContain('It does not act at home')
  expect(writes()).toHaveLength(1)
})

test('what was removed can be had back with all that was in it', async () => {
  await press('Remove Rain')
  await vi.waitFor(() => expect(page.textContent).toContain('“Rain” filters no longer.'))
  await press('Undo')
  await vi.waitFor(() => expect(writes()).toHaveLength(3))
  expect(writes()[1]?.body).toMatchObject({
    title: 'Rain',
    keywords_attributes: [
      { keyword: 'rain', whole_word: true },
      { keyword: 'drizzle', whole_word: false },
    ],
  })
  expect(writes()[2]).toMatchObject({ path: '/api/v2/filters/8/statuses', body: { status_id: '99' } })
})

test('a mute that was ended comes back as it was, for as long as was left', async () => {
  await press('Unmute p1')
  await vi.waitFor(() => expect(page.textContent).toContain('p1 is heard again.'))
  await press('Undo')
  await vi.waitFor(() => expect(writes()).toHaveLength(2))
  expect(writes()[1]?.body.notifications).toBe(false)
  expect(writes()[1]?.body.duration).toBeGreaterThan(3600)
})
