import type { Account, CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import type { Relationship } from '@hamlet/contract/relationship'
import { render, type ComponentChildren } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aside } from '../../app/aside.ts'
import { me, server } from '../../app/session.ts'
import { ProfilePage } from './profile.tsx'
import { FollowRequestsPage } from './requests.tsx'

type Sent = { method: string; path: string; body: unknown }
let sent: Sent[]
let answers: Record<string, unknown>
let page: HTMLElement

const person = (id: string, username: string, more: Partial<Account> = {}) =>
  ({
    id,
    username,
    acct: username,
    display_name: '',
    avatar: '/a.png',
    header: '/h.png',
    note: '',
    fields: [],
    emojis: [],
    created_at: '2024-03-01T00:00:00.000Z',
    statuses_count: 3,
    followers_count: 2,
    following_count: 1,
    show_media: true,
    ...more,
  }) as Account
const oda = person('7', 'oda@fjord.test', {
  username: 'oda',
  fields: [
    { name: 'Workshop', value: 'boats', verified_at: '2026-11-12T00:00:00.000Z' },
    { name: 'Pronouns', value: 'she/her', verified_at: null },
  ],
})
const standing = (more: Partial<Relationship> = {}) => ({ id: '7', note: '', following: true, ...more }) as Relationship

beforeEach(() => {
  sent = []
  answers = {
    'GET /api/v1/accounts/lookup?acct=oda%40fjord.test': oda,
    'GET /api/v1/accounts/relationships?id[]=7': [standing({ followed_by: true })],
    'GET /api/v1/accounts/familiar_followers?id[]=7': [{ id: '7', accounts: [person('8', 'bram')] }],
    'POST /api/v1/accounts/7/note': standing({ note: 'owes me a clamp' }),
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    return new Response(JSON.stringify(answers[`${init.method} ${path}`] ?? []))
  })
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
  server.value = { title: 'Skerry', domain: 'skerry.test' } as Instance
  me.value = { id: '9' } as CredentialAccount
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const settle = () => act(async () => new Promise((done) => setTimeout(done, 20)))
const draw = async (screen: ComponentChildren) => {
  await act(() => render(screen, page))
  // Once for who it is, once for what is asked of them.
  await settle()
  await settle()
}
const Side = () => <>{aside.value}</>

test('says who somebody is: checked link, pronouns as a badge, how both stand, whom one knows', async () => {
  await draw(<ProfilePage acct="oda@fjord.test" />)
  const words = page.textContent ?? ''
  expect(page.querySelector('.field-verified')?.textContent).toMatch(/^Checked .*12/)
  expect(page.querySelector('.tag-plain')?.textContent).toBe('she/her')
  expect([...page.querySelectorAll('dt')].map((term) => term.textContent)).toEqual(['Workshop'])
  expect(words).toContain('Follows you')
  expect(words).toContain('Followed by bram, whom you follow')
  expect(page.querySelector('h1')?.className).toBe('title-faded')
})

test('posts come with boosts, or only what somebody wrote: one of two chips says which', async () => {
  await draw(<ProfilePage acct="oda@fjord.test" />)
  const chips = () => [...page.querySelectorAll<HTMLButtonElement>('.person-chips .chip')].slice(0, 2)
  const on = () => chips().map((chip) => `${chip.textContent}: ${chip.getAttribute('aria-pressed')}`)
  expect(on()).toEqual(['Originals: false', 'With boosts: true'])
  await act(() => chips()[0]?.click())
  await settle()
  expect(on()).toEqual(['Originals: true', 'With boosts: false'])
  expect(sent.at(-1)?.path).toContain('exclude_reblogs=true')
})

test('a note beside the posts is kept when one leaves it', async () => {
  await draw(
    <>
      <ProfilePage acct="oda@fjord.test" />
      <Side />
    </>,
  )
  const field = page.querySelector<HTMLTextAreaElement>('.person-note textarea')
  await act(() => {
    if (field) field.value = 'owes me a clamp'
    void field?.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await act(() => void field?.dispatchEvent(new Event('blur')))
  await settle()
  expect(sent.filter((one) => one.method === 'POST')).toEqual([
    { method: 'POST', path: '/api/v1/accounts/7/note', body: { comment: 'owes me a clamp' } },
  ])
  expect(page.querySelector('.person-note output')?.textContent).toBe('Kept')
})

test('whoever blocks the reader shows no posts and no button', async () => {
  answers['GET /api/v1/accounts/relationships?id[]=7'] = [standing({ following: false, blocked_by: true })]
  await draw(<ProfilePage acct="oda@fjord.test" />)
  expect(page.textContent).toContain('oda blocks you')
  expect(page.querySelector('[role=tablist]')).toBeNull()
  expect(sent.some(({ path }) => path.includes('/statuses'))).toBe(false)
})

test('many who ask are let in at once, and leave the list', async () => {
  answers['GET /api/v1/follow_requests'] = [person('1', 'ana'), person('2', 'bo')]
  await draw(<FollowRequestsPage />)
  const box = page.querySelector<HTMLInputElement>('.request-bar input')
  await act(() => (box as HTMLInputElement).click())
  const letIn = [...page.querySelectorAll('.request-bar button')].find((one) => one.textContent === 'Let in')
  await act(() => (letIn as HTMLButtonElement).click())
  await settle()
  expect(sent.filter((one) => one.method === 'POST').map((one) => one.path)).toEqual([
    '/api/v1/follow_requests/1/authorize',
    '/api/v1/follow_requests/2/authorize',
  ])
  expect(page.textContent).toContain('Nobody waits')
})
