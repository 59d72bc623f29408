import type { EmojiPack, TeamEmoji } from '@hamlet/contract/emoji'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { EmojiTeamPage } from './team-page.tsx'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>

const emoji = (id: string, shortcode: string, more: Partial<TeamEmoji> = {}): TeamEmoji => ({
  id,
  shortcode,
  url: `/${shortcode}.png`,
  static_url: `/${shortcode}.png`,
  host: null,
  category: null,
  visible_in_picker: true,
  disabled: false,
  is_here: false,
  updated_at: '2026-11-27T08:00:00.000Z',
  ...more,
})
const pack: EmojiPack = {
  id: '8',
  file_name: 'sea.zip',
  state: 'finished',
  total: 3,
  done: 3,
  added: 2,
  created_at: '2026-11-27T08:00:00.000Z',
  problems: [{ name: 'bad.png', problem: 'It is not a picture' }],
}
const API = '/api/web/admin/emojis'
const LIST = `GET ${API}?origin=local`

beforeEach(() => {
  asked = []
  answers = {
    'GET /api/web/admin/emoji_packs': [pack],
    [`GET ${API}/categories`]: [
      { name: 'Plants', emojis: 1 },
      { name: null, emojis: 1 },
    ],
    [LIST]: [emoji('1', 'fern', { category: 'Plants' }), emoji('2', 'moss', { visible_in_picker: false })],
  }
  server.value = { title: 'Skerry' } as never
  me.value = { id: '1', role: { permissions: '1' } } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    const sent = body instanceof FormData ? ` ${[...body.keys()].join()}` : typeof body === 'string' ? ` ${body}` : ''
    asked.push(`${method} ${path}${sent}`)
    const answer = answers[`${method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Not this time' }), { status: answer ? 200 : 422 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = () =>
  act(() =>
    render(
      <>
        <EmojiTeamPage />
        <Toasts />
      </>,
      page,
    ),
  )
const seen = (words: string) => vi.waitFor(() => expect(page.textContent).toContain(words))
const button = (name: string) => [...page.querySelectorAll('button')].find((one) => one.textContent === name)
const press = (name: string) => act(async () => button(name)?.click())
const tick = (index: number) =>
  act(async () => page.querySelectorAll<HTMLInputElement>('.emoji-row input')[index]?.click())
const rows = () => [...page.querySelectorAll('.emoji-row')].map((row) => row.textContent)

test('what is here stands under its names, with what became of the last pack', async () => {
  await draw()
  await seen(':fern:')
  expect(rows()).toEqual([':fern:Plants', ':moss:No category · not offered'])
  expect(page.textContent).toContain('2 of 3 taken')
  expect(page.textContent).toContain('bad.png: It is not a picture')
  expect(button('Disable')?.disabled).toBe(true)
})

test('chosen ones are changed together, and what could not be is said', async () => {
  answers[`POST ${API}/acts`] = [
    { id: '1', shortcode: 'fern', problem: null },
    { id: '2', shortcode: 'moss', problem: 'Somebody holds it' },
  ]
  await draw()
  await seen(':fern:')
  await tick(0)
  await tick(1)
  expect(page.textContent).toContain('2 chosen')
  await press('Disable')
  expect(asked).toContain(`POST ${API}/acts {"act":"disable","ids":["1","2"]}`)
  await seen('Somebody holds it')
  expect(rows()[0]).toBe(':fern:Plants · disabled')
  expect(rows()[1]).toBe(':moss:No category · not offered')
})

test('nothing is deleted before it is asked for twice', async () => {
  answers[`POST ${API}/acts`] = [{ id: '1', shortcode: 'fern', problem: null }]
  await draw()
  await seen(':fern:')
  await tick(0)
  await press('Delete…')
  await seen('Delete this emoji?')
  expect(asked.some((one) => one.startsWith('POST'))).toBe(false)
  await press('Delete')
  await vi.waitFor(() => expect(rows()).toEqual([':moss:No category · not offered']))
})

test('one of another server is copied here', async () => {
  answers[`GET ${API}?origin=remote`] = [emoji('5', 'wave', { host: 'far.example' })]
  answers[`POST ${API}/acts`] = [{ id: '5', shortcode: 'wave', problem: null }]
  await draw()
  await seen(':fern:')
  const from = [...page.querySelectorAll('select')].find((one) => one.value === 'local')!
  await act(async () => {
    from.value = 'remote'
    from.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await seen('far.example')
  await tick(0)
  await press('Copy here')
  await seen('there is one of this name here')
})

test('a fault is said in words, in the form and for the page', async () => {
  answers = {}
  await draw()
  await seen('That did not work')
  await act(async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  })
  await vi.waitFor(() => expect(page.querySelector('.field-fault')?.textContent).toContain('Not this time'))
})
