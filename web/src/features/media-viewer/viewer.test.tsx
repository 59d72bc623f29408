import type { CredentialAccount } from '@hamlet/contract/account'
import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepStatus } from '../../api/store.ts'
import { listenToKeys } from '../../app/keys.ts'
import { changeReading, usualReading } from '../../app/reading.ts'
import { place, startRouter } from '../../app/router.ts'
import { me } from '../../app/session.ts'
import { Pictures } from '../statuses/pictures.tsx'
import { asked } from '../statuses/composer-state.ts'
import { MediaViewer } from './door.tsx'
import { playing, speed } from './player.ts'
import { sourceOf } from './source.ts'
import { uncovered } from './state.ts'

const media = (id: string, more: Partial<MediaAttachment> = {}) =>
  ({
    id,
    type: 'image',
    url: `/media/original/${id}.png`,
    preview_url: `/media/small/${id}.png`,
    remote_url: null,
    description: `Boat ${id}`,
    blurhash: null,
    meta: {
      original: { width: 4000, height: 3000 },
      small: { width: 640, height: 480 },
      focus: { x: 0, y: 0 },
    },
    ...more,
  }) as MediaAttachment

const account = {
  id: '7',
  username: 'oda',
  acct: 'oda',
  display_name: 'Oda',
  avatar: '/oda.png',
  emojis: [],
  note: '',
  fields: [],
}
const post = (more: Partial<Status> = {}) =>
  ({
    id: '12',
    uri: 'https://skerry.test/12',
    url: `${location.origin}/@oda/12`,
    account,
    content: '<p>Out until Thursday</p>',
    spoiler_text: '',
    sensitive: false,
    visibility: 'public',
    created_at: '2026-11-26T10:00:00.000Z',
    edited_at: null,
    reblog: null,
    quote: null,
    mentions: [],
    emojis: [],
    tags: [],
    media_attachments: [media('1'), media('2'), media('3', { description: null })],
    ...more,
  }) as unknown as Status

let page: HTMLElement
let fetched: string[]
let status: Status
beforeEach(async () => {
  fetched = []
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(status)))
  vi.stubGlobal(
    'Image',
    class {
      set src(address: string) {
        fetched.push(address)
      }
    },
  )
  uncovered.value = new Set()
  me.value = { id: '9', avatar: '/me.png' } as CredentialAccount
  status = post()
  page = document.createElement('div')
  document.body.append(page)
  history.replaceState(null, '', '/home')
  startRouter()
})
afterEach(async () => {
  await act(() => render(null, page))
  page.remove()
  document.documentElement.dir = ''
  vi.unstubAllGlobals()
})

