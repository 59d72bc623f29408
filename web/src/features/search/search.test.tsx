import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aside } from '../../app/aside.ts'
import { navigate, place } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { forgetSearches, recentSearches } from './recent.ts'
import { SearchPage } from './search.tsx'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>
let come: (() => void)[]

const person = (id: string) => ({
  id,
  acct: id,
  username: id,
  display_name: id.toUpperCase(),
  avatar: '/a.png',
  emojis: [],
  url: `https://town.test/@${id}`,
})
const status = (id: string, content: string) => ({
  id,
  uri: id,
  url: id,
  content,
  account: person('oda'),
  created_at: '2026-11-20T08:00:00.000Z',
  edited_at: null,
  visibility: 'public',
  spoiler_text: '',
  sensitive: false,
  language: 'en',
  media_attachments: [],
  mentions: [],
  tags: [],
  emojis: [],
  reblog: null,
  poll: null,
  card: null,
})
const nothing = { accounts: [], statuses: [], hashtags: [] }

beforeEach(() => {
  asked = []
  answers = {}
  come = []
  server.value = { title: 'Skerry' } as never
  me.value = { ...person('noa'), source: { language: 'en' }, role: { permissions: '0' } } as never
  forgetSearches()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        come.push(() => seen([{ isIntersecting: true }]))
      }
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (path: string) => {
    const url = new URL(path, 'https://town.test')
    asked.push(decodeURIComponent(url.pathname + url.search))
    const key = ['q', 'type', 'offset'].map((name) => url.searchParams.get(name) ?? '').join('|')
    const found = url.pathname === '/api/v2/search' ? (answers[key] ?? nothing) : []
    const isRefused = typeof found === 'object' && 'error' in found
    return new Response(JSON.stringify(found), { status: isRefused ? 422 : 200 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  history.replaceState({}, '', '/')
  vi.unstubAllGlobals()
})

async function open(path: string): Promise<void> {
  await act(() => navigate(path))
  await act(() => render(<SearchPage />, page))
}
const field = () => page.querySelector<HTMLInputElement>('#search-words') as HTMLInputElement
async function type(text: string): Promise<void> {
  await act(() => {
    field().focus()
    field().value = text
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
}
const press = (key: string) =>
  act(() => void field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
const send = () => act(() => void page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true })))
const tokens = () => [...page.querySelectorAll('.token > span')].map((one) => one.textContent?.trim())
const options = () => [...page.querySelectorAll('[role=option]')].map((one) => one.textContent?.trim())

describe('the field', () => {
  test('makes tokens of operators, each with a button that takes it away', async () => {
    await open('/search?q=from%3A%40oda+varnish+-has%3Apoll')
    expect(tokens()).toEqual(['from @oda', 'not has poll'])
    expect(field().value).toBe('varnish')
    await act(() => page.querySelector<HTMLElement>('[aria-label="Remove -has:poll"]')?.click())
    expect(place.value.query.get('q')).toBe('from:@oda varnish')
    expect(tokens()).toEqual(['from @oda'])
    await type('varnish is:reply ')
    expect(tokens()).toEqual(['from @oda', 'is reply'])
    field().setSelectionRange(0, 0)
    await press('Backspace')
    expect(tokens()).toEqual(['from @oda'])
  })

  test('proposes the values of an operator, and takes one by keys', async () => {
    await open('/search')
    expect(document.activeElement).toBe(field())
    await type('tea has:')
    expect(options()).toContain('has:polla poll')
    expect(field().getAttribute('aria-expanded')).toBe('true')
    await type('tea has:po')
    await press('ArrowDown')
    const active = field().getAttribute('aria-activedescendant') ?? ''
    expect(document.getElementById(active)?.getAttribute('aria-selected')).toBe('true')
    await press('Enter')
    expect(tokens()).toEqual(['has poll'])
    expect(field().value).toBe('tea ')
    await send()
    expect(place.value.query.get('q')).toBe('has:poll tea')
  })

  test('offers in the panel what the server knows, and puts it in the field', async () => {
    await open('/search')
    const panel = document.body.appendChild(document.createElement('div'))
    await act(() => render(aside.value as never, panel))
    const written = [...panel.querySelectorAll('code')].map((one) => one.textContent)
    for (const operator of ['from:', 'to:', 'before:', 'has:', 'is:', 'language:', 'in:bookmarks', '"…"'])
      expect(written).toContain(operator)
    await act(() => [...panel.querySelectorAll('button')].find((one) => one.textContent?.startsWith('in:lib'))?.click())
    expect(tokens()).toEqual(['in library'])
    render(null, panel)
    panel.remove()
  })
})

describe('what was found', () => {
  test('is marked in the text of posts, never as HTML', async () => {
    answers['varnish|statuses|0'] = {
      ...nothing,
      statuses: [status('1', '<p>Seventh coat of <b>Varnish</b>, &lt;img src=x&gt; varnish</p>')],
    }
    await open('/search?q=varnish&type=statuses')
    await vi.waitFor(() => expect(page.querySelectorAll('mark')).toHaveLength(2))
    expect(page.querySelector('.prose')?.textContent).toContain('<img src=x> varnish')
    expect(page.querySelector('.prose img')).toBeNull()
    expect(page.textContent).toContain('Only posts by people who allow it')
  })

  test('comes page by page, and tells when there is nothing', async () => {
    const people = (from: number) => Array.from({ length: 20 }, (_, index) => person(`p${from + index}`))
    answers['p|accounts|0'] = { ...nothing, accounts: people(0) }
    answers['p|accounts|20'] = { ...nothing, accounts: [person('p20')] }
    await open('/search?q=p&type=accounts')
    await vi.waitFor(() => expect(page.querySelectorAll('.person-row')).toHaveLength(20))
    await act(() => come.at(-1)?.())
    await vi.waitFor(() => expect(page.querySelectorAll('.person-row')).toHaveLength(21))
    await act(() => come.at(-1)?.())
    expect(asked.filter((path) => path.startsWith('/api/v2/search'))).toHaveLength(2)
    await open('/search?q=zzz&type=hashtags')
    await vi.waitFor(() => expect(page.textContent).toContain('No such hashtag'))
  })

  test('a tab stands in the address', async () => {
    answers['tea||'] = { ...nothing, statuses: [status('2', 'tea')], accounts: [person('tea')] }
    await open('/search?q=tea')
    await vi.waitFor(() => expect(page.querySelectorAll('section')).toHaveLength(2))
    await act(() =>
      [...page.querySelectorAll<HTMLElement>('[role=tab]')].find((one) => one.textContent === 'Posts')?.click(),
    )
    expect(place.value.query.toString()).toBe('q=tea&type=statuses')
  })

  test('a link is asked for where it lives, and its failure has a way out', async () => {
    answers['https://far.example/@x/1||'] = { error: 'far.example does not answer' }
    await open('/search?q=https%3A%2F%2Ffar.example%2F%40x%2F1')
    expect(page.textContent).toContain('Asking far.example…')
    await vi.waitFor(() => expect(page.textContent).toContain('far.example does not answer'))
    expect(page.querySelector<HTMLAnchorElement>('.empty a')?.href).toBe('https://far.example/@x/1')
    expect(asked.some((path) => path.includes('resolve=true'))).toBe(true)
    answers['https://far.example/@x/1||'] = { ...nothing, statuses: [status('3', 'from afar')] }
    await act(() => [...page.querySelectorAll('button')].find((one) => one.textContent === 'Try again')?.click())
    await vi.waitFor(() => expect(page.textContent).toContain('from afar'))
  })

  test('what the server refuses is said in its words', async () => {
    answers['before:x|statuses|0'] = { error: '"before:" wants a day, like 2026-01-31' }
    await open('/search?q=before%3Ax&type=statuses')
    await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('wants a day'))
  })
})

test('searches are remembered on the device for one account, proposed, and forgotten one by one', async () => {
  await open('/search')
  await type('spare mast')
  await send()
  await type('rope')
  await send()
  expect(recentSearches()).toEqual(['rope', 'spare mast'])
  expect(localStorage.getItem('hamlet-searches-noa')).toContain('spare mast')
  await open('/search')
  await type('')
  expect(options()).toEqual(['rope', 'spare mast'])
  await act(() => page.querySelector<HTMLElement>('[aria-label="Forget rope"]')?.click())
  expect(recentSearches()).toEqual(['spare mast'])
  expect(localStorage.getItem('hamlet-searches-noa')).not.toContain('rope')
})
