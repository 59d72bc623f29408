import type { Instance, Rule } from '@hamlet/contract/instance'
import type { TeamTerms, TeamTexts } from '@hamlet/contract/site-texts'
import type { ComponentChildren } from 'preact'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { HouseRulesPage, moved } from './rules-page.tsx'
import { SiteSettingsPage } from './settings-page.tsx'
import { TextsPage } from './texts-page.tsx'

const SETTINGS = '/api/web/admin/settings'
const TEXTS = '/api/web/admin/texts'
const TERMS = '/api/web/admin/terms'
const PICTURES = '/api/web/admin/pictures'
const RULES = '/api/web/admin/rules'

let sent: { call: string; body: unknown }[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const usual = {
  title: 'Skerry',
  description: '',
  contact_email: '',
  contact_account: '',
  languages: 'en',
  status_url: '',
  trends: 'on',
  profile_directory: 'on',
  local_feed: 'public',
  remote_feed: 'public',
  local_topics: 'public',
  remote_topics: 'public',
  show_domain_blocks: 'disabled',
  show_domain_blocks_rationale: 'disabled',
  peers_api: 'on',
  activity_api: 'on',
  deletion_days: '30',
}
const rule = (id: string, text: string, more: Partial<Rule> = {}): Rule => ({
  id,
  text,
  hint: '',
  translations: {},
  ...more,
})
const kind = rule('1', 'Be kind.', { translations: { de: { text: 'Seid freundlich.', hint: '' } } })
const quiet = rule('2', 'Be quiet.')

const version = (id: string, more: Partial<TeamTerms> = {}): TeamTerms => ({
  id,
  text: 'Be kind.',
  changes: '',
  effective_on: '2026-01-31',
  published_at: '2026-01-01T00:00:00.000Z',
  told_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  ...more,
})
const texts0: TeamTexts = {
  extended_description: { text: 'A town', updated_at: '2026-01-01T00:00:00.000Z' },
  privacy_policy: { text: '', updated_at: null },
  terms: [version('1')],
  draft: null,
  members: 412,
}

beforeEach(() => {
  sent = []
  answers = {
    [`GET ${TEXTS}`]: { status: 200, body: texts0 },
    [`GET ${PICTURES}`]: { status: 200, body: { thumbnail: null, icon: null } },
    [`GET ${SETTINGS}`]: { status: 200, body: usual },
    [`GET ${RULES}`]: { status: 200, body: [kind, quiet] },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: string | FormData | null }) => {
    sent.push({
      call: `${init.method} ${path}`,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    })
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'Record not found' } }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.stubGlobal('scrollTo', () => {})
  server.value = { title: 'Skerry' } as Instance
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const show = (screen: ComponentChildren) =>
  act(() =>
    render(
      <>
        {screen}
        <Toasts />
      </>,
      page,
    ),
  )
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const writes = () => sent.filter((one) => !one.call.startsWith('GET'))
const button = (label: string) => [...page.querySelectorAll('button')].find((one) => one.textContent === label)
const type = (field: HTMLInputElement | HTMLTextAreaElement | null, text: string) =>
  act(() => {
    if (!field) throw new Error('no such field')
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
const field = (id: string) => page.querySelector<HTMLInputElement>(`#${id}`)
const texts = () => [...page.querySelectorAll('.house-rule strong')].map((one) => one.textContent)

describe('the settings of the server', () => {
  beforeEach(async () => {
    await show(<SiteSettingsPage />)
    await vi.waitFor(() => expect(field('title')?.value).toBe('Skerry'))
  })

  test('send only the words that changed, and show what became of them', async () => {
    answers[`PATCH ${SETTINGS}`] = { status: 200, body: { ...usual, languages: 'de, en' } }
    await type(field('languages'), 'de,en')
    await press('Save')
    expect(writes()).toEqual([{ call: `PATCH ${SETTINGS}`, body: { languages: 'de,en' } }])
    await vi.waitFor(() => expect(field('languages')?.value).toBe('de, en'))
  })

  test('nothing changed is nothing sent; what is refused stays as it was typed', async () => {
    await press('Save')
    expect(writes()).toEqual([])
    answers[`PATCH ${SETTINGS}`] = { status: 422, body: { error: 'languages must be one or more languages' } }
    await type(field('languages'), 'tlh')
    await press('Save')
    await vi.waitFor(() => expect(page.textContent).toContain('must be one or more'))
    expect(field('languages')?.value).toBe('tlh')
  })

  test('pictures are put in place of ours, and taken away again', async () => {
    const thumbnail = { url: 'https://skerry.example/media/site/1.jpg', description: 'Boats' }
    answers[`PUT ${PICTURES}/thumbnail`] = { status: 200, body: { thumbnail, icon: null } }
    answers[`DELETE ${PICTURES}/thumbnail`] = { status: 200, body: { thumbnail: null, icon: null } }
    const form = () => page.querySelector<HTMLFormElement>('.site-picture')
    await act(() => void form()?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })))
    await vi.waitFor(() => expect(form()?.querySelector('img')?.src).toBe(thumbnail.url))
    await press('Take it away')
    await vi.waitFor(() => expect(form()?.querySelector('img')?.getAttribute('src')).toBe('/header.svg'))
  })

  test('switches count at once, and go back where that is refused', async () => {
    await act(() => field('trends')?.click())
    expect(writes()).toEqual([{ call: `PATCH ${SETTINGS}`, body: { trends: 'off' } }])
    await vi.waitFor(() => expect(field('trends')?.getAttribute('aria-checked')).toBe('true'))
  })
})

