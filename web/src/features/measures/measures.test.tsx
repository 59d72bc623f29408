import type { Instance } from '@hamlet/contract/instance'
import type { ComponentChildren } from 'preact'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { LogPage } from '../log/log-page.tsx'
import { RolesPage } from '../roles/roles-page.tsx'
import { AccountsPage } from './accounts-page.tsx'
import { StandingPage } from './standing-page.tsx'
import { WaysPage } from './ways-page.tsx'

type Sent = { method: string; path: string; body: unknown }
let sent: Sent[]
let answers: Record<string, { status?: number; body: unknown }>
let page: HTMLElement

const at = '2026-11-25T08:00:00.000Z'
const account = (acct: string) => ({
  id: '7',
  acct,
  username: acct,
  display_name: '',
  avatar: '/a.png',
  emojis: [],
  statuses_count: 3,
  followers_count: 2,
})
const admin = (more = {}) => ({
  id: '7',
  domain: null,
  created_at: at,
  email: 'tern@example.org',
  ips: [],
  suspended: false,
  silenced: false,
  sensitized: false,
  disabled: false,
  approved: true,
  role: null,
  account: account('tern'),
  ...more,
})
const strike = { id: '5', action: 'limit', text: 'Enough', created_at: at, ends_at: null, state: 'in_force' }

beforeEach(() => {
  sent = []
  answers = {}
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'Record not found' } }
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
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
  me.value = { ...account('pia'), id: '1', role: { id: '3', permissions: '1' } } as unknown as typeof me.value
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = async (children: ComponentChildren, words: string) => {
  await act(() =>
    render(
      <>
        {children}
        <Toasts />
      </>,
      page,
    ),
  )
  await shows(words)
}
const shows = (words: string) => vi.waitFor(() => expect(page.textContent).toContain(words))
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    const found = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)
    if (!found) throw new Error(`no button ${label}`)
    found.click()
  })
