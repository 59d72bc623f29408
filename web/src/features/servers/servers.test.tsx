import type { DomainDraft, DomainList, ServerCase, ServerItem } from '@hamlet/contract/server'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { SeveredPage } from '../severed/severed-page.tsx'
import { RelaysPage } from './relays-page.tsx'
import { ServerListsPage } from './lists-page.tsx'
import { ServersPage } from './servers-page.tsx'

type Sent = { method: string; path: string; body: unknown }
let page: HTMLElement
let sent: Sent[]
let answers: Record<string, unknown>

const item = (more: Partial<ServerItem> = {}): ServerItem => ({
  host: 'far.example',
  first_seen_at: null,
  policy: null,
  is_allowed: false,
  people: 3,
  following: 2,
  followers: 1,
  reports: 0,
  lists: 2,
  delivery: { state: 'ok', waiting: 0, last_success_at: null },
  ...more,
})
const account = { id: '9', acct: 'ines', avatar: '/a.png' } as ServerCase['ties']['named'][number]['account']
const whole = (more: Partial<ServerCase> = {}): ServerCase => ({
  server: item(),
  ties: { following: 2, followers: 1, people: 1, named: [{ account, following: 2, followers: 1 }] },
  notes: [],
  opinions: [{ list: 'Friends', severity: 'suspend', reason: 'spam' }],
  purge: null,
  may_purge: false,
  ...more,
})
const policy = {
  id: '1',
  domain: 'far.example',
  digest: '',
  created_at: '2026-11-25T08:00:00.000Z',
  severity: 'suspend' as const,
  reject_media: false,
  reject_reports: false,
  private_comment: '',
  public_comment: '',
  obfuscate: false,
  hamlet: { expires_at: null },
}
const list: DomainList = {
  id: '5',
  name: 'Friends',
  url: null,
  imported_at: null,
  problem: null,
  entries: 3,
  open: { new: 2, stricter: 0, milder: 0, gone: 0 },
}
const draft = (id: string, host: string, more: Partial<DomainDraft> = {}): DomainDraft => ({
  id,
  host,
  change: 'new',
  severity: 'suspend',
  reject_media: false,
  reject_reports: false,
  reason: 'spam',
  today: null,
  lists: 1,
  follows: 0,
  is_protected: false,
  ...more,
})
const API = '/api/web/moderation'

beforeEach(() => {
  sent = []
  answers = {
    [`GET ${API}/servers?filter=all&q=&after=`]: { servers: [item()], next: null, is_limited: false },
    [`GET ${API}/servers/far.example`]: whole(),
    [`PUT ${API}/servers/far.example/policy`]: whole({ server: item({ policy }) }),
    [`GET ${API}/lists`]: [list],
    [`GET ${API}/lists/5/drafts`]: [
      draft('1', 'spam.example'),
      draft('2', 'near.example', { follows: 40, is_protected: true }),
    ],
    [`POST ${API}/lists/5/drafts/1`]: {},
    [`POST ${API}/lists/5/decide`]: {},
    [`POST ${API}/lists`]: { id: '6', drafts: 2, same: 1, pinned: 0, unread: 0 },
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
  vi.stubGlobal('fetch', (path: string, { method = 'GET', body = null }: { method?: string; body?: string | null }) => {
    sent.push({ method, path, body: body === null ? undefined : JSON.parse(body) })
    const answer = answers[`${method} ${path}`]
    return Promise.resolve(
      new Response(JSON.stringify(answer ?? { error: 'Not this time' }), { status: answer ? 200 : 422 }),
    )
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const settle = () => act(() => new Promise((done) => setTimeout(done)))
const draw = async (what: preact.ComponentChildren) => {
  await act(() =>
    render(
      <>
        {what}
        <Toasts />
      </>,
      page,
    ),
  )
  await settle()
}
const press = async (name: string) => {
  const button = [...page.querySelectorAll('button')].findLast(
    (one) => one.getAttribute('aria-label') === name || one.textContent === name,
  )
  if (!button) throw new Error(`There is no button ${name}`)
  await act(() => button.click())
  await settle()
}
const choose = async (id: string, value: string) => {
  const select = page.querySelector<HTMLSelectElement>(`select#${id}`)
  if (!select) throw new Error(`There is no choice ${id}`)
  select.value = value
  await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })))
  await settle()
}
const writes = () => sent.filter((one) => one.method !== 'GET')

test('servers stand in a list with their facts, each a link to its own page', async () => {
  await draw(<ServersPage path="/moderation/servers" />)
  const row = page.querySelector<HTMLAnchorElement>('.server-row')
  expect(row?.getAttribute('href')).toBe('/moderation/servers/far.example')
  expect(row?.textContent).toContain('3 people known · 3 follows')
  expect(row?.textContent).toContain('on 2 lists')
})

test('a list that cannot be read says so and offers another try', async () => {
  delete answers[`GET ${API}/servers?filter=all&q=&after=`]
  await draw(<ServersPage path="/moderation/servers" />)
  expect(page.querySelector('[role=alert]')?.textContent).toContain('Not this time')
})

test('before a server is shut out, what is lost is said, and nothing happens until it is confirmed', async () => {
  await draw(<ServersPage path="/moderation/servers/far.example" />)
  await choose('severity', 'suspend')
  expect(writes()).toEqual([])
  expect(page.querySelector('dialog')?.textContent).toContain('1 person here loses 2 whom they follow and 1 follower.')
  await press('Shut out')
  expect(writes()).toEqual([
    { method: 'PUT', path: `${API}/servers/far.example/policy`, body: { severity: 'suspend' } },
  ])
  expect(page.querySelector<HTMLSelectElement>('#severity')?.value).toBe('suspend')
})

test('a milder change counts at once and can be undone', async () => {
  answers['DELETE /api/web/moderation/domains/far.example'] = {}
  await draw(<ServersPage path="/moderation/servers/far.example" />)
  await choose('severity', 'silence')
  await press('Undo')
  expect(writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
    `PUT ${API}/servers/far.example/policy`,
    'DELETE /api/web/moderation/domains/far.example',
  ])
})

