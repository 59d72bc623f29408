import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bound, keysOf, listenToKeys } from '../../app/keys.ts'
import { changeReading, reading, usualReading } from '../../app/reading.ts'
import { navigate, place } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { KeyboardPage } from './keyboard-page.tsx'
import { clashOf, readKeys } from './change-keys.ts'

let page: HTMLElement
let sent: unknown[]
let unlisten: () => void

beforeEach(() => {
  sent = []
  server.value = { title: 'Skerry' } as never
  me.value = { id: '1', acct: 'noa' } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (_path: string, { body }: RequestInit) => {
    sent.push(JSON.parse(body as string))
    return Response.json({})
  })
  changeReading(usualReading)
  page = document.body.appendChild(document.createElement('div'))
  unlisten = listenToKeys()
})
afterEach(() => {
  unlisten()
  render(null, page)
  page.remove()
  changeReading(usualReading)
  vi.unstubAllGlobals()
})

const draw = () =>
  act(() =>
    render(
      <>
        <KeyboardPage />
        <Toasts />
      </>,
      page,
    ),
  )
const key = (key: string, more: KeyboardEventInit = {}, target: Element = document.body) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })))
const find = (label: string) =>
  [...page.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)
const press = (label: string) => act(() => find(label)?.click())
const field = () => page.querySelector<HTMLInputElement>('.key-form input')
const line = (says: string) => [...page.querySelectorAll('.key-line')].find((one) => one.textContent?.includes(says))
const fault = () => page.querySelector('#key-fault')?.textContent
const change = async (does: string, ...letters: (string | [string, KeyboardEventInit])[]) => {
  await press(`Change the keys: ${does}`)
  for (const letter of letters) {
    const [one, more] = typeof letter === 'string' ? [letter, {}] : letter
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as they are typed
    await key(one, more, field() as Element)
  }
  await press('Keep')
}