const fill = (selector: string, value: string) =>
  act(() => {
    const field = page.querySelector<HTMLInputElement>(selector)!
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
const writes = (method = 'POST') => sent.filter((one) => one.method === method)

describe('how one stands', () => {
  const own = {
    ...strike,
    reported: true,
    automated: false,
    rules: ['Be kind'],
    posts: [{ id: '9', text: 'Go away' }],
    appeal: null,
    appeal_until: '2026-12-15T08:00:00.000Z',
  }
  beforeEach(() => {
    answers['GET /api/hamlet/v1/standing'] = { body: { access: 'free', strikes: [own] } }
  })

  test('says what was decided, on what ground, and on whose word', async () => {
    await draw(<StandingPage />, 'Limited')
    for (const words of ['In force', 'Enough', 'Be kind', 'Go away']) expect(page.textContent).toContain(words)
  })

  test('takes an appeal, and says so when it is refused', async () => {
    await draw(<StandingPage />, 'Limited')
    await press('Appeal')
    await fill('textarea', 'It was a joke')
    const path = 'POST /api/hamlet/v1/strikes/5/appeal'
    answers[path] = { status: 410, body: { error: 'The time for an appeal is over' } }
    await press('Send the appeal')
    await shows('The time for an appeal is over')
    const appeal = { text: 'It was a joke', created_at: at, decided_at: null, approved: null }
    answers[path] = { body: { ...own, appeal, appeal_until: null } }
    await press('Send the appeal')
    await shows('The moderators will answer')
    expect(writes().at(-1)?.body).toEqual({ text: 'It was a joke' })
  })

  test('is good where nothing was decided', async () => {
    answers['GET /api/hamlet/v1/standing'] = { body: { access: 'free', strikes: [] } }
    await draw(<StandingPage />, 'Your account is in good standing')
  })
})

describe('an account as the team sees it', () => {
  const known = (more = {}) => ({
    admin: admin(),
    strikes: [
      {
        ...strike,
        moderator: account('pia'),
        report_id: null,
        posts: 0,
        automated: false,
        appealed: false,
        undoable: true,
      },
    ],
    notes: [{ id: '8', author: account('pia'), text: 'Seen before', created_at: at, own: true }],
    reports: { about: 2, open: 1, filed: 0 },
    sessions: null,
    proposal: null,
    decisions: ['warn', 'limit', 'suspend'],
    ...more,
  })
  const effect = { decision: 'warn', posts: 0, followers: 0, following: 0, servers: 0, mailed: true, in_force: false }
  beforeEach(() => {
    answers['GET /api/web/moderation/accounts/7'] = { body: known() }
    answers['GET /api/web/admin/warning_presets'] = { body: [{ id: '2', title: 'Rude', text: 'Be kind' }] }
    answers['POST /api/web/moderation/accounts/7/preview'] = { body: effect }
    answers['POST /api/v1/admin/accounts/7/action'] = { body: {} }
  })

  test('says the effect before it is taken, with the numbers of the server', async () => {
    answers['POST /api/web/moderation/accounts/7/preview'] = {
      body: { ...effect, decision: 'suspend', posts: 3, followers: 12, servers: 1 },
    }
    await draw(<AccountsPage path="/moderation/accounts/7" />, 'Decisions')
    await act(() => page.querySelectorAll<HTMLInputElement>('.decision input')[2]!.click())
    await shows('This touches 3 posts, 12 follows of people here, and 1 other server.')
    await fill('.case-decide select', '604800')
    await fill('.case-decide textarea', 'Spam')
    await press('Suspend')
    await shows('It can be taken back for 30 days')
    expect(writes().find((one) => one.path.endsWith('/action'))?.body).toEqual({
      type: 'suspend',
      text: 'Spam',
      send_email_notification: true,
      ends_in: 604_800,
    })
  })

  test('a decision is taken back with one press; words of the team are put in', async () => {
    answers['POST /api/web/moderation/strikes/5/undo'] = { body: {} }
    await draw(<AccountsPage path="/moderation/accounts/7" />, 'Words of the team')
    await press('Take it back')
    await shows('Taken back, with what it changed.')
    const selects = page.querySelectorAll<HTMLSelectElement>('.case-decide select')
    await act(() => {
      const select = selects[selects.length - 1]!
      select.value = '2'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(page.querySelector<HTMLTextAreaElement>('.case-decide textarea')?.value).toBe('Be kind')
  })

  test('who cannot get in is helped after a question, and hears of another address what is wrong with it', async () => {
    const path = '/api/web/moderation/accounts/7'
    answers[`POST ${path}/password/reset`] = { body: {} }
    answers[`POST ${path}/email`] = { status: 422, body: { error: 'Email has already been taken' } }
    await draw(<AccountsPage path="/moderation/accounts/7" />, 'Help to get in')
    await press('Send a link for a new password')
    expect(writes().filter((one) => one.path.endsWith('/reset'))).toEqual([])
    await act(() =>
      document.querySelector<HTMLElement>('[role=dialog] .button-primary, dialog .button-primary')?.click(),
    )
    await shows('The password has ended')
    await fill('.help-in input', 'wren@example.org')
    await press('Send the link there')
    await shows('Email has already been taken')
    expect(writes().at(-1)?.body).toEqual({ email: 'wren@example.org' })
  })

  test('out of reach there is nothing to press', async () => {
    answers['GET /api/web/moderation/accounts/7'] = { body: known({ decisions: [] }) }
    await draw(<AccountsPage path="/moderation/accounts/7" />, 'Out of your reach')
    expect(page.querySelector('.decision')).toBeNull()
    expect(page.textContent).not.toContain('Take it back')
  })
})

test('the list is narrowed, and a proposal is confirmed by somebody else only', async () => {
  const proposal = {
    id: '4',
    target: account('gull'),
    proposer: account('mod'),
    text: 'Spam',
    ends_in: null,
    report_id: null,
    created_at: at,
    expires_at: at,
    own: false,
  }
  answers['GET /api/web/moderation/proposals'] = { body: [proposal, { ...proposal, id: '6', own: true }] }
  answers['GET /api/v2/admin/accounts?origin=local'] = { body: [admin({ silenced: true })] }
  answers['POST /api/web/moderation/proposals/4/confirm'] = { body: {} }
  await draw(<AccountsPage path="/moderation/accounts" />, 'tern@example.org')
  expect(page.querySelector('.account-row')?.textContent).toContain('Limited')
  expect([...page.querySelectorAll('button')].filter((one) => one.textContent === 'Confirm')).toHaveLength(1)
  await press('Confirm')
  await shows('Suspended.')
  answers['GET /api/v2/admin/accounts?email=gu%40x&origin=local'] = { body: [] }
  await fill('[name=text]', 'gu@x')
  await press('Search')
  await shows('Nobody')
})

test('a role is made of plain words, and of nothing that one lacks oneself', async () => {
  const role = {
    id: '9',
    name: 'Gardener',
    position: 5,
    permissions: ['manage_reports'],
    color: '#1f7a8c',
    highlighted: true,
    require_2fa: false,
    posts_per_hour: 30,
    open_invites: null,
    users_count: 2,
    builtin: false,
    editable: true,
  }
  const reports = (1 << 4) | (1 << 17)
  me.value = { ...me.value, role: { ...me.value.role, permissions: String(reports) } }
  answers['GET /api/web/admin/roles'] = {
    body: [role, { ...role, id: '-99', name: '', editable: true, builtin: true, permissions: [] }],
  }
  answers['PUT /api/web/admin/roles/9'] = { body: role }
  await draw(<RolesPage />, 'Gardener')
  expect(page.textContent).toContain('2 people · allows 1 thing')
  await press('Change Gardener')
  expect(page.querySelector<HTMLInputElement>('[name=manage_settings]')?.disabled).toBe(true)
  await act(() => page.querySelector<HTMLInputElement>('[name=manage_roles]')!.click())
  await fill('[name=posts_per_hour]', '')
  await fill('[name=open_invites]', '3')
  await press('Save')
  await vi.waitFor(() => expect(writes('PUT')).toHaveLength(1))
  expect(writes('PUT')[0]?.body).toMatchObject({ name: 'Gardener', permissions: ['manage_reports', 'manage_roles'] })
  expect(writes('PUT')[0]?.body).toMatchObject({ posts_per_hour: null, open_invites: 3 })
})

test('the log says who did what to whom, and can be taken away as it is narrowed', async () => {
  const entry = {
    id: '1',
    action: 'account.suspend',
    target_type: 'account',
    target_id: '7',
    target_label: 'tern',
    created_at: at,
    actor: account('pia'),
    details: {},
  }
  answers['GET /api/web/admin/log'] = { body: [entry] }
  answers['GET /api/web/admin/log?action=role'] = { body: [] }
  await draw(<LogPage />, '@pia suspended tern')
  await fill('select', 'role')
  await shows('Nothing was done')
  expect(page.querySelector('a[download]')?.getAttribute('href')).toBe('/api/web/admin/log.csv?action=role')
})

test('how the team decides is switched, and its words are kept', async () => {
  answers['GET /api/web/admin/ways'] = { body: { suspend_by_two: false, public_log: false } }
  answers['PATCH /api/web/admin/ways'] = { body: { suspend_by_two: true, public_log: false } }
  answers['GET /api/web/admin/warning_presets'] = { body: [] }
  answers['POST /api/web/admin/warning_presets'] = { body: { id: '2', title: 'Rude', text: 'Be kind' } }
  await draw(<WaysPage />, 'None yet.')
  await act(() => page.querySelector<HTMLButtonElement>('#suspend-by-two')!.click())
  await vi.waitFor(() => expect(writes('PATCH')).toMatchObject([{ body: { suspend_by_two: true } }]))
  await press('Add')
  await fill('.role-form input', 'Rude')
  await fill('.role-form textarea', 'Be kind')
  answers['GET /api/web/admin/warning_presets'] = { body: [{ id: '2', title: 'Rude', text: 'Be kind' }] }
  await press('Save')
  await shows('Rude')
})
