import type { CredentialAccount } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actAs, preload, request } from '../../api/request.ts'
import { changeLook, look, usualLook } from '../../app/look.ts'
import { statusOf } from '../../api/store.ts'
import { listenToKeys } from '../../app/keys.ts'
import { me } from '../../app/session.ts'
import { Banner } from '../install/banners.tsx'
import { onSettle, outboxMark } from '../statuses/composer-state.ts'
import { keepWarning, recentWarnings } from '../statuses/composer/preferences.ts'
import { asItems } from './act-as.ts'
import { AccountChip, AccountEdge } from './chip.tsx'
import { all, others } from './others.ts'
import { tellTabs } from './tabs.ts'

type Sent = { method: string; path: string; as: string | undefined }
const person = (id: string, acct: string) => ({
  id,
  acct,
  username: acct,
  display_name: '',
  avatar: '/a.svg',
  emojis: [],
})
const [noa, ines] = [person('9', 'noa'), person('10', 'ines')]
let sent: Sent[]
let forms: { action: string; fields: Record<string, string> }[]
let answers: Record<string, () => Response>
let page: HTMLElement

const signIn = (count: number) => {
  document.cookie = `hamlet-signed-in-${location.port || '80'}=${count}; path=/`
}
const json = (body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { headers })

beforeEach(() => {
  sent = []
  forms = []
  all.value = []
  others.value = []
  answers = {
    '/api/hamlet/v1/sessions/accounts': () => json([noa, ines]),
    '/api/v1/notifications/unread_count': () => json({ count: 3 }),
  }
  vi.stubGlobal('fetch', async (path: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    sent.push({ method: init.method ?? 'GET', path, as: init.headers?.['hamlet-account'] })
    return answers[path]?.() ?? json({})
  })
  HTMLFormElement.prototype.submit = function submit(this: HTMLFormElement) {
    const fields = [...this.querySelectorAll('input')].map((field) => [field.name, field.value] as const)
    forms.push({ action: new URL(this.action, location.href).pathname, fields: Object.fromEntries(fields) })
  }
  localStorage.clear()
  signIn(2)
  me.value = noa as unknown as CredentialAccount
  actAs(noa.id)
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  actAs(undefined)
  vi.unstubAllGlobals()
})

const settle = () => act(async () => void (await new Promise((done) => setTimeout(done, 20))))
async function show(node = <AccountChip />) {
  await act(() => render(node, page))
  await settle()
}
const press = (label: string) => {
  const items = [...page.querySelectorAll<HTMLElement>('button')]
  const found = items.find((item) => (item.getAttribute('aria-label') ?? item.textContent)?.includes(label))
  if (!found) throw new Error(`There is no button ${label}`)
  return act(() => found.click())
}

test('the menu names every account and which one is in use; another one is a form away', async () => {
  await show()
  expect(page.querySelector('.dot')?.textContent).toBe('Something new in another account')
  await press('your account')
  const rows = [...page.querySelectorAll('[role=menuitemradio]')]
  expect(rows.map((row) => [row.textContent, row.getAttribute('aria-checked')])).toEqual([
    ['@noaAlt Shift 1', 'true'],
    ['@inesSomething new', 'false'],
  ])
  const saved = vi.fn(async () => {})
  onSettle(saved)
  await press('@ines')
  await settle()
  expect(saved).toHaveBeenCalledOnce()
  expect(forms).toEqual([{ action: '/switch', fields: { account: '10', next: '/home' } }])
})

test('with one account there is neither a choice nor a colour', async () => {
  signIn(1)
  await show(
    <>
      <AccountEdge />
      <AccountChip />
    </>,
  )
  await press('your account')
  expect(sent).toEqual([])
  expect(page.querySelector('[role=menuitemradio], .account-edge')).toBeNull()
  expect(page.textContent).toContain('Add an account')
  await press('Sign out')
  await settle()
  expect(forms).toEqual([{ action: '/sign-out', fields: { account: '9' } }])
})

