import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { Invite } from '@hamlet/contract/invite'
import type { ComponentChildren } from 'preact'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { InvitesPage } from './invites-page.tsx'
import { JoiningPage } from './joining-page.tsx'
import { TeamInvites } from './team-invites.tsx'

const INVITE_USERS = 1 << 16
const OWN = '/api/hamlet/v1/invites'
const ALL = '/api/web/admin/invites'
const JOINING = '/api/web/admin/joining'

let sent: { call: string; body: unknown }[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement
let copied: string[]

const invite = (id: string, more: Partial<Invite> = {}): Invite => ({
  id,
  code: `aB3dE6g${id}`,
  url: `https://skerry.example/invite/aB3dE6g${id}`,
  max_uses: 5,
  uses: 2,
  expires_at: null,
  autofollow: true,
  comment: '',
  active: true,
  created_at: '2026-11-25T08:00:00.000Z',
  username: 'ines',
  ...more,
})
const usual = {
  registrations: 'open',
  closed_message: '',
  require_reason: 'on',
  min_age: 0,
  disposable_mail: 'approval',
  proof_of_work: 'busy',
}

beforeEach(() => {
  sent = []
  copied = []
  answers = {
    [`GET ${OWN}`]: {
      status: 200,
      body: [invite('1'), invite('2', { active: false, max_uses: null, uses: 1, comment: 'For Mara' })],
    },
    [`GET ${ALL}`]: { status: 200, body: [invite('1'), invite('3', { username: 'bram' })] },
    [`GET ${JOINING}`]: { status: 200, body: usual },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body?: string | null }) => {
    sent.push({ call: `${init.method} ${path}`, body: init.body ? JSON.parse(init.body) : undefined })
    const answer = answers[`${init.method} ${path}`] ?? { status: 404, body: { error: 'Record not found' } }
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
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  })
  server.value = { title: 'Skerry' } as Instance
  me.value = { role: { permissions: String(INVITE_USERS) } } as CredentialAccount
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
const codes = () => [...page.querySelectorAll('.gate-row strong')].map((row) => row.textContent)
const field = (name: string) =>
  page.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}], #${name}`) as HTMLInputElement
const choose = (name: string, value: string) =>
  act(() => {
    field(name).value = value
    field(name).dispatchEvent(new Event('change', { bubbles: true }))
  })

describe('invitations of one’s own', () => {
  test('say how far each went, and which are over', async () => {
    await show(<InvitesPage />)
    await vi.waitFor(() => expect(codes()).toEqual(['aB3dE6g1', 'aB3dE6g2']))
    const rows = [...page.querySelectorAll('.gate-row')].map((row) => row.textContent)
    expect(rows[0]).toContain('2 of 5 used · without end')
    expect(rows[1]).toContain('1 person has come by it · Over')
    expect(rows[1]).toContain('For Mara')
    expect(page.querySelectorAll('.gate-row')[1]?.querySelector('button')).toBe(null)
  })

  test('one is made as chosen, stands on top, and its link is in the clipboard', async () => {
    answers[`POST ${OWN}`] = { status: 200, body: invite('7', { uses: 0 }) }
    await show(<InvitesPage />)
    await vi.waitFor(() => expect(codes()).toHaveLength(2))
    field('max_uses').value = '25'
    field('expires_in').value = ''
    field('comment').value = 'The choir'
    await press('Make a link')
    await vi.waitFor(() => expect(codes()[0]).toBe('aB3dE6g7'))
    const body = { max_uses: 25, expires_in: null, autofollow: true, comment: 'The choir' }
    expect(writes()).toEqual([{ call: `POST ${OWN}`, body }])
    await vi.waitFor(() => expect(copied).toEqual(['https://skerry.example/invite/aB3dE6g7']))
  })

  test('one that is ended stays in the list as over', async () => {
    answers[`DELETE ${OWN}/1`] = { status: 200, body: invite('1', { active: false }) }
    await show(<InvitesPage />)
    await vi.waitFor(() => expect(codes()).toHaveLength(2))
    await press('End aB3dE6g1')
    await vi.waitFor(() => expect(page.querySelector('.gate-row')?.textContent).toContain('Over'))
  })

  test('whose role invites nobody is told so, and asks for nothing', async () => {
    me.value = { role: { permissions: '0' } } as CredentialAccount
    await show(<InvitesPage />)
    expect(page.textContent).toContain('Your role invites nobody')
    expect(sent).toEqual([])
  })

  test('a fault is said at the form, which keeps what was written', async () => {
    answers[`POST ${OWN}`] = { status: 422, body: { error: 'You have 100 open invitations. End some of them first.' } }
    await show(<InvitesPage />)
    await vi.waitFor(() => expect(codes()).toHaveLength(2))
    field('comment').value = 'one more'
    await press('Make a link')
    await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('End some of them first.'))
    expect(field('comment').value).toBe('one more')
  })
})

describe('invitations as the team sees them', () => {
  test('one is ended', async () => {
    answers[`DELETE ${ALL}/1`] = { status: 200, body: invite('1', { active: false }) }
    await show(<TeamInvites />)
    await vi.waitFor(() => expect(codes()).toEqual(['@ines aB3dE6g1', '@bram aB3dE6g3']))
    await press('End aB3dE6g1')
    await vi.waitFor(() => expect(codes()).toEqual(['@bram aB3dE6g3']))
  })

  test('all are ended after a question', async () => {
    answers[`DELETE ${ALL}`] = { status: 200, body: { ended: 2 } }
    await show(<TeamInvites />)
    await vi.waitFor(() => expect(codes()).toHaveLength(2))
    await press('End all')
    await press('Cancel')
    expect(writes()).toEqual([])
    await press('End all')
    await act(() => page.querySelector<HTMLButtonElement>('dialog .button-danger')?.click())
    await vi.waitFor(() => expect(page.textContent).toContain('2 invitations are ended.'))
    expect(page.textContent).toContain('No invitation is open')
  })
})

describe('who may join', () => {
  const open = async () => {
    await show(<JoiningPage />)
    await vi.waitFor(() => expect(field('registrations').value).toBe('open'))
  }

  test('a change is sent at once, alone, and what the server says stands there', async () => {
    await open()
    answers[`PUT ${JOINING}`] = { status: 200, body: { ...usual, registrations: 'approval' } }
    await choose('registrations', 'approval')
    await vi.waitFor(() => expect(page.textContent).toContain('Saved.'))
    expect(writes()).toEqual([{ call: `PUT ${JOINING}`, body: { registrations: 'approval' } }])
    expect(field('registrations').value).toBe('approval')
  })

  test('what is refused goes back, and says why', async () => {
    await open()
    answers[`PUT ${JOINING}`] = { status: 422, body: { error: 'min_age must be a whole number from 0 to 120.' } }
    await choose('min_age', '16')
    await vi.waitFor(() => expect(page.textContent).toContain('a whole number'))
    expect(field('min_age').value).toBe('0')
  })

  test('words for a closed door are saved by their button', async () => {
    await open()
    answers[`PUT ${JOINING}`] = { status: 200, body: { ...usual, closed_message: 'Back in May.' } }
    await act(() => {
      field('closed_message').value = 'Back in May.'
      field('closed_message').dispatchEvent(new Event('input', { bubbles: true }))
    })
    await press('Save')
    await vi.waitFor(() => expect(writes().map((one) => one.body)).toEqual([{ closed_message: 'Back in May.' }]))
  })
})