test('what lists say stands beside, and data is taken away only where that may be', async () => {
  await draw(<ServersPage path="/moderation/servers/far.example" />)
  expect(page.textContent).toContain('Friends')
  expect(page.querySelector('#purge')).toBeNull()
  answers[`GET ${API}/servers/far.example`] = whole({
    may_purge: true,
    purge: { total: 9, gone: 4, finished_at: null },
  })
  await draw(<ServersPage key="again" path="/moderation/servers/far.example" />)
  expect(page.textContent).toContain('4 of 9 people are gone')
})

test('a change that a list asks for is accepted; what many here follow is flagged and stays when all are accepted', async () => {
  await draw(<ServerListsPage path="/moderation/lists/5" />)
  const rows = () => [...page.querySelectorAll('.draft-row bdi')].map((one) => one.textContent)
  expect(rows()).toEqual(['spam.example', 'near.example'])
  expect(page.querySelector('.server-loud')?.textContent).toContain('decide it by itself')
  await press('Accept all')
  expect(rows()).toEqual(['near.example'])
  expect(writes()).toEqual([{ method: 'POST', path: `${API}/lists/5/decide`, body: { accept: true } }])
})

test('one change is declined by itself, and the others stay', async () => {
  await draw(<ServerListsPage path="/moderation/lists/5" />)
  await press('Decline spam.example')
  expect(writes()).toEqual([{ method: 'POST', path: `${API}/lists/5/drafts/1`, body: { accept: false } }])
  expect(page.querySelectorAll('.draft-row')).toHaveLength(1)
})

test('a list is read from an address; what is wrong stands at the form', async () => {
  await draw(<ServerListsPage path="/moderation/lists" />)
  const fill = (name: string, value: string) => {
    const field = page.querySelector<HTMLInputElement>(`[name=${name}]`)
    if (field) field.value = value
  }
  fill('name', 'Council')
  fill('url', 'https://lists.example/a.csv')
  await press('Read it')
  await settle()
  expect(writes()[0]?.body).toEqual({ name: 'Council', url: 'https://lists.example/a.csv' })
  delete answers[`POST ${API}/lists`]
  fill('name', 'Council')
  await press('Read it')
  await settle()
  expect(page.querySelector('.gate-form [role=alert]')?.textContent).toBe('Not this time')
})

test('a list that came as a file is brought anew as a file; one with an address is fetched', async () => {
  answers[`POST ${API}/lists/5/import`] = { id: '5', drafts: 1, same: 2, pinned: 0, unread: 0 }
  await draw(<ServerListsPage path="/moderation/lists" />)
  expect(page.querySelector('[aria-label="Fetch Friends now"]')).toBeNull()
  expect(page.querySelector('[aria-label="Bring a newer file of Friends"]')).not.toBeNull()
  const field = page.querySelector('.server-list input[type=file]') as HTMLInputElement
  Object.defineProperty(field, 'files', { value: [new File(['spam.example\n'], 'friends.csv')], configurable: true })
  await act(() => void field.dispatchEvent(new Event('change', { bubbles: true })))
  await settle()
  expect(writes()).toMatchObject([{ path: `${API}/lists/5/import`, body: { content: 'spam.example\n' } }])
  expect(document.body.textContent).toContain('1 change to decide, 2 as today')
  answers[`GET ${API}/lists`] = [{ ...list, url: 'https://lists.example/a.csv' }]
  render(null, page)
  await draw(<ServerListsPage path="/moderation/lists" />)
  expect(page.querySelector('[aria-label="Bring a newer file of Friends"]')).toBeNull()
  expect(page.querySelector('[aria-label="Fetch Friends now"]')).not.toBeNull()
})

test('whoever lost ties reads of whom, why, and what came back', async () => {
  answers['GET /api/hamlet/v1/severed_relationships'] = [
    {
      id: '3',
      type: 'domain_block',
      purged: false,
      target_name: 'far.example',
      followers_count: 1,
      following_count: 2,
      created_at: '2026-11-25T08:00:00.000Z',
      hamlet: { undone_at: null, restored: 2 },
    },
  ]
  await draw(<SeveredPage />)
  expect(page.textContent).toContain('The team of this server cut the ties to far.example.')
  expect(page.textContent).toContain('2 given back')
  const files = [...page.querySelectorAll('a[download]')].map((one) => one.getAttribute('href'))
  expect(files).toEqual([
    '/api/hamlet/v1/severed_relationships/3/following.csv',
    '/api/hamlet/v1/severed_relationships/3/followers.csv',
  ])
})

test('a relay is joined and left; what it answers stands beside it', async () => {
  const relay = {
    id: '4',
    url: 'https://relay.example/inbox',
    state: 'accepted',
    problem: null,
    created_at: '',
    last_heard_at: null,
  }
  answers['GET /api/web/admin/relays'] = [relay]
  answers['POST /api/web/admin/relays/4/disable'] = { ...relay, state: 'idle' }
  await draw(<RelaysPage />)
  expect(page.querySelector('.person-row')?.textContent).toContain('Joined')
  await press('Leave https://relay.example/inbox')
  expect(writes().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/web/admin/relays/4/disable'])
})
