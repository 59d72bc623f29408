import type { Account, CredentialAccount } from '@hamlet/contract/account'
import type { Import, Takeout } from '@hamlet/contract/archives'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { MovedAway } from '../moves/moved-away.tsx'
import { Settings } from '../settings/settings.tsx'

type Sent = { method: string; path: string; body: any }
let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement
const assign = vi.fn()

const preview: Import['preview'] = {
  known: 1,
  others: 3,
  some_others: ['kai@town.test'],
  some_rows: ['bram@town.test'],
  problem_count: 1,
  problems: [{ line: 4, text: 'not a name', problem: 'address' }],
  looks_like: 'muting',
}
const draft: Import = {
  id: '7',
  kind: 'following',
  mode: 'merge',
  state: 'draft',
  file_name: 'following.csv',
  created_at: '2026-11-27T00:00:00.000Z',
  finished_at: null,
  rows: 2,
  done: 0,
  failed: 0,
  removed: 0,
  preview,
}
const moves = { aliases: [], moved_to: null, next_move_at: null, followers_count: 12 }

beforeEach(() => {
  sent = []
  answers = {
    'GET /api/hamlet/v1/imports': { status: 200, body: [] },
    'GET /api/hamlet/v1/takeouts': { status: 200, body: [] },
    'GET /api/hamlet/v1/post_imports': { status: 200, body: [] },
    'GET /api/hamlet/v1/moves': { status: 200, body: moves },
    'GET /api/hamlet/v1/deletion': { status: 200, body: { days: 30 } },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: unknown }) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
    sent.push({ method: init.method, path, body })
    const answer = answers[`${init.method} ${path}`] ?? { status: 200, body: {} }
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  vi.spyOn(location, 'assign').mockImplementation(assign)
  assign.mockClear()
  server.value = { title: 'Skerry' } as Instance
  me.value = { id: '9', acct: 'noa', username: 'noa', role: { permissions: '0' } } as unknown as CredentialAccount
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
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
  [...page.querySelectorAll<HTMLElement>('button, a')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === label,
  )
const seen = (text: string) => vi.waitFor(() => expect(page.textContent).toContain(text))
const press = (label: string) => act(() => find(label)?.click())
const writes = () => sent.filter((one) => one.method !== 'GET')
const fill = (id: string, value: string) => {
  const field = page.querySelector<HTMLInputElement>(`#${id}`)
  if (!field) throw new Error(`no ${id}`)
  field.value = value
  return field
}
const submit = (id: string) =>
  act(
    () =>
      void page
        .querySelector(`#${id}`)
        ?.closest('form')
        ?.dispatchEvent(new Event('submit', { cancelable: true })),
  )

describe('a file that is brought', () => {
  const choose = async (answer: { status: number; body: unknown }) => {
    answers['POST /api/hamlet/v1/imports'] = answer
    await draw('/settings/data')
    await seen('Choose a file')
    const field = page.querySelector<HTMLInputElement>('input[type=file]')
    Object.defineProperty(field, 'files', { configurable: true, value: [new File(['bram'], 'following.csv')] })
    await act(() => void field?.dispatchEvent(new Event('change', { bubbles: true })))
  }

  test('is looked at, and brought as it was chosen', async () => {
    await choose({ status: 200, body: draft })
    await seen('2 lines, 1 of them known here already.')
    expect(page.textContent).toContain('This looks like another kind of file: People to mute.')
    expect(page.textContent).toContain('Line 4: not a name is no name of somebody')
    expect(page.textContent).toContain('3 entries of yours are not in the file.')
    await act(() => page.querySelector<HTMLInputElement>('#import-mode [value=overwrite]')?.click())
    answers['POST /api/hamlet/v1/imports/7/confirm'] = {
      status: 200,
      body: { ...draft, state: 'running', done: 1, failed: 1 },
    }
    await press('Bring it, and remove 3')
    await seen('1 of 2 done')
    expect(writes().at(-1)).toMatchObject({ path: '/api/hamlet/v1/imports/7/confirm', body: { mode: 'overwrite' } })
    expect(page.querySelector('progress')?.value).toBe(2)
    expect(find('Download what failed: People to follow · following.csv')?.getAttribute('href')).toContain(
      'failures.csv',
    )
    await press('Stop: People to follow · following.csv')
    await vi.waitFor(() => expect(page.textContent).not.toContain('1 of 2 done'))
  })

  test('that is none says why, and can be let go', async () => {
    await choose({ status: 422, body: { error: 'The file is no table' } })
    await vi.waitFor(() =>
      expect(page.querySelector('.import-chooser [role=alert]')?.textContent).toBe('The file is no table'),
    )
    await choose({ status: 200, body: draft })
    await seen('2 lines')
    await press('Let go')
    await vi.waitFor(() => expect(page.textContent).not.toContain('2 lines'))
    expect(writes().at(-1)).toMatchObject({ method: 'DELETE', path: '/api/hamlet/v1/imports/7' })
  })
})

test('old posts are looked into, brought, and taken back', async () => {
  const counts = { posts: 3, pictures: 1, known: 0, boosts: 2, private_mentions: 1, unreadable: 0 }
  const span = { oldest: '2020-01-02T00:00:00.000Z', newest: '2020-01-04T00:00:00.000Z' }
  const old = { id: '5', state: 'draft', file_name: 'old.zip', done: 0, undo_until: '2999-01-01T00:00:00.000Z' }
  const one = { ...old, preview: { actor: 'https://old.example/me', ...counts, ...span } }
  answers['POST /api/hamlet/v1/post_imports'] = { status: 200, body: one }
  await draw('/settings/data')
  await seen('Choose an archive')
  const field = page.querySelector<HTMLInputElement>('input[accept^=".zip"]')
  Object.defineProperty(field, 'files', { configurable: true, value: [new File(['x'], 'old.zip')] })
  await act(() => void field?.dispatchEvent(new Event('change', { bubbles: true })))
  await seen('3 posts')
  expect(page.textContent).toContain('Pictures: 1. Brought before: 0. Left out: 3.')
  answers['GET /api/hamlet/v1/post_imports'] = { status: 200, body: [{ ...one, state: 'finished', done: 3 }] }
  await press('Bring these posts')
  await seen('3 of 3 posts brought')
  await press('Take back: old.zip')
  await vi.waitFor(() => expect(writes().at(-1)?.path).toBe('/api/hamlet/v1/post_imports/5/undo'))
})

test('an archive is asked for, packed, and there for a week', async () => {
  const one: Takeout = {
    id: '3',
    state: 'packing',
    bytes: 0,
    done: 1,
    total: 4,
    created_at: '2026-11-27T00:00:00.000Z',
    ready_at: null,
    until: '2026-12-04T00:00:00.000Z',
    next_at: '2999-12-03T00:00:00.000Z',
  }
  answers['POST /api/hamlet/v1/takeouts'] = { status: 200, body: [one] }
  await draw('/settings/data')
  await seen('Your archive')
  await press('Pack it')
  await seen('Being packed')
  expect(page.textContent).toContain('You can ask for the next one on')
  answers['GET /api/hamlet/v1/takeouts'] = { status: 200, body: [{ ...one, state: 'ready', bytes: 2_500_000 }] }
  await draw('/settings')
  await draw('/settings/data')
  await seen('2.5 MB')
  expect(page.querySelector('a[href="/api/hamlet/v1/takeouts/3/archive.zip"]')).not.toBeNull()
})

describe('moving', () => {
  test('an old account is named, refused with the reason, and taken back', async () => {
    await draw('/settings/moving')
    await seen('Move with 12 followers')
    answers['POST /api/hamlet/v1/moves/aliases'] = { status: 422, body: { error: 'This account was not found.' } }
    fill('alias', '@me@old.example')
    await submit('alias')
    await vi.waitFor(() => expect(page.querySelector('#alias-fault')?.textContent).toBe('This account was not found.'))
    const added = { ...moves, aliases: [{ uri: 'https://old.example/me', acct: 'me@old.example' }] }
    answers['POST /api/hamlet/v1/moves/aliases'] = { status: 200, body: added }
    await submit('alias')
    await seen('@me@old.example')
    answers['POST /api/hamlet/v1/moves/aliases/remove'] = { status: 200, body: moves }
    await press('Remove me@old.example')
    await vi.waitFor(() => expect(find('Remove me@old.example')).toBeUndefined())
  })

  test('away needs the password; who moved sees where to, and nothing else opens', async () => {
    await draw('/settings/moving')
    await seen('Moving away')
    const details = { current_password: [{ description: 'is not the one you have' }] }
    answers['POST /api/hamlet/v1/moves'] = { status: 422, body: { error: 'no', details } }
    fill('target', '@me@new.example')
    fill('target-password', 'wrong')
    await submit('target')
    await vi.waitFor(() => expect(page.querySelector('#target-password-fault')?.textContent).toContain('not your'))
    answers['POST /api/hamlet/v1/moves'] = { status: 200, body: { ...moves, moved_to: 'me@new.example' } }
    await submit('target')
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/settings/moving'))
    const moved = { id: '10', acct: 'me@new.example', url: 'https://new.example/@me' }
    const box = document.createElement('div')
    await act(() => render(<MovedAway target={moved as unknown as Account} />, box))
    expect(box.textContent).toContain('You are @me@new.example now.')
  })
})

test('an account is deleted by whoever types its name, later or now', async () => {
  await draw('/settings/deletion')
  await seen('erased in 30 days')
  answers['POST /api/hamlet/v1/deletion'] = {
    status: 422,
    body: { error: 'is not the name', details: { username: [] } },
  }
  fill('typed-name', 'nobody')
  await submit('typed-name')
  await vi.waitFor(() => expect(page.querySelector('#typed-name-fault')?.textContent).toBe('is not the name'))
  await act(() => page.querySelector<HTMLInputElement>('#deletion-when [value=now]')?.click())
  expect(page.textContent).toContain('There is no way back.')
  answers['POST /api/hamlet/v1/deletion'] = { status: 200, body: { due_at: '' } }
  fill('typed-name', 'noa')
  await submit('typed-name')
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/'))
  expect(writes().at(-1)?.body).toMatchObject({ username: 'noa', now: true })
})

test('old posts: what would go is counted at each change, and a refusal takes the change back', async () => {
  const policy = {
    enabled: false,
    min_age_days: 14,
    keep_pinned: true,
    keep_media: false,
    min_favourites: null,
    min_reblogs: null,
  }
  answers['GET /api/hamlet/v1/clearing'] = { status: 200, body: policy }
  answers['POST /api/hamlet/v1/clearing/preview'] = { status: 200, body: { count: 1 } }
  await draw('/settings/clearing')
  await seen('1 post would go now.')
  answers['POST /api/hamlet/v1/clearing/preview'] = { status: 200, body: { count: 0 } }
  await act(() => page.querySelector<HTMLElement>('#keep-media')?.click())
  await seen('Nothing would go now.')
  expect(writes().find(({ method }) => method === 'PUT')?.body).toEqual({ ...policy, keep_media: true })
  answers['PUT /api/hamlet/v1/clearing'] = { status: 503, body: { error: 'Not now.' } }
  await act(() => page.querySelector<HTMLElement>('#clearing-on')?.click())
  await vi.waitFor(() => expect(page.querySelector('.toast')?.textContent).toBe('Not now.'))
  expect(page.querySelector('#clearing-on')?.getAttribute('aria-checked')).toBe('false')
})
