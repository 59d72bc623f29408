import type { Status } from '@hamlet/contract/status'
import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { changeLook, look, usualLook } from '../../app/look.ts'
import { changeReading, isCovered, savesData, showsCounts, usualReading } from '../../app/reading.ts'
import { month, resetMeter } from '../../app/meter.ts'
import { isNewcomer } from '../../app/newcomer.ts'
import { place } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { Ago } from '../../ui/time.tsx'
import { Pictures } from '../statuses/pictures.tsx'
import { toast, Toasts } from '../../ui/toast.tsx'
import { readAgent } from './agent.ts'
import { followSettings } from './save.ts'
import { Settings } from './settings.tsx'
import { WelcomeDoor } from './welcome-door.tsx'
import { WelcomePage } from './welcome-page.tsx'

type Sent = { method: string; path: string; body: any }
let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const source = { privacy: 'public', quote_policy: 'public', sensitive: false, language: null }
const account = { id: '9', acct: 'noa', username: 'noa', display_name: 'Noa', avatar: '/a.svg', emojis: [], source }
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const seen = { created_at: '2026-11-20T08:00:00.000Z', last_seen_at: '2026-11-25T08:00:00.000Z' }
const sessions = [
  { id: '1', user_agent: firefox, ip: '192.0.2.1', ...seen, current: true },
  { id: '2', user_agent: 'curl/8', ip: null, ...seen, current: false },
]
const ivory = { id: '5', name: 'Ivory', website: null, scopes: ['read', 'write'], created_at: seen.created_at }

