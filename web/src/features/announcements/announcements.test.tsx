import type { Announcement } from '@hamlet/contract/announcement'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { AnnouncementsPage } from './announcements-page.tsx'
import { AnnouncementCard } from './card.tsx'
import { NewsRow } from './door.tsx'
import { spanOf } from './span.ts'
import { TeamAnnouncementsPage } from './team-page.tsx'
import { hearNews, told } from './told.ts'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>

const announcement = (id: string, more: Partial<Announcement> = {}): Announcement => ({
  id,
  content: `<p>words of ${id}</p>`,
  starts_at: null,
  ends_at: null,
  all_day: false,
  published_at: `2026-11-2${id}T08:00:00.000Z`,
  updated_at: '2026-11-20T08:00:00.000Z',
  read: false,
  mentions: [],
  statuses: [],
  tags: [],
  emojis: [],
  reactions: [],
  ...more,
})

beforeEach(() => {
  asked = []
  answers = {}
  told.value = undefined
  server.value = { title: 'Skerry' } as never
  me.value = { id: '1', role: { permissions: '1' } } as never
  vi.stubGlobal('scrollTo', () => {})
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`)
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

const draw = (what: preact.ComponentChildren) =>
  act(() =>
    render(
      <>
        {what}
        <Toasts />
      </>,
      page,
    ),
  )
const button = (name: string | RegExp) =>
  [...page.querySelectorAll('button')].find((one) => {
    const label = one.getAttribute('aria-label') ?? one.textContent
    return typeof name === 'string' ? label === name : name.test(label)
  })
const press = (name: string | RegExp) => act(async () => button(name)?.click())
const seen = (words: string) => vi.waitFor(() => expect(page.textContent).toContain(words))

test('what is unread stands first and says so; what is put away stays in its place', async () => {
  answers['GET /api/v1/announcements'] = [announcement('1'), announcement('2', { read: true }), announcement('3')]
  answers['POST /api/v1/announcements/3/dismiss'] = {}
  await draw(<AnnouncementsPage />)
  await seen('words of 1')
  const shown = () => [...page.querySelectorAll('.news-card')].map((one) => one.textContent)
  expect(shown().map((text) => /words of \d/.exec(text)?.[0])).toEqual(['words of 3', 'words of 1', 'words of 2'])
  expect(shown()[0]).toContain('Unread')
  expect(shown()[2]).not.toContain('Unread')
  await press('Put away')
  expect(asked).toContain('POST /api/v1/announcements/3/dismiss')
  expect(shown()[0]).toContain('words of 3')
  expect(shown()[0]).not.toContain('Unread')
})

test('nothing announced, and nothing that can be had, are said in words', async () => {
  answers['GET /api/v1/announcements'] = []
  await draw(<AnnouncementsPage />)
  await seen('Nothing is announced')
  render(null, page)
  told.value = undefined
  answers = {}
  await draw(<AnnouncementsPage />)
  await seen('Not this time')
})

test('an emoji is chosen at once, taken back with the same press, and as it was when the server refuses', async () => {
  const reactions = [{ name: '🌊', count: 14, me: false }]
  told.value = [announcement('1', { reactions })]
  answers['PUT /api/v1/announcements/1/reactions/%F0%9F%8C%8A'] = {}
  answers['GET /api/v1/announcements'] = [announcement('1', { reactions: [{ name: '🌊', count: 15, me: true }] })]
  const One = () => {
    const [one] = told.value ?? []
    return one ? <AnnouncementCard announcement={one} /> : null
  }
  await draw(<One />)
  expect(button('🌊, 14 people')?.getAttribute('aria-pressed')).toBe('false')
  await press('🌊, 14 people')
  expect(button('🌊, 15 people')?.getAttribute('aria-pressed')).toBe('true')
  await press('🌊, 15 people')
  expect(asked).toContain('DELETE /api/v1/announcements/1/reactions/%F0%9F%8C%8A')
  await seen('Not this time')
  await vi.waitFor(() => expect(told.value?.[0]?.reactions[0]?.me).toBe(true))
})

test('what others choose meanwhile is counted, and one’s own stays one’s own', () => {
  told.value = [announcement('1', { reactions: [{ name: '🌊', count: 1, me: true }] })]
  const hear = (payload: Record<string, unknown>) =>
    hearNews({
      stream: ['user'],
      event: 'announcement.reaction',
      payload: JSON.stringify({ announcement_id: '1', ...payload }),
    })
  hear({ name: '🌊', count: 2 })
  hear({ name: '☕', count: 1 })
  expect(told.value[0]?.reactions).toEqual([
    { name: '🌊', count: 2, me: true },
    { name: '☕', count: 1 },
  ])
  hear({ name: '☕', count: 0 })
  expect(told.value[0]?.reactions.length).toBe(1)
})

test('the row above home holds what was there when home was drawn: nothing moves later', async () => {
  await draw(<NewsRow />)
  await act(() => void (told.value = [announcement('1')]))
  expect(page.querySelector('.news-row')).toBeNull()
  render(null, page)
  told.value = [announcement('1'), announcement('2')]
  await draw(<NewsRow />)
  expect(page.textContent).toContain('2 unread announcements')
  const away = ['1', '2'].map((id) => announcement(id, { read: true }))
  await act(() => void (told.value = away))
  expect(page.querySelector('a')).toBeNull()
})

test('a span is a day, days or hours; a whole day is that day everywhere', () => {
  const span = (starts_at: string, ends_at: string, all_day = false) => spanOf({ starts_at, ends_at, all_day })
  expect(span('2026-11-28T00:00:00Z', '2026-11-28T00:00:00Z', true)).toBe('Sat, Nov 28')
  expect(span('2026-11-28T00:00:00Z', '2026-11-30T00:00:00Z', true)).toBe('Sat, Nov 28 to Mon, Nov 30')
  expect(span('2026-11-28T20:00:00', '2026-11-28T20:20:00')).toMatch(/^Sat, Nov 28, 08:00\sPM to 08:20\sPM$/)
  expect(spanOf({ starts_at: null, ends_at: null, all_day: false })).toBe('')
})

test('the team writes one for a later hour, shows another now, and asks before it deletes', async () => {
  const path = '/api/web/moderation/announcements'
  const row = { starts_at: null, ends_at: null, all_day: false, scheduled_at: null, published_at: null, updated_at: '' }
  answers[`GET ${path}`] = [{ ...row, id: '5', text: 'the ferry', state: 'draft' }]
  for (const done of [`POST ${path}`, `POST ${path}/5/publish`, `DELETE ${path}/5`]) answers[done] = {}
  await draw(<TeamAnnouncementsPage />)
  await seen('Draft, shown to nobody')
  const later = page.querySelector<HTMLInputElement>('input[value="later"]')
  await act(() => later?.click())
  const fill = (name: string, value: string) => {
    const field = page.querySelector<HTMLInputElement>(`[name="${name}"]`)
    if (field) field.value = value
  }
  fill('text', 'tea at four')
  fill('at', '2099-01-31T20:00')
  await act(async () => page.querySelector('form')?.requestSubmit())
  await seen('Saved.')
  const sent = asked.find((one) => one.startsWith(`POST ${path} `)) ?? ''
  expect(JSON.parse(sent.slice(sent.indexOf('{')))).toEqual({
    text: 'tea at four',
    all_day: false,
    starts_at: null,
    ends_at: null,
    scheduled_at: new Date('2099-01-31T20:00').toISOString(),
    draft: false,
  })
  await press('Show now')
  expect(asked).toContain(`POST ${path}/5/publish`)
  await press('Delete')
  expect(asked).not.toContain(`DELETE ${path}/5`)
  await act(async () => page.querySelector<HTMLButtonElement>('dialog .button-danger')?.click())
  expect(asked).toContain(`DELETE ${path}/5`)
})