describe('keys', () => {
  test('are changed, act from then on, are kept with the person, and are taken back by Undo', async () => {
    await draw()
    await change('Search', 's')
    expect(sent).toEqual([{ keys: { search: ['s'] } }])
    expect(line('Search')?.textContent).toContain('changed')
    await act(() => navigate('/home'))
    await key('/')
    expect(place.value.path).toBe('/home')
    await key('s')
    expect(place.value.path).toBe('/search')
    await vi.waitFor(() => expect(find('Undo')).toBeDefined())
    await press('Undo')
    expect([sent.at(-1), keysOf('search')]).toEqual([{ keys: {} }, ['/']])
  })

  test('are two, one after the other, and letters of other scripts stand for where they lie', async () => {
    await draw()
    await act(() => navigate('/home'))
    await change('Search', 'v', ['ы', { code: 'KeyS' }])
    expect(keysOf('search')).toEqual(['v s'])
    await key('v')
    await key('s')
    expect(place.value.path).toBe('/search')
    expect(['', ' ', 'a', 'ab', ' a b ', 'abc'].map(readKeys)).toEqual(['', '', 'a', 'a b', 'a b', 'a b'])
  })

  test.each([
    ['that something else has', ['j'], '“j” is taken: Next post.'],
    ['two that something else has', ['g', 'h'], '“g h” is taken: Home.'],
    ['with which others begin', ['g'], '“g” begins other keys: To the top.'],
    ['whose first does something by itself', ['j', 'x'], '“j” does something by itself: Next post.'],
    ['none at all', [''], 'Type a key, or two that are pressed one after the other.'],
  ])('%s are refused with the reason, and nothing is kept', async (_name, letters, why) => {
    await draw()
    await press('Change the keys: Search')
    await act(() => {
      const input = field()
      if (input) input.value = ''
      input?.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    for (const one of letters) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as they are typed
      await key(one, {}, field() as Element)
    }
    await press('Keep')
    expect(fault()).toBe(why)
    expect([document.activeElement, field()?.getAttribute('aria-describedby')]).toEqual([field(), 'key-fault'])
    expect([sent, reading.value.keys]).toEqual([[], {}])
    await key('Escape', {}, field() as Element)
    expect(field()).toBeNull()
  })

  test('are silenced one by one, and all letters by the switch', async () => {
    await draw()
    await act(() => navigate('/home'))
    await press('Change the keys: Search')
    await press('No key')
    expect([reading.value.keys.search, line('Search')?.querySelector('dt')?.textContent]).toEqual([[], 'No key'])
    await key('/')
    expect(place.value.path).toBe('/home')
    await act(() => page.querySelector<HTMLElement>('#single-keys')?.click())
    expect(sent.at(-1)).toEqual({ singleKeys: false })
    await key('g')
    await key('s')
    expect(place.value.path).toBe('/home')
    expect(page.textContent).toContain('Keys without Ctrl are off')
  })

  test('are as usual again, one or all; one that is taken says by what', async () => {
    changeReading({ keys: { search: ['v'], next: ['/'], open: ['u'] } })
    await draw()
    await press('Change the keys: Search')
    await press('As usual')
    expect(fault()).toBe('“/” is taken: Next post.')
    await press('Cancel')
    await press('Change the keys: Next post')
    await press('As usual')
    expect(reading.value.keys).toEqual({ search: ['v'], open: ['u'] })
    // Enter opens what has the focus, whatever else was chosen.
    expect(keysOf('open')).toEqual(['Enter', 'u'])
    await press('All as usual')
    expect([reading.value.keys, find('All as usual')]).toEqual([{}, undefined])
  })

  test('that are kept for what there is no longer do no harm', () => {
    changeReading({ keys: { dance: ['j'], next: ['j'] } })
    expect(bound.value.byKeys.get('j')).toBe('next')
    expect(clashOf('search', 'w')).toBeUndefined()
  })
})

const quoted = { account: { display_name: 'Bo', username: 'bo' }, content: '<p>the tide turns</p>', spoiler_text: '' }
const status = {
  id: 'k1',
  account: { id: '9', acct: 'ana@far.test', username: 'ana', display_name: 'Ana' },
  content: `<p>${'word '.repeat(30)}end</p>`,
  created_at: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  edited_at: '2026-11-26T10:00:00Z',
  visibility: 'unlisted',
  spoiler_text: '',
  media_attachments: [{ description: 'Four boats' }, { description: null }],
  poll: { options: [{ title: 'Yes' }, { title: 'No' }] },
  quote: { state: 'accepted', quoted_status: quoted },
  card: { title: 'Tides' },
  replies_count: 2,
  reblogs_count: 0,
  favourites_count: 1,
} as unknown as Status

describe('what is said of a post', () => {
  const say = async (spoken: 'short' | 'normal' | 'full', change: Partial<Status> = {}) => {
    changeReading({ spoken })
    const { spokenName } = await import('../statuses/card/spoken-name.ts')
    return spokenName({ ...status, ...change })
  }

  test('short: who, and the first words or the warning', async () => {
    expect(await say('short')).toBe(`Ana, ${'word '.repeat(8)}…`)
    expect(await say('short', { spoiler_text: 'rain' })).toBe('Ana, warning: rain')
  })

  test('normal: also when, and what it carries', async () => {
    expect(await say('normal')).toBe(`Ana, 3 h, ${'word '.repeat(24)}…, 2 pictures, 1 described, a poll, with a quote`)
  })

  test('all: every word, description, choice and count; behind a warning only that it is there', async () => {
    const everything = await say('full')
    expect(everything).toBe(
      `Ana, @ana@far.test, 3 h, Everyone, quietly, edited, ${'word '.repeat(30)}end, picture: Four boats, ` +
        'a picture without a description, a poll, Yes, No, quoting Bo: the tide turns, a link: Tides, 2 replies, 1 favourite',
    )
    const warned = await say('full', { spoiler_text: 'rain' })
    expect(warned).toContain('warning: rain, 2 pictures, 1 described, a poll, with a quote, 2 replies')
    expect(warned).not.toContain('Four boats')
    changeReading({ expandWarnings: true })
    expect(await say('full', { spoiler_text: 'rain' })).toContain('warning: rain, word word')
  })

  test('is chosen on the page of keys, and kept with the person', async () => {
    await draw()
    const select = page.querySelector<HTMLSelectElement>('#spoken')
    await act(() => {
      if (select) select.value = 'full'
      select?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect([sent, reading.value.spoken]).toEqual([[{ spoken: 'full' }], 'full'])
  })
})