const draw = async () => {
  keepStatus(status)
  await act(() =>
    render(
      <>
        <Pictures status={status} isSensitive={false} />
        <MediaViewer />
      </>,
      page,
    ),
  )
}
const viewer = () => page.querySelector<HTMLElement>('.viewer')
const shown = () => viewer()?.querySelector('.viewer-stage')?.getAttribute('aria-label')
const links = () => [...page.querySelectorAll<HTMLAnchorElement>('.picture a')]
const address = () => location.pathname + location.search
const open = async (index: number) => {
  await draw()
  await act(() => links()[index]?.click())
  await vi.waitFor(() => expect(shown()).toBeTruthy())
}
const press = (key: string, from: Element = viewer() ?? page) =>
  act(() => void from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
const scale = () =>
  /scale\(([\d.]+)\)/.exec(viewer()?.querySelector<HTMLElement>('.viewer-picture')?.style.transform ?? '')?.[1]
const button = (name: string) => viewer()?.querySelector<HTMLElement>(`button[aria-label="${name}"]`)

test('a press opens that picture over the screen, under an address of its own, and Escape leads back to it', async () => {
  await open(1)
  expect(shown()).toBe('Picture 2 of 3: Boat 2')
  expect([address(), place.value.path]).toEqual(['/@oda/12?media=2', '/home'])
  expect(viewer()?.querySelector('img')?.alt).toBe('Boat 2')
  expect(viewer()?.querySelector('.viewer-seen')?.textContent).toBe('Boat 2')
  await act(() => void viewer()?.dispatchEvent(new Event('cancel', { cancelable: true })))
  await vi.waitFor(() => expect(viewer()).toBeNull())
  expect(address()).toBe('/home')
  expect(document.activeElement).toBe(links()[1])
})

test('arrows, Home and End lead through the post, not past its ends, and what is shown is said', async () => {
  await open(0)
  const steps = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowLeft', 'End']
  const seen: string[] = []
  for (const key of steps) {
    await press(key)
    seen.push(location.search)
  }
  expect(seen.map((one) => one.at(-1))).toEqual(['2', '3', '3', '2', '1', '1', '3'])
  expect(viewer()?.querySelector('[aria-live=polite]')?.textContent).toBe('Picture 3 of 3, without a description')
})

const quickly = (key: string, from: Element | null = document.activeElement) => {
  from?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  return Promise.resolve()
}

test('a key that comes the moment the viewer is there is its own', async () => {
  await open(0)
  await act(() => void viewer()?.dispatchEvent(new Event('cancel', { cancelable: true })))
  await vi.waitFor(() => expect(viewer()).toBeNull())
  links()[0]?.click()
  await Promise.resolve()
  expect(document.activeElement).toBe(viewer()?.querySelector('.viewer-stage'))
  await quickly('ArrowRight')
  expect(address()).toBe('/@oda/12?media=2')
})

test('an open menu owns the keys even while the focus is on its button, or nowhere', async () => {
  await open(0)
  const more = button('More')
  await act(() => more?.click())
  more?.focus()
  await quickly('End', more ?? null)
  expect([address(), document.activeElement?.getAttribute('role')]).toEqual(['/@oda/12?media=1', 'menuitem'])
  const behind = vi.fn()
  addEventListener('keydown', behind)
  await quickly('ArrowRight', document.body)
  removeEventListener('keydown', behind)
  expect([address(), behind.mock.calls.length]).toEqual(['/@oda/12?media=1', 0])
})

test('two quick presses are two steps, before either is drawn', async () => {
  await open(0)
  await act(() => {
    for (let n = 0; n < 2; n += 1)
      viewer()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }))
  })
  expect(shown()).toBe('Picture 3 of 3, without a description')
})

test('where one reads from the right, the left arrow leads on', async () => {
  document.documentElement.dir = 'rtl'
  await open(0)
  await press('ArrowLeft')
  expect(location.search).toBe('?media=2')
})

test('plus, minus and nought enlarge and show it whole; arrows then move it, and the next one is whole again', async () => {
  await open(0)
  await press('+')
  await press('+')
  expect(scale()).toBe('2.25')
  await press('ArrowRight')
  expect(location.search).toBe('?media=1')
  await press('-')
  expect(scale()).toBe('1.5')
  await press('0')
  expect(scale()).toBe('1')
  await press('+')
  await press('PageDown')
  expect([location.search, scale()]).toEqual(['?media=2', '1'])
})

test('a key folds the description away, and another layer above keeps its keys', async () => {
  await open(0)
  await press('a')
  expect(viewer()?.querySelector('.viewer-words')).toBeNull()
  const above = document.createElement('dialog')
  above.open = true
  document.body.append(above)
  await press('ArrowRight', above)
  above.remove()
  expect(location.search).toBe('?media=1')
})

test('the neighbours are fetched early, and nothing is where data is saved', async () => {
  await open(1)
  expect(fetched.map((one) => /\d/.exec(one)?.[0])).toEqual(['3', '1'])
  fetched = []
  vi.stubGlobal('navigator', { connection: { saveData: true } })
  await press('ArrowRight')
  expect(fetched).toEqual([])
  expect(sourceOf(media('4'), { width: 900, height: 675 }, 1)).toBe('/media/small/4.png')
  expect(sourceOf(media('4'), { width: 900, height: 675 }, 2)).toBe('/media/original/4.png')
})

test('the smallest version that fills the picture is the one that is fetched', () => {
  expect(sourceOf(media('1'), { width: 320, height: 240 }, 1)).toBe('/media/small/1.png')
  expect(sourceOf(media('1'), { width: 320, height: 240 }, 4)).toBe('/media/original/1.png')
})