beforeEach(() => {
  sent = []
  answers = {
    'GET /api/hamlet/v1/sessions': { status: 200, body: sessions },
    'GET /api/hamlet/v1/applications': { status: 200, body: [ivory] },
    'GET /api/hamlet/v1/imports': { status: 200, body: [] },
    'GET /api/hamlet/v1/takeouts': { status: 200, body: [] },
    'GET /api/hamlet/v1/post_imports': { status: 200, body: [] },
    'GET /api/hamlet/v1/email': { status: 200, body: { email: 'noa@town.test' } },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    const body = init.body === null ? undefined : JSON.parse(init.body)
    sent.push({ method: init.method, path, body })
    const answer = answers[`${init.method} ${path}`] ?? { status: 200, body: {} }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.stubGlobal('scrollTo', () => {})
  localStorage.clear()
  changeLook(usualLook)
  changeReading(usualReading)
  server.value = { title: 'Skerry' } as Instance
  me.value = account as unknown as CredentialAccount
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  history.replaceState({}, '', '/')
  vi.unstubAllGlobals()
})

const draw = (path: string) =>
  act(() =>
    render(
      <>
        <Settings path={path} />
        <Toasts />
      </>,
      page,
    ),
  )
const find = (label: string) =>
  [...page.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)
const press = (label: string) => act(() => find(label)?.click())
const writes = () => sent.filter((one) => one.method !== 'GET')
const choose = (id: string, value: string) =>
  act(() => {
    const segment = page.querySelector<HTMLInputElement>(`.segments#${id} [value='${value}']`)
    if (segment) return segment.click()
    const select = page.querySelector<HTMLSelectElement>(`#${id}`)
    if (!select) throw new Error(`no ${id}`)
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })

describe('the tree', () => {
  test('names every page and marks the one that is open', async () => {
    await draw('/settings/look')
    expect(page.querySelector('nav [aria-current=page]')?.textContent).toBe('Look')
    expect(page.querySelector('h1')?.textContent).toBe('Look')
    expect(page.querySelectorAll('h1')).toHaveLength(1)
  })

  test('finds single settings by their words, and says when there is none', async () => {
    await draw('/settings')
    const field = page.querySelector<HTMLInputElement>('input[type=search]')
    const type = (text: string) =>
      act(() => {
        if (field) field.value = text
        field?.dispatchEvent(new Event('input', { bubbles: true }))
      })
    await type('who quote')
    const rows = [...page.querySelectorAll('nav a')]
    expect(rows.map((row) => row.getAttribute('href'))).toEqual(['/settings/privacy#quote-policy'])
    expect(rows[0]?.textContent).toContain('Privacy and reach')
    await type('submarine')
    expect(page.textContent).toContain('No setting has these words')
  })

  test('a link to one setting takes the focus there and marks the row', async () => {
    history.replaceState({}, '', '/settings/look#accent')
    place.value = { ...place.value, key: 'linked' }
    page.scrollIntoView = () => {}
    Element.prototype.scrollIntoView = () => {}
    await draw('/settings/look')
    expect(document.activeElement?.id).toBe('accent')
    expect(page.querySelector('.wish-found legend')?.textContent).toBe('Colour')
  })
})

describe('a change', () => {
  test('of the look is worn and saved at once, and Undo takes it back', async () => {
    await draw('/settings/look')
    await choose('theme', 'dark')
    expect(document.documentElement.dataset.theme).toBe('dark')
    expect(writes()).toEqual([{ method: 'PATCH', path: '/api/hamlet/v1/settings', body: { theme: 'dark' } }])
    await vi.waitFor(() => expect(find('Undo')).toBeDefined())
    await press('Undo')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ theme: 'auto' }))
    expect(document.documentElement.dataset.theme).toBeUndefined()
  })

  test('of the rules for warnings: made, changed, taken away, and refused with the reason', async () => {
    await draw('/settings/reading')
    const bodies = () => writes().map(({ body }) => body.warningRules)
    const add = () => press('Add rule')
    expect(page.textContent).toContain('No rules yet')
    await add()
    expect(page.querySelector('#new-rule-fault')?.textContent).toContain('Write the word')
    const field = page.querySelector<HTMLInputElement>('.new-rule input')
    expect([document.activeElement === field, field?.getAttribute('aria-invalid')]).toEqual([true, 'true'])
    if (field) field.value = ' rain '
    await add()
    expect(bodies()).toEqual([[{ word: 'rain', act: 'fold' }]])
    if (field) field.value = 'RAIN'
    await add()
    expect(page.querySelector('#new-rule-fault')?.textContent).toBe('There is a rule for this already.')
    await choose('warning-rules', 'food')
    await add()
    const row = page.querySelector<HTMLSelectElement>('.warning-rules [aria-label="Warnings of Food"]')
    await act(() => {
      if (row) row.value = 'open'
      row?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await press('Remove the rule for rain')
    expect(bodies().at(-1)).toEqual([{ kind: 'food', act: 'open' }])
    expect(document.activeElement?.id).toBe('warning-rules')
    await vi.waitFor(() => expect(find('Undo')).toBeDefined())
  })

  test('that the server refuses is as it was, and says why', async () => {
    answers['PATCH /api/hamlet/v1/settings'] = { status: 503, body: { error: 'Not now.' } }
    await draw('/settings/reading')
    await act(() => page.querySelector<HTMLElement>('#expand-warnings')?.click())
    await vi.waitFor(() => expect(page.querySelector('.toast')?.textContent).toBe('Not now.'))
    expect(page.querySelector('#expand-warnings')?.getAttribute('aria-checked')).toBe('false')
  })

  test('of the account goes through update_credentials', async () => {
    const saved = { ...account, source: { ...source, privacy: 'private' } }
    answers['PATCH /api/v1/accounts/update_credentials'] = { status: 200, body: saved }
    await draw('/settings/privacy')
    await choose('privacy', 'private')
    expect(writes()[0]?.body).toEqual({ source: { privacy: 'private' } })
    await vi.waitFor(() => expect(find('Undo')).toBeDefined())
    expect(me.value.source.privacy).toBe('private')
    await press('Undo')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ source: { privacy: 'public' } }))
  })
})