test('with several each has a colour of its own, and signing out says of whom', async () => {
  await show(
    <>
      <AccountEdge />
      <AccountChip />
    </>,
  )
  expect(page.querySelector('.account-edge')?.getAttribute('data-accent')).toBe('sea')
  await press('your account')
  const colours = [...page.querySelectorAll('.menu-face')].map((face) => face.getAttribute('data-accent'))
  expect(new Set(colours).size).toBe(2)
  await press('Sign out of @noa')
  await settle()
  await press('your account')
  await press('Sign out of all accounts')
  await settle()
  expect(forms.map(({ fields }) => fields)).toEqual([{ account: '9' }, { account: 'all' }])
})

test('Alt Shift and a number switch, also while one writes', async () => {
  await show()
  const unlisten = listenToKeys()
  const field = page.appendChild(document.createElement('textarea'))
  const type = (code: string, more = {}) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { code, altKey: true, shiftKey: true, bubbles: true, ...more }))
  type('Digit1')
  type('Digit7')
  type('Digit2', { altKey: false })
  await settle()
  expect(forms).toEqual([])
  type('Digit2')
  await settle()
  expect(forms).toEqual([{ action: '/switch', fields: { account: '10', next: '/home' } }])
  unlisten()
})

test('every call says as whom it is made; an early answer to somebody else is asked again', async () => {
  await request('POST', '/api/v1/statuses/1/favourite')
  await request('GET', '/api/v1/timelines/home', { as: '10' })
  expect(sent.map(({ as }) => as)).toEqual(['9', '10'])
  answers['/early'] = () => json({ whose: 'ines' }, { 'hamlet-account': '10' })
  preload('/early')
  await settle()
  answers['/early'] = () => json({ whose: 'noa' }, { 'hamlet-account': '9' })
  expect(await request('GET', '/early')).toEqual({ whose: 'noa' })
})

test('an open post is favourited and boosted as another account, and nothing of that is kept here', async () => {
  await show()
  const post = { id: '7', visibility: 'public' } as Status
  const items = asItems(post)
  expect(items.map(({ label }) => label)).toEqual(['Favourite as @ines', 'Boost as @ines'])
  for (const item of items) item.run()
  await settle()
  expect(sent.slice(-2)).toEqual([
    { method: 'POST', path: '/api/v1/statuses/7/favourite', as: '10' },
    { method: 'POST', path: '/api/v1/statuses/7/reblog', as: '10' },
  ])
  expect(statusOf('7').value).toBeNull()
  expect(asItems({ ...post, visibility: 'private' })).toEqual([])
})

test('nothing that one has left on the device is read as another', async () => {
  keepWarning('about noa')
  localStorage.setItem(outboxMark(), '1')
  changeLook({ theme: 'dark' })
  await show()
  await press('your account')
  await press('@ines')
  await settle()
  me.value = ines as unknown as CredentialAccount
  expect([recentWarnings(), localStorage.getItem(outboxMark()), localStorage.getItem('hamlet-look')]).toEqual([
    [],
    null,
    null,
  ])
  me.value = noa as unknown as CredentialAccount
  expect(recentWarnings()).toEqual(['about noa'])
  changeLook(usualLook)
  expect(look.value.theme).toBe('auto')
})

test('another tab that switched is told of here, where everything stays as it is', async () => {
  const replace = vi.spyOn(location, 'replace').mockImplementation(() => {})
  await show(
    <>
      <AccountChip />
      <Banner />
    </>,
  )
  const tell = async (message: Parameters<typeof tellTabs>[0]) => {
    const other = new BroadcastChannel('hamlet')
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    other.postMessage(message)
    await settle()
    other.close()
  }
  await tell({ kind: 'switched', accountId: '10', acct: 'ines' })
  expect(page.textContent).toContain('Another tab switched to @ines. Here you are still @noa.')
  await tell({ kind: 'switched', accountId: '9', acct: 'noa' })
  expect(page.textContent).not.toContain('Another tab')
  await tell({ kind: 'left', accountId: '10' })
  expect(replace).not.toHaveBeenCalled()
  await tell({ kind: 'left', accountId: '9' })
  await tell({ kind: 'left', accountId: undefined })
  expect(replace.mock.calls).toEqual([['/home'], ['/home']])
})