test('a missing description is said in words; its author alone is led to write one', async () => {
  await open(2)
  expect(viewer()?.querySelector('.viewer-unseen')?.textContent).toBe('No description')
  await act(() => void (me.value = { id: '7', avatar: '/oda.png' } as CredentialAccount))
  await press('ArrowLeft')
  await press('ArrowRight')
  await act(() => viewer()?.querySelector<HTMLElement>('.viewer-unseen button')?.click())
  expect(asked.value?.edit?.id).toBe('12')
})

test('whoever comes by the address alone finds sensitive pictures covered, until they ask', async () => {
  status = post({ sensitive: true })
  history.replaceState(null, '', '/@oda/12?media=2')
  startRouter()
  await draw()
  await vi.waitFor(() => expect(viewer()?.textContent).toContain('you may not want to see'))
  expect([viewer()?.querySelector('.viewer-picture'), viewer()?.querySelector('.viewer-seen')]).toEqual([null, null])
  expect(fetched).toEqual([])
  await act(() => viewer()?.querySelector<HTMLElement>('.viewer-fault button')?.click())
  expect(shown()).toBe('Picture 2 of 3: Boat 2')
  await act(() => button('Close')?.click())
  await vi.waitFor(() => expect(viewer()).toBeNull())
  expect(address()).toBe('/@oda/12')
})

test('a film has the browser’s own player, steps by frames and keeps its speed; one from elsewhere is a link alone', async () => {
  const film = { type: 'video', preview_url: null } as const
  const there = { ...film, url: 'https://far.test/film.mp4', remote_url: 'https://far.test/film.mp4' }
  status = post({ media_attachments: [media('1'), media('2', film), media('3', there)] })
  await open(0)
  await press('ArrowRight')
  const player = playing()
  expect(player?.controls).toBe(true)
  await press('.')
  expect(player?.currentTime).toBeCloseTo(1 / 30)
  await press(',')
  expect(player?.currentTime).toBe(0)
  await act(() => button('More')?.click())
  const item = (name: string) =>
    [...(viewer()?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])].find((one) => one.textContent === name)
  await act(() => item('Speed 1.5×')?.click())
  expect([player?.playbackRate, speed.value]).toEqual([1.5, 1.5])
  await press('ArrowRight')
  expect(playing()).toBeNull()
  expect(viewer()?.querySelector<HTMLAnchorElement>('.viewer-frame a')?.href).toBe('https://far.test/film.mp4')
})

test('an animation can be halted, and stands still for readers who want that', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  status = post({ media_attachments: [media('1', { type: 'gifv', description: 'A flag in the wind' })] })
  await open(0)
  const film = () => viewer()?.querySelector('video')
  expect([film()?.muted, film()?.loop, film()?.autoplay]).toEqual([true, true, false])
  expect(film()?.getAttribute('aria-label')).toBe('Animation 1 of 1: A flag in the wind')
  await act(() => button('Play')?.click())
  expect(button('Pause')).toBeTruthy()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  changeReading({ autoplay: 'always' })
  await press('Escape')
  await open(0)
  expect(film()?.autoplay).toBe(true)
  changeReading(usualReading)
})

test.each([
  ['o on a picture opens it', 'o', '?media=2'],
  ['e on its card opens the first', 'e', '?media=1'],
])('%s', async (_, key, query) => {
  const unlisten = listenToKeys()
  keepStatus(status)
  await act(() =>
    render(
      <article class="card" tabIndex={-1} data-id="12">
        <Pictures status={status} isSensitive={false} />
      </article>,
      page,
    ),
  )
  const from = key === 'o' ? links()[1] : page.querySelector<HTMLElement>('article')
  from?.focus()
  await press(key, from ?? page)
  unlisten()
  expect(address()).toBe(`/@oda/12${query}`)
})

test('a post that is gone is said to be gone', async () => {
  vi.stubGlobal('fetch', async () => new Response('{"error":"Record not found"}', { status: 404 }))
  history.replaceState(null, '', '/@oda/404404?media=1')
  startRouter()
  await act(() => render(<MediaViewer />, page))
  await vi.waitFor(() => expect(viewer()?.textContent).toContain('nothing here'))
})
