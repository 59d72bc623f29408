import { render, type VNode } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepStatus } from '../../api/store.ts'
import { keyMap, listenToKeys } from '../../app/keys.ts'
import { changeReading, usualReading } from '../../app/reading.ts'
import { navigate, place } from '../../app/router.ts'
import { screenAt, screenPatterns, SETTINGS } from '../../app/screens.tsx'
import { me, server } from '../../app/session.ts'
import { keyGroups } from '../keyboard/key-words.ts'
import { KeyboardPage } from '../keyboard/keyboard-page.tsx'
import { PrivacyPage } from '../settings/privacy-page.tsx'
import { ReadingPage } from '../settings/reading-page.tsx'
import { pages } from '../settings/tree.ts'
import { fit } from './fit.ts'
import { PaletteDoor } from './palette-door.tsx'
import { closeAbove } from './palette-state.ts'
import { places } from './places.ts'
import { switches } from './switches.ts'

// Lists are none of this, and their drawing wants a browser.
vi.mock('virtua', () => ({ WindowVirtualizer: () => null }))

let page: HTMLElement
let sent: string[]
let unlisten: () => void

const person = (id: string, name: string) => ({
  id,
  acct: id,
  username: id,
  display_name: name,
  avatar: '/a.png',
  emojis: [],
})
const everything = { permissions: String(1n) }
const status = {
  id: '7',
  uri: 'u',
  url: 'https://town.test/@mut/7',
  content: '<p>tea</p>',
  account: person('mut', 'Mutlu'),
  visibility: 'public',
  favourited: false,
  quote_approval: { automatic: [], manual: [], current_user: 'denied' },
  emojis: [],
  reblog: null,
}

beforeEach(() => {
  sent = []
  server.value = { title: 'Skerry' } as never
  me.value = {
    ...person('noa', 'Noa'),
    source: { sensitive: false, privacy: 'public', quote_policy: 'public', language: null },
    role: everything,
    locked: false,
  } as never
  keepStatus(status as never)
  vi.stubGlobal('scrollTo', () => {})
  Element.prototype.scrollIntoView = () => {}
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    sent.push(`${method} ${path} ${typeof body === 'string' ? body : ''}`.trim())
    if (path.startsWith('/api/v1/accounts/search')) return Response.json([person('mutlu', 'Mutlu Ergin')])
    if (path.includes('type=hashtags')) return Response.json({ hashtags: [{ id: '1', name: 'mutual' }] })
    if (method === 'PATCH') return Response.json({ ...me.value, ...(JSON.parse(body as string) as object) })
    return Response.json(method === 'POST' ? { ...status, favourited: true } : [])
  })
  history.replaceState({}, '', '/home')
  page = document.body.appendChild(document.createElement('div'))
  render(
    <>
      <div class="column">
        <article class="card" tabIndex={-1} data-id="7" />
        <article class="card" tabIndex={-1} data-id="8" />
        <input aria-label="words" />
      </div>
      <PaletteDoor />
    </>,
    page,
  )
  unlisten = listenToKeys()
})
afterEach(() => {
  unlisten()
  closeAbove()
  changeReading(usualReading)
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const key = (key: string, more: KeyboardEventInit = {}, target: Element = document.activeElement ?? document.body) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })))
const card = () => page.querySelector<HTMLElement>('article') as HTMLElement
const field = () => page.querySelector<HTMLInputElement>('.palette input') as HTMLInputElement
async function openIt(): Promise<void> {
  await key('k', { ctrlKey: true })
  await vi.waitFor(() => expect(field()).not.toBeNull())
}
const type = (text: string) =>
  act(() => {
    field().value = text
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })
/** What Enter would choose. */
const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '')
const titles = () => [...page.querySelectorAll('.options-title')].map((one) => one.textContent)
const option = (words: string) =>
  [...page.querySelectorAll<HTMLElement>('[role=option]')].find((one) => one.textContent?.includes(words))

describe('the palette', () => {
  test('has the focus and hears its keys the moment it is there', async () => {
    // Its code has come with another opening.
    await openIt()
    await key('Escape', {}, field())
    dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }))
    await Promise.resolve()
    expect(document.activeElement).toBe(field())
    expect(active()).not.toBeNull()
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
    await Promise.resolve()
    expect(field()).toBeNull()
  })

  test('opens by Ctrl K with the acts of the focused post, and gives the focus back', async () => {
    card().focus()
    await openIt()
    expect(titles()).toEqual(['This post, by Mutlu', 'Go to'])
    expect(field().getAttribute('role')).toBe('combobox')
    await vi.waitFor(() => expect(active()).toBe(option('Reply')))
    await key('Escape', {}, field())
    expect(page.querySelector('.palette')).toBeNull()
    expect(document.activeElement).toBe(card())
    await openIt()
    await act(() => option('Favourite')?.click())
    await vi.waitFor(() => expect(sent).toContain('POST /api/v1/statuses/7/favourite {}'))
  })

  test('finds acts, settings, people and hashtags by their letters, which are bold', async () => {
    card().focus()
    await openIt()
    await type('mut')
    await vi.waitFor(() => expect(option('Mutlu Ergin')).toBeDefined())
    expect(titles()).toEqual(['This post, by Mutlu', 'People', 'Hashtags', 'Search'])
    expect(option('Mute Mutlu')?.querySelector('b')?.textContent).toBe('Mut')
    await type('langu posts')
    expect([...(option('Language of your posts')?.querySelectorAll('b') ?? [])].map((one) => one.textContent)).toEqual([
      'Langu',
      'posts',
    ])
  })

  test('goes by arrows and Enter, and to the search with what fits nothing', async () => {
    await openIt()
    await type('bookm')
    await key('Enter', {}, field())
    expect(place.value.path).toBe('/bookmarks')
    expect(page.querySelector('.palette')).toBeNull()
    await openIt()
    await type('zzz qq')
    await key('Enter', {}, field())
    expect(place.value.path + place.value.query.toString()).toBe('/searchq=zzz+qq')
    await openIt()
    await type('')
    await key('ArrowDown', {}, field())
    await key('ArrowUp', {}, field())
    await key('ArrowUp', {}, field())
    await vi.waitFor(() => expect(active()?.textContent).toBe('Sign out'))
  })

  test('throws a switch right there', async () => {
    await openIt()
    await type('ask me before')
    expect(option('Ask me')?.getAttribute('aria-checked')).toBe('false')
    await key('Enter', {}, field())
    await vi.waitFor(() => expect(option('Ask me')?.getAttribute('aria-checked')).toBe('true'))
    expect(sent).toContain('PATCH /api/v1/accounts/update_credentials {"locked":true}')
  })
})

