import type { Webhook, WebhookDelivery } from '@hamlet/contract/webhook'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me, server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { WebhooksPage } from './webhooks-page.tsx'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>

const hook = (more: Partial<Webhook> = {}): Webhook => ({
  id: '5',
  url: 'https://hooks.example/team',
  events: ['report.created'],
  secret: 'abcdef',
  template: null,
  enabled: true,
  problem: null,
  created_at: '2026-11-27T08:00:00.000Z',
  rotated_at: '2026-11-27T08:00:00.000Z',
  last: null,
  ...more,
})
const delivery: WebhookDelivery = {
  id: '9',
  event: 'report.created',
  state: 'failed',
  attempts: 16,
  status: 500,
  problem: 'It answered 500.',
  created_at: '2026-11-27T08:00:00.000Z',
  tried_at: '2026-11-27T09:00:00.000Z',
}
const API = '/api/web/admin/webhooks'

beforeEach(() => {
  asked = []
  answers = { [`GET ${API}`]: [hook()], [`GET ${API}/5/deliveries`]: [delivery] }
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
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`)
    const answer = answers[`${method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Not this time' }), { status: answer ? 200 : 422 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const draw = (path: string) =>
  act(() =>
    render(
      <>
        <WebhooksPage path={path} />
        <Toasts />
      </>,
      page,
    ),
  )
const seen = (words: string) => vi.waitFor(() => expect(page.textContent).toContain(words))
const press = (name: string) =>
  act(async () => [...page.querySelectorAll('button')].find((one) => one.textContent === name)?.click())

test('those that there are say how they fare, and one that fell silent says why', async () => {
  answers[`GET ${API}`] = [
    hook({ last: { state: 'delivered', created_at: '', waiting: 0 } }),
    hook({ id: '6', url: 'https://b.example/', enabled: false, problem: 'It answered that it is gone (410).' }),
  ]
  await draw('/admin/webhooks')
  await seen('On. Last: Delivered')
  await seen('It answered that it is gone (410).')
})

test('one is set up with what was ticked', async () => {
  answers[`GET ${API}`] = []
  answers[`POST ${API}`] = hook()
  await draw('/admin/webhooks')
  await seen('Nobody is told')
  page.querySelector<HTMLInputElement>('input[name=url]')!.value = ' https://hooks.example/team '
  await act(async () => page.querySelector<HTMLInputElement>('input[value="report.created"]')?.click())
  await act(async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  })
  const body = { url: 'https://hooks.example/team', events: ['report.created'], template: null }
  await vi.waitFor(() => expect(asked).toContain(`POST ${API} ${JSON.stringify(body)}`))
  await seen('Saved. It counts from now on.')
})

test('whoever may not see accounts cannot have a webhook told of them', async () => {
  me.value = { id: '1', role: { permissions: String((1 << 15) | (1 << 4)) } } as never
  await draw('/admin/webhooks')
  const isOff = (event: string) => page.querySelector<HTMLInputElement>(`input[value="${event}"]`)?.disabled
  expect([isOff('account.created'), isOff('report.created')]).toEqual([true, false])
})

test('one hides its secret, says what it was told, and is tried', async () => {
  answers[`POST ${API}/5/test`] = { delivered: false, status: 500, problem: 'It answered 500.' }
  await draw('/admin/webhooks/5')
  await seen('Given up · It answered 500. · 16 attempts')
  expect(page.textContent).not.toContain('abcdef')
  await press('Show')
  expect(page.textContent).toContain('abcdef')
  await press('Send a test now')
  await seen('It did not take the test: It answered 500.')
})

test('a new secret is made only after it was asked for twice', async () => {
  answers[`POST ${API}/5/rotate`] = hook()
  await draw('/admin/webhooks/5')
  await seen('Secret')
  await press('New secret…')
  expect(asked.some((one) => one.startsWith('POST'))).toBe(false)
  await press('Make a new one')
  expect(asked).toContain(`POST ${API}/5/rotate {"rotated_at":"2026-11-27T08:00:00.000Z"}`)
})

test('one that is gone, and a list that does not come, are said in words', async () => {
  await draw('/admin/webhooks/77')
  await seen('This webhook is not there any more.')
  answers = {}
  await draw('/admin/webhooks')
  await seen('Not this time')
})
