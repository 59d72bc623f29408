import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { SignUpGroup } from '@hamlet/contract/joining'
import type { SignUp } from '@hamlet/contract/sign-up'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { Moderation } from './moderation.tsx'

const EMPTY = {
  groups: [],
  next: null,
  open: 0,
  mine: 0,
  oldest: null,
  until: '0',
  views: [],
  appeals: [],
  sign_ups: 3,
}
const MANAGE_REPORTS = 1 << 4
const MANAGE_USERS = 1 << 10

let sent: string[]
let bodies: unknown[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement

const signUp = (id: string, username: string, more: Partial<SignUp> = {}): SignUp => ({
  id,
  username,
  email: `${username}@example.net`,
  confirmed: true,
  reason: `I am ${username}`,
  application: null,
  ip: '192.0.2.7',
  invited_by: null,
  why: [],
  created_at: '2026-11-25T08:00:00.000Z',
  ...more,
})

beforeEach(() => {
  sent = []
  bodies = []
  answers = {
    'GET /api/web/moderation/sign-ups': {
      status: 200,
      body: [
        signUp('1', 'kelpie'),
        signUp('2', 'selkie', { confirmed: false }),
        signUp('3', 'nix', { reason: null, application: 'Ivory' }),
      ],
    },
    'GET /api/web/moderation/sign-ups/groups': { status: 200, body: [] },
    'GET /api/web/moderation/queue': { status: 200, body: EMPTY },
    'POST /api/v1/admin/accounts/1/approve': { status: 200, body: {} },
    'POST /api/v1/admin/accounts/1/reject': { status: 200, body: {} },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: string | null }) => {
    if (init.body) bodies.push(JSON.parse(init.body))
    sent.push(`${init.method} ${path}`)
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'It is decided already.' } }
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
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

async function open(permissions = MANAGE_REPORTS | MANAGE_USERS): Promise<void> {
  me.value = { role: { permissions: String(permissions) } } as CredentialAccount
  await act(() =>
    render(
      <>
        <Moderation path="/moderation/sign-ups" />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(names()).toEqual(['@kelpie', '@selkie', '@nix']))
}

const names = () => [...page.querySelectorAll('.sign-up strong')].map((row) => row.textContent)
const writes = () => sent.filter((one) => one.startsWith('POST'))
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const tabs = () => [...page.querySelectorAll('[role=tab]')].map((tab) => tab.textContent?.trim())

test('says who waits: why, by which app, and whether the address is theirs', async () => {
  await open()
  const rows = [...page.querySelectorAll('.sign-up')].map((row) => row.textContent ?? '')
  expect(rows[0]).toContain('I am kelpie')
  expect(rows[0]).not.toContain('not confirmed')
  expect(rows[1]).toContain('Address not confirmed')
  expect(rows[2]).toContain('by Ivory')
  expect(rows[2]).toContain('No reason given')
  expect(tabs()).toEqual(['Reports', 'Mine', 'Sign-ups 3'])
})

test('who is approved leaves the list, the count is read anew, and the keyboard goes on with the next', async () => {
  await open()
  answers['GET /api/web/moderation/queue'] = { status: 200, body: { ...EMPTY, sign_ups: 2 } }
  await press('Approve @kelpie')
  await vi.waitFor(() => expect(names()).toEqual(['@selkie', '@nix']))
  expect(writes()).toEqual(['POST /api/v1/admin/accounts/1/approve'])
  expect(page.textContent).toContain('@kelpie is in.')
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Approve @selkie'))
  await vi.waitFor(() => expect(tabs()).toEqual(['Reports', 'Mine', 'Sign-ups 2']))
})

test('turning away is asked once more, and can be left', async () => {
  await open()
  await press('Reject @kelpie')
  expect(page.querySelector('dialog')?.textContent).toContain('What they sent is erased')
  await press('Cancel')
  expect([page.querySelector('dialog'), writes()]).toEqual([null, []])
  await press('Reject @kelpie')
  await press('Reject')
  await vi.waitFor(() => expect(names()).toEqual(['@selkie', '@nix']))
  expect(writes()).toEqual(['POST /api/v1/admin/accounts/1/reject'])
})

test('whom somebody else decided about meanwhile waits no longer', async () => {
  await open()
  await press('Approve @selkie')
  await vi.waitFor(() => expect(names()).toEqual(['@kelpie', '@nix']))
  expect(page.textContent).toContain('It is decided already.')
})

test('a fault leaves the row where it is', async () => {
  await open()
  answers['POST /api/v1/admin/accounts/1/approve'] = { status: 503, body: { error: 'Not now.' } }
  await press('Approve @kelpie')
  await vi.waitFor(() => expect(page.textContent).toContain('Not now.'))
  expect(names()).toEqual(['@kelpie', '@selkie', '@nix'])
})

test('whoever may only let people in sees nothing of the reports', async () => {
  await open(MANAGE_USERS)
  expect(tabs()).toEqual([])
  expect(sent).toEqual(['GET /api/web/moderation/sign-ups/groups', 'GET /api/web/moderation/sign-ups'])
})

describe('what looks alike', () => {
  const group = (more: Partial<SignUpGroup>): SignUpGroup => ({
    mark: 'address:203.0.113.0/24',
    kind: 'address',
    value: '203.0.113.0/24',
    count: 27,
    confirmed: 2,
    usernames: ['bot1', 'bot2'],
    until: '9',
    ...more,
  })
  beforeEach(() => {
    const groups = [group({}), group({ mark: 'why:proof', kind: 'why', value: 'proof', count: 12 })]
    answers['GET /api/web/moderation/sign-ups/groups'] = { status: 200, body: groups }
    answers['POST /api/web/moderation/sign-ups/decision'] = { status: 200, body: { decided: 27 } }
    answers['GET /api/web/moderation/sign-ups?mark=why%3Aproof'] = {
      status: 200,
      body: [signUp('7', 'bot1', { why: ['proof'] })],
    }
  })
  const first = 'From 203.0.113.0/24'
  const openAll = async () => {
    me.value = { role: { permissions: String(MANAGE_USERS) } } as CredentialAccount
    await act(() =>
      render(
        <>
          <Moderation path="/moderation/sign-ups" />
          <Toasts />
        </>,
        page,
      ),
    )
    await vi.waitFor(() => expect(names()).toContain('@nix'))
  }

  test('stands above all, and is turned away by two presses', async () => {
    await openAll()
    expect(names().slice(0, 2)).toEqual([first, 'Browser did not work for its place'])
    expect(page.querySelector('.sign-up')?.textContent).toContain('27 people, 2 with a confirmed address')
    await press(`Reject all: ${first}`)
    expect(page.querySelector('dialog')?.textContent).toContain('Reject 27 sign-ups?')
    answers['GET /api/web/moderation/sign-ups/groups'] = { status: 200, body: [] }
    await press('Reject all')
    await vi.waitFor(() => expect(page.textContent).toContain('27 people are turned away.'))
    await vi.waitFor(() => expect(names()).toEqual(['@kelpie', '@selkie', '@nix']))
    expect(bodies.at(-1)).toEqual({ mark: 'address:203.0.113.0/24', until: '9', decision: 'reject' })
  })

  test('is left alone when the question is', async () => {
    await openAll()
    await press(`Approve all: ${first}`)
    expect(page.querySelector('dialog')?.textContent).toContain('Approve 27 sign-ups?')
    await press('Cancel')
    expect([page.querySelector('dialog'), writes()]).toEqual([null, []])
  })

  test('can be looked at one by one, and left again', async () => {
    await openAll()
    const look = 'Look at them: Browser did not work for its place'
    await press(look)
    await vi.waitFor(() => expect(names().slice(2)).toEqual(['@bot1']))
    expect([...page.querySelectorAll('.sign-up .tag')].map((tag) => tag.textContent)).toEqual([
      'Browser did not work for its place',
    ])
    await press(look)
    await vi.waitFor(() => expect(names()).toContain('@nix'))
  })
})