describe('what the palette knows is all there is', () => {
  /** Screens that need more than a path: they are gone to from what they belong to. */
  const ofSomething = ['/share', '/links', '/lists/:id', '/lists/:id/edit', '/tags/:name', '/components/:part']
  const ofPeople = (pattern: string) => pattern.startsWith('/@:acct')

  test('every screen of the app is a place or a page of settings, and each of them is a screen', () => {
    const known = new Set([...places(), ...pages()].map(({ path }) => path))
    const missing = screenPatterns.filter((one) => !known.has(one) && !ofSomething.includes(one) && !ofPeople(one))
    expect(missing).toEqual([])
    for (const page of SETTINGS.source.match(/\(([a-z|]+)\)/)?.[1]?.split('|') ?? [])
      expect(known).toContain(`/settings/${page}`)
    const drawnBy = (path: string) => (screenAt(path).screen as VNode).type
    for (const path of known) expect(drawnBy(path), path).not.toBe(drawnBy('/nowhere-at-all'))
  })

  test('who is not of the team is shown none of its places', () => {
    me.value = { ...me.value, role: { permissions: '0' } } as never
    expect(places().filter(({ path }) => path.startsWith('/moderation'))).toEqual([])
  })

  test('every setting that is on or off can be thrown', async () => {
    const box = document.body.appendChild(document.createElement('div'))
    await act(() =>
      render(
        <>
          <PrivacyPage />
          <ReadingPage />
          <KeyboardPage />
        </>,
        box,
      ),
    )
    const drawn = [...box.querySelectorAll('[role=switch]')].map((one) => one.id).sort()
    expect(Object.keys(switches).sort()).toEqual(drawn)
    const inTree = pages().flatMap(({ settings }) => settings.map(([id]) => id))
    for (const id of drawn) expect(inTree).toContain(id)
    render(null, box)
    box.remove()
  })
})

describe('keys', () => {
  test('the list names every key that the app listens to, and none else', () => {
    const listed = keyGroups().flatMap(({ lines }) => lines)
    expect(listed.map(({ name }) => name).sort()).toEqual([...Object.keys(keyMap), 'leave', 'page', 'palette'].sort())
    const all = Object.values(keyMap).flatMap(({ keys }) => keys as readonly string[])
    expect(new Set(all).size).toBe(all.length)
  })

  test('act on the focused post, one after the other too', async () => {
    await key('j')
    expect(document.activeElement).toBe(card())
    await key('f')
    await vi.waitFor(() => expect(sent).toContain('POST /api/v1/statuses/7/favourite {}'))
    await key('g')
    await key('b')
    expect(place.value.path).toBe('/bookmarks')
    expect(sent.filter((one) => one.includes('reblog'))).toEqual([])
    await key('?')
    await vi.waitFor(() => expect(page.querySelector('.keys-dialog kbd')).not.toBeNull())
    closeAbove()
  })

  test('do nothing in fields, while letters are composed, held down, or when they are off', async () => {
    await act(() => navigate('/home'))
    const input = page.querySelector('input') as HTMLInputElement
    await key('/', {}, input)
    card().focus()
    await key('f', { isComposing: true })
    await key('f', { repeat: true })
    await act(() => changeReading({ singleKeys: false }))
    await key('f')
    await key('/')
    expect(place.value.path).toBe('/home')
    expect(sent).toEqual([])
    await openIt()
  })

  test('are found by their place where letters are not Latin', async () => {
    card().focus()
    await key('а', { code: 'KeyF' })
    await vi.waitFor(() => expect(sent).toContain('POST /api/v1/statuses/7/favourite {}'))
  })
})

test('letters fit at beginnings first, then inside, then loosely', () => {
  expect(fit('Filters and blocks', 'blo')).toEqual({ rank: 1, ranges: [[12, 15]] })
  expect(fit('Filters and blocks', 'fil')?.rank).toBe(0)
  expect(fit('Filters and blocks', 'lock')?.rank).toBe(2)
  expect(fit('Filters and blocks', 'fltblk')?.rank).toBe(3)
  expect(fit('Filters and blocks', 'xyz')).toBeUndefined()
  expect(fit('Filters and blocks', '')).toEqual({ rank: 0, ranges: [] })
})
