import type { Instance } from '@hamlet/contract/instance'
import type { ComponentChildren } from 'preact'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { navigate } from '../../app/router.ts'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { TrendsPage } from './trends-page.tsx'

type Sent = { method: string; path: string; body: unknown }
let sent: Sent[]
let answers: Record<string, { status?: number; body: unknown }>
let page: HTMLElement

const history = Array.from({ length: 7 }, () => ({ day: '0', uses: '2', accounts: '1' }))
const tag = (id: string, name: string, more = {}) => ({
  id,
  name,
  url: `https://town.test/tags/${name}`,
  history,
  trendable: false,
  usable: true,
  listable: true,
  requires_review: true,
  ...more,
})
const API = '/api/v1/admin/trends'

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
  Element.prototype.scrollIntoView = () => {}
  server.value = { title: 'Skerry' } as Instance
  me.value = { id: '1', role: { id: '3', permissions: '1' } } as unknown as typeof me.value
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
    const found = [...page.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent) === label,
    )
    if (!found) throw new Error(`no button ${label}`)
    found.click()
  })
const key = (name: string) =>
  act(() => {
    ;(document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    )
  })
const writes = () => sent.filter((one) => one.method !== 'GET').map((one) => `${one.method} ${one.path}`)

test('hashtags say how they stand, and one is approved with a press', async () => {
  answers[`GET ${API}/tags?limit=20`] = { body: [tag('1', 'tide'), tag('2', 'storm', { requires_review: false })] }
  answers[`POST ${API}/tags/1/approve`] = { body: tag('1', 'tide', { requires_review: false, trendable: true }) }
  await draw(<TrendsPage path="/admin/trends" />, '#tide')
  expect([...page.querySelectorAll('.trend-state')].map((one) => one.textContent)).toEqual([
    'Not looked at',
    'Rejected',
  ])
  await press('Approve #tide')
  await vi.waitFor(() => expect(page.querySelector('.trend-state')?.textContent).toBe('Approved'))
  expect(writes()).toEqual([`POST ${API}/tags/1/approve`])
})

test('by keys alone: two are chosen and rejected, one after another', async () => {
  answers[`GET ${API}/tags?limit=20`] = { body: [tag('1', 'tide'), tag('2', 'storm')] }
  for (const id of ['1', '2'])
    answers[`POST ${API}/tags/${id}/reject`] = {
      body: tag(id, id === '1' ? 'tide' : 'storm', { requires_review: false }),
    }
  await draw(<TrendsPage path="/admin/trends" />, '#storm')
  for (const name of ['j', 'x', 'j', 'x']) await key(name)
  await shows('2 selected')
  await key('r')
  await vi.waitFor(() => expect(writes()).toEqual([`POST ${API}/tags/1/reject`, `POST ${API}/tags/2/reject`]))
  await shows('2 decided.')
  expect(page.textContent).not.toContain('2 selected')
})

test('what the server refuses is said, and the row stays as it was', async () => {
  answers[`GET ${API}/tags?limit=20`] = { body: [tag('1', 'tide')] }
  await draw(<TrendsPage path="/admin/trends" />, '#tide')
  await press('Approve #tide')
  await shows('Record not found')
  expect(page.querySelector('.trend-state')?.textContent).toBe('Not looked at')
})

test('posts, links and publishers have their tabs, and say so when there is nothing', async () => {
  const content = '<p>Low tide at six</p>'
  const post = { id: '5', content, account: { id: '8', acct: 'ines' }, requires_review: true, trendable: false }
  answers[`GET ${API}/statuses?limit=20`] = { body: [post] }
  await draw(<TrendsPage path="/admin/trends/posts" />, 'Low tide at six')
  expect(page.querySelector('.queue-open')?.getAttribute('href')).toBe('/@ines/5')
  answers['POST /api/web/admin/trends/authors/8/reject'] = { body: {} }
  await press('All posts of @ines')
  await press('Reject all their posts')
  await shows('Posts of @ines are kept out from now on.')
  expect(page.querySelector('.trend-state')?.textContent).toBe('Rejected')
  const link = {
    id: 7,
    title: 'Light',
    url: 'https://paper.example/a',
    history,
    requires_review: true,
    trendable: false,
  }
  answers[`GET ${API}/links?limit=20`] = { body: [link] }
  await draw(<TrendsPage path="/admin/trends/links" />, 'paper.example')
  answers[`POST ${API}/links/7/reject`] = { body: { ...link, requires_review: false } }
  await press('Reject Light')
  await shows('Rejected')
  answers[`GET ${API}/links/publishers?limit=100`] = { body: [] }
  await draw(<TrendsPage path="/admin/trends/publishers" />, 'Nothing here')
})

test('a list is narrowed by an address, and any hashtag is found by how it begins', async () => {
  navigate('/admin/trends?status=rejected&name=ti')
  answers['GET /api/v1/admin/tags?name=ti&status=rejected'] = { body: [tag('9', 'timber', { requires_review: false })] }
  await draw(<TrendsPage path="/admin/trends" />, '#timber')
  navigate('/admin/trends')
})

test('one hashtag: what may be done with it, and who uses it by day and by server', async () => {
  answers['GET /api/v1/admin/tags/1'] = { body: tag('1', 'tide') }
  const data = [{ date: '2026-11-25T00:00:00Z', value: '3' }]
  answers['POST /api/v1/admin/measures'] = {
    body: ['tag_uses', 'tag_accounts', 'tag_servers'].map((name) => ({ key: name, unit: null, total: '3', data })),
  }
  answers['POST /api/v1/admin/dimensions'] = {
    body: [{ key: 'tag_servers', data: [{ key: 'far.example', human_key: 'far.example', value: '2' }] }],
  }
  answers['PUT /api/v1/admin/tags/1'] = { body: tag('1', 'tide') }
  await draw(<TrendsPage path="/admin/trends/tags/1" />, 'far.example')
  const box = page.querySelector<HTMLInputElement>('input[name=usable]')!
  box.checked = false
  await press('Keep')
  await shows('Kept.')
  const put = sent.find((one) => one.method === 'PUT')
  expect(put?.body).toEqual({ display_name: 'tide', usable: false, listable: true, trendable: false })
})