describe('every choice acts', () => {
  const root = () => document.documentElement.dataset

  test('colour, letters, room and underlines change the page at once', async () => {
    await draw('/settings/look')
    const rose = page.querySelector<HTMLInputElement>('.swatch [value=rose]')
    await act(() => rose?.click())
    expect([root().accent, rose?.checked]).toEqual(['rose', true])
    expect([...page.querySelectorAll('.swatch')].map((one) => one.textContent)).toHaveLength(8)
    await choose('font', 'readable')
    await choose('density', 'compact')
    await act(() => page.querySelector<HTMLElement>('#underlines')?.click())
    expect([root().font, root().density, root().underlines]).toEqual(['readable', 'compact', 'all'])
    expect(writes().map(({ body }) => body)).toEqual([
      { accent: 'rose' },
      { font: 'readable' },
      { density: 'compact' },
      { underlines: true },
    ])
  })

  test('counts, times and pictures of others’ posts', async () => {
    await draw('/settings/reading')
    expect([showsCounts(false), savesData()]).toEqual([true, false])
    await choose('counts', 'hide')
    await choose('data-saver', 'on')
    await choose('times', 'absolute')
    expect([showsCounts(false), showsCounts(true), savesData()]).toEqual([false, true, true])
    const row = document.createElement('div')
    const picture = {
      id: '1',
      type: 'image',
      url: '/p.png',
      preview_url: '/s.png',
      description: 'Four boats',
      meta: { focus: { x: 0, y: 0 } },
    }
    const status = { id: '9', account: { acct: 'ines' }, media_attachments: [picture] } as unknown as Status
    const shown = () => [row.querySelector('img') !== null, row.textContent]
    const pictures = <Pictures status={status} isSensitive={false} isWaiting={savesData()} />
    await act(() => render(pictures, row))
    expect(shown()).toEqual([false, 'A picture not loaded, to save data Four boats Load, about 27 kB'])
    await act(() => row.querySelector('button')?.click())
    expect(row.querySelector('img')?.getAttribute('src')).toBe('/s.png')
    await act(() => render(<Ago at={new Date().toISOString()} />, row))
    expect(row.textContent).toContain('today, ')
    render(null, row)
  })

  test('how much was loaded and saved is shown, counted anew, and taken back', async () => {
    const bytes = { loaded: 1_260_000, saved: 400_000 }
    resetMeter({ session: { loaded: 12_000, saved: 0 }, month: bytes })
    await draw('/settings/reading')
    const lines = () => [...page.querySelectorAll('.data-meter dl > div')].map((one) => one.textContent)
    expect(lines()[0]).toBe('In this tab12 kB loaded · nothing saved')
    expect(lines()[1]).toMatch(/^[A-Z][a-z]+ 20\d\d1\.3 MB loaded · about 400 kB saved$/)
    await press('Count anew')
    expect(lines()[1]).toContain('0 kB loaded · nothing saved')
    await press('Undo')
    expect([lines()[1]?.includes('1.3 MB'), month.value.saved]).toEqual([true, 400_000])
    resetMeter()
  })

  test('of languages, of which each can be taken back', async () => {
    await draw('/settings/language')
    const box = (name: string) =>
      [...page.querySelectorAll<HTMLLabelElement>('#read label')].find((label) => label.textContent === name)
    expect(page.textContent).toContain('Every language.')
    await act(() => toast('of another test'))
    await act(() => box('Portuguese')?.querySelector('input')?.click())
    await vi.waitFor(() => expect(page.textContent).toContain('One language'))
    expect(writes()).toEqual([{ method: 'PATCH', path: '/api/hamlet/v1/settings', body: { chosenLanguages: ['pt'] } }])
    await vi.waitFor(() => expect(find('Undo')).toBeDefined())
    await press('Undo')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ chosenLanguages: [] }))
  })
})

test('what was chosen elsewhere is worn here', async () => {
  answers['GET /api/hamlet/v1/settings'] = { status: 200, body: { theme: 'black', media: 'show_all' } }
  await followSettings()
  expect(look.value.theme).toBe('black')
  expect([isCovered(true), isCovered(false)]).toEqual([false, false])
  changeReading({ media: 'hide_all' })
  expect(isCovered(false)).toBe(true)
  answers['GET /api/hamlet/v1/settings'] = { status: 200, body: {} }
  await followSettings()
  expect([look.value.theme, isCovered(false)]).toEqual(['auto', false])
})

