import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { SignUpGates } from './gates.tsx'

type Sent = { method: string; path: string; body: unknown }

let sent: Sent[]
let answers: Record<string, { status: number; body: unknown }>
let page: HTMLElement
/** What the server's answer waits for. */
let held: Promise<void>

const admin = {
  id: '1',
  pattern: 'admin',
  comparison: 'exact',
  allow_with_approval: false,
  created_at: '2026-11-25T08:00:00.000Z',
}
const spam = {
  id: '5',
  domain: 'spam.example',
  allow_with_approval: true,
  created_at: '2026-11-25T08:00:00.000Z',
  history: [2, 0, 1, 0, 0, 0, 0].map((uses) => ({ day: '0', accounts: String(uses), uses: String(uses) })),
}

beforeEach(async () => {
  sent = []
  held = Promise.resolve()
  answers = {
    'GET /api/web/moderation/names': { status: 200, body: [admin] },
    'GET /api/v1/admin/email_domain_blocks': { status: 200, body: [spam] },
    'DELETE /api/web/moderation/names/1': { status: 200, body: {} },
    'POST /api/web/moderation/names': { status: 200, body: { ...admin, id: '2', pattern: 'harbour' } },
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    await held
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
  server.value = { title: 'Skerry' } as Instance
  page = document.createElement('div')
  document.body.append(page)
  await act(() =>
    render(
      <>
        <SignUpGates />
        <Toasts />
      </>,
      page,
    ),
  )
  await vi.waitFor(() => expect(rows()).toHaveLength(1))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const rows = () => [...page.querySelectorAll('.gate-row strong')].map((row) => row.textContent)
const press = (label: string) =>
  act(() => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label)?.click()
  })
const writes = () => sent.filter((one) => one.method !== 'GET')

async function fill(values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)
    if (field) field.value = value
  }
  await press('Add')
}

test('a name is added as chosen, and stands on top', async () => {
  await fill({ text: 'harbour', comparison: 'contains', standing: 'ask' })
  await vi.waitFor(() => expect(rows()).toEqual(['harbour', 'admin']))
  const body = { pattern: 'harbour', comparison: 'contains', allow_with_approval: true }
  expect(writes()).toEqual([{ method: 'POST', path: '/api/web/moderation/names', body }])
  expect(page.querySelector<HTMLInputElement>('[name=text]')?.value).toBe('')
})

test('what is refused keeps what was written, and says why at the field', async () => {
  answers['POST /api/web/moderation/names'] = {
    status: 422,
    body: { error: 'Validation failed: Name is on the list already' },
  }
  await fill({ text: 'admin' })
  await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toBe('Name is on the list already'))
  const field = page.querySelector<HTMLInputElement>('[name=text]')
  expect([field?.value, field?.getAttribute('aria-describedby')]).toEqual(['admin', 'gate-fault'])
})

test('a press too many adds once', async () => {
  let release = () => {}
  held = new Promise((done) => (release = done))
  await fill({ text: 'harbour' })
  await press('Add')
  release()
  await vi.waitFor(() => expect(rows()).toEqual(['harbour', 'admin']))
  expect(writes()).toHaveLength(1)
})

test('what was removed can be had back as it was', async () => {
  await press('Remove admin')
  await vi.waitFor(() => expect(page.textContent).toContain('Every name is free'))
  expect(page.textContent).toContain('admin is free again.')
  answers['POST /api/web/moderation/names'] = { status: 200, body: { ...admin, id: '3' } }
  await press('Undo')
  await vi.waitFor(() => expect(rows()).toEqual(['admin']))
  const body = { pattern: 'admin', comparison: 'exact', allow_with_approval: false }
  expect(writes().map((one) => one.body)).toEqual([undefined, body])
})

test('mail domains say how often somebody came with them', async () => {
  await press('Mail domains')
  await vi.waitFor(() => expect(rows()).toEqual(['spam.exampleAsks a moderator']))
  expect(page.querySelector('.gate-row .meta')?.textContent).toBe('3 tries this week')
})

describe('addresses', () => {
  const flood = {
    id: '8',
    ip: '192.0.2.0/24',
    severity: 'no_access',
    comment: 'A flood',
    created_at: '2026-11-25T08:00:00.000Z',
    expires_at: null,
  }

  test('a network says what becomes of it, and is added with an end and a note', async () => {
    answers['GET /api/v1/admin/ip_blocks'] = { status: 200, body: [flood] }
    answers['POST /api/v1/admin/ip_blocks'] = {
      status: 200,
      body: { ...flood, id: '9', ip: '2001:db8::/32', severity: 'sign_up_block' },
    }
    await press('Networks')
    await vi.waitFor(() => expect(rows()).toEqual(['192.0.2.0/24Nobody gets in at all']))
    expect(page.querySelector('.gate-row .meta')?.textContent).toContain('A flood')
    await fill({ text: '2001:db8::/32', severity: 'sign_up_block', expires: '604800', comment: 'for a week' })
    await vi.waitFor(() => expect(rows()[0]).toBe('2001:db8::/32Nobody signs up'))
    const body = { ip: '2001:db8::/32', severity: 'sign_up_block', expires_in: 604_800, comment: 'for a week' }
    expect(writes()).toEqual([{ method: 'POST', path: '/api/v1/admin/ip_blocks', body }])
  })

  test('a mailbox is given as an address, and shown as what is kept of it', async () => {
    const hash = 'a1b2c3d4e5f60718'.padEnd(64, '0')
    answers['GET /api/v1/admin/canonical_email_blocks'] = { status: 200, body: [] }
    answers['POST /api/v1/admin/canonical_email_blocks'] = {
      status: 200,
      body: { id: '4', canonical_email_hash: hash },
    }
    answers['DELETE /api/v1/admin/canonical_email_blocks/4'] = { status: 200, body: {} }
    await press('Mailboxes')
    await vi.waitFor(() => expect(page.textContent).toContain('No mailbox is kept out'))
    await fill({ text: 'Mara@mail.example' })
    await vi.waitFor(() => expect(rows()).toEqual(['a1b2c3d4e5f60718']))
    await press('Remove a1b2c3d4e5f60718')
    await vi.waitFor(() => expect(page.textContent).toContain('This mailbox may sign up again.'))
    await press('Undo')
    await vi.waitFor(() => expect(writes().at(-1)?.body).toEqual({ canonical_email_hash: hash }))
  })
})