describe('the house rules', () => {
  beforeEach(async () => {
    await show(<HouseRulesPage />)
    await vi.waitFor(() => expect(texts()).toEqual(['Be kind.', 'Be quiet.']))
  })

  test('move with keys; the ends stay where they are', async () => {
    answers[`PUT ${RULES}/order`] = { status: 200, body: [quiet, kind] }
    await press('Move up: Be kind.')
    expect(writes()).toEqual([])
    await press('Move down: Be kind.')
    expect(writes()).toEqual([{ call: `PUT ${RULES}/order`, body: { ids: ['2', '1'] } }])
    expect(texts()).toEqual(['Be quiet.', 'Be kind.'])
  })

  test('move with the mouse, and go back where that is refused', async () => {
    const rows = [...page.querySelectorAll('.house-rule')]
    await act(() => void rows[1]?.dispatchEvent(new Event('dragstart', { bubbles: true })))
    await act(() => void rows[0]?.dispatchEvent(new Event('drop', { bubbles: true })))
    expect(writes()[0]?.body).toEqual({ ids: ['2', '1'] })
    await vi.waitFor(() => expect(texts()).toEqual(['Be kind.', 'Be quiet.']))
  })

  test('are written with translations', async () => {
    answers[`POST ${RULES}`] = { status: 200, body: [kind, quiet, rule('3', 'Be here.')] }
    await press('Add a rule')
    const select = page.querySelector<HTMLSelectElement>('.rule-add-tongue select')
    await act(() => {
      if (select) select.value = 'fr'
      select?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    const inputs = [...page.querySelectorAll<HTMLInputElement>('.role-form input')]
    await type(inputs[0] ?? null, 'Be here.')
    await type(inputs[1] ?? null, 'Soyez là.')
    await press('Save')
    const translations = { fr: { text: 'Soyez là.', hint: '' } }
    expect(writes()).toEqual([{ call: `POST ${RULES}`, body: { text: 'Be here.', hint: '', translations } }])
    await vi.waitFor(() => expect(texts()).toEqual(['Be kind.', 'Be quiet.', 'Be here.']))
  })

  test('are taken away, and say what they were in which languages', async () => {
    expect(page.querySelector('.house-rule')?.textContent).toContain('Also in: de')
    answers[`DELETE ${RULES}/1`] = { status: 200, body: [quiet] }
    await press('Take away')
    await vi.waitFor(() => expect(texts()).toEqual(['Be quiet.']))
  })
})

describe('the texts', () => {
  const draft = version('2', { text: 'Be kind, still.', effective_on: null, published_at: null, told_at: null })
  beforeEach(async () => {
    await show(<TextsPage />)
    await vi.waitFor(() => expect(page.textContent).toContain('From January 31, 2026 on'))
  })
  const area = (id: string) => page.querySelector<HTMLTextAreaElement>(`#${id}`)

  test('are seen as visitors see them, drawn by the server, and written on', async () => {
    answers['POST /api/web/admin/text_preview'] = { status: 200, body: { html: '<p>A <strong>town</strong></p>' } }
    await press('As visitors see it')
    await vi.waitFor(() => expect(page.querySelector('.words-seen strong')?.textContent).toBe('town'))
    await press('Write on')
    expect(area('extended_description')?.value).toBe('A town')
  })

  test('are saved each by itself', async () => {
    answers[`PUT ${TEXTS}/privacy_policy`] = {
      status: 200,
      body: { ...texts0, privacy_policy: { text: 'Little.', updated_at: '2026-01-01T00:00:00.000Z' } },
    }
    await type(area('privacy_policy'), ' Little. ')
    await act(() => area('privacy_policy')?.form?.requestSubmit())
    expect(writes()).toEqual([{ call: `PUT ${TEXTS}/privacy_policy`, body: { text: ' Little. ' } }])
    await vi.waitFor(() => expect(area('privacy_policy')?.value).toBe('Little.'))
  })

  test('terms are drafted from those that count, kept, and only then published; how many are told stands there before', async () => {
    await press('Write the next version')
    expect(area('terms-text')?.value).toBe('Be kind.')
    expect(button('Publish')).toBe(undefined)
    answers[`PUT ${TERMS}/draft`] = { status: 200, body: { ...texts0, draft } }
    await type(area('terms-text'), 'Be kind, still.')
    await press('Keep the draft')
    await vi.waitFor(() => expect(page.textContent).toContain('412 people will be told'))
    await type(area('terms-text'), 'Not kept yet')
    expect(button('Publish')).toBe(undefined)
    await type(area('terms-text'), 'Be kind, still.')
    const after = { ...texts0, terms: [version('2', { effective_on: '2026-12-31', told_at: null }), version('1')] }
    answers[`POST ${TERMS}/publish`] = { status: 200, body: after }
    await type(field('terms-day'), '2026-12-31')
    await press('Publish')
    expect(writes().at(-1)).toEqual({ call: `POST ${TERMS}/publish`, body: { effective_on: '2026-12-31' } })
    await vi.waitFor(() => expect(page.textContent).toContain('From December 31, 2026 on'))
    expect(page.textContent).toContain('Members are being told.')
  })

  test('what is refused is said beside it', async () => {
    await press('Write the next version')
    answers[`PUT ${TERMS}/draft`] = { status: 422, body: { error: 'Terms of service need a text' } }
    await press('Keep the draft')
    await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('need a text'))
  })
})

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, 1, 'bac'],
])('from %i to %i', (from, to, after) => expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(after))