describe('the account', () => {
  test('shows browsers and apps, and signs them out', async () => {
    await draw('/settings/account')
    await vi.waitFor(() => expect(page.textContent).toContain('Firefox on Linux'))
    expect(page.textContent).toContain('This browser')
    expect(page.textContent).toContain('noa@town.test')
    expect(find('Sign out: Firefox on Linux')).toBeDefined()
    await press('Sign out: A browser that does not say its name')
    await vi.waitFor(() => expect(find('Sign out: A browser that does not say its name')).toBeUndefined())
    await press('Sign out: Ivory')
    await vi.waitFor(() => expect(page.textContent).toContain('You have let no app in.'))
    expect(writes().map(({ path }) => path)).toEqual(['/api/hamlet/v1/sessions/2', '/api/hamlet/v1/applications/5'])
  })

  test('a wrong old password is said at its field', async () => {
    const details = { current_password: [{ error: 'ERR_INVALID', description: 'is not the one you have' }] }
    answers['POST /api/hamlet/v1/password'] = { status: 422, body: { error: 'no', details } }
    await draw('/settings/account')
    await act(
      () =>
        void page
          .querySelector('[aria-labelledby=password] form')
          ?.dispatchEvent(new Event('submit', { cancelable: true })),
    )
    await vi.waitFor(() => expect(page.querySelector('#old-password-fault')?.textContent).toContain('not your'))
    expect(page.querySelector('#old-password')?.getAttribute('aria-invalid')).toBe('true')
  })
})

test('lists are downloads', async () => {
  await draw('/settings/data')
  const links = [...page.querySelectorAll<HTMLAnchorElement>('a[download]')].map((link) => link.getAttribute('href'))
  expect(links).toHaveLength(8)
  expect(links).toContain('/api/hamlet/v1/exports/bookmarks.csv')
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge on Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari on iPhone'],
])('a browser is named', (agent, name) => expect(readAgent(agent)).toBe(name))

describe('a newcomer', () => {
  const fresh = { ...account, source: { ...source, note: '' }, statuses_count: 0, following_count: 0 }
  beforeEach(() => {
    me.value = fresh as unknown as CredentialAccount
    place.value = { path: '/home', query: new URLSearchParams(), key: 'home' }
  })

  test('is asked once, above Home, and never again', async () => {
    await followSettings()
    await act(() => render(<WelcomeDoor />, page))
    expect(page.textContent).toContain('You are new here.')
    await press('No, thank you')
    await vi.waitFor(() => expect(writes()[0]?.body).toEqual({ welcomed: true }))
    expect(page.textContent).toBe('')
    answers['GET /api/hamlet/v1/settings'] = { status: 200, body: { welcomed: true } }
    await followSettings()
    expect(isNewcomer.value).toBe(false)
  })

  test('is not asked who follows somebody, nor when the server does not say', async () => {
    isNewcomer.value = false
    answers['GET /api/hamlet/v1/settings'] = { status: 500, body: {} }
    await followSettings()
    expect(isNewcomer.value).toBe(false)
    answers['GET /api/hamlet/v1/settings'] = { status: 200, body: {} }
    me.value = { ...me.value, following_count: 1 }
    await followSettings()
    expect(isNewcomer.value).toBe(false)
  })

  test('says who they are, finds people, and may leave at every step', async () => {
    answers['GET /api/v2/suggestions?limit=10'] = { status: 200, body: [] }
    place.value = { path: '/welcome', query: new URLSearchParams('step=1'), key: 'one' }
    await act(() => render(<WelcomePage />, page))
    expect(page.textContent).toContain('Step 1 of 3')
    expect(page.querySelector<HTMLInputElement>('input[name=display_name]')?.value).toBe('Noa')
    await act(() => void (place.value = { ...place.value, query: new URLSearchParams('step=2'), key: 'two' }))
    await vi.waitFor(() => expect(page.textContent).toContain('Nobody to propose yet'))
    await press('Leave out the rest')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ welcomed: true }))
    expect(location.pathname).toBe('/home')
  })
})
