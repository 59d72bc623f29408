import type { Account } from '@hamlet/contract/account'
import type { Poll as PollShape } from '@hamlet/contract/poll'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { renderToString } from 'preact-render-to-string'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepStatus, statusOf } from '../../api/store.ts'
import { Toasts } from '../../ui/toast.tsx'
import { Poll } from './poll.tsx'
import { PublicPoll } from './public-poll.tsx'

const IN_A_DAY = new Date(Date.now() + 25 * 3_600_000).toISOString()
const open: PollShape = {
  id: '7',
  expires_at: IN_A_DAY,
  expired: false,
  multiple: false,
  votes_count: 4,
  voters_count: 4,
  options: [
    { title: 'April', votes_count: 1 },
    { title: 'May', votes_count: 3 },
  ],
  emojis: [],
  voted: false,
  own_votes: [],
}
const voted: PollShape = { ...open, voted: true, own_votes: [1], votes_count: 5, voters_count: 5 }
const statusWith = (poll: PollShape) =>
  ({
    id: '7',
    poll,
    account: { id: '1', acct: 'noa', username: 'noa' } as Account,
    reblog: null,
    quote: null,
  }) as Status

let page: HTMLElement
let sent: { method: string; path: string; body: unknown }[]
let answer: { status: number; body: unknown }

function Shown() {
  const status = statusOf('7').value
  return status && <Poll status={status} />
}

async function show(poll: PollShape): Promise<void> {
  keepStatus(statusWith(poll))
  await act(() =>
    render(
      <>
        <Shown />
        <Toasts />
      </>,
      page,
    ),
  )
}

beforeEach(() => {
  sent = []
  answer = { status: 200, body: voted }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const press = (label: string) =>
  act(async () => {
    const buttons = [...page.querySelectorAll('button')]
    buttons.find((one) => one.textContent?.trim() === label)?.click()
    await new Promise((done) => setTimeout(done, 0))
  })
const inputs = () => [...page.querySelectorAll<HTMLInputElement>('input')]
const text = () => page.textContent ?? ''

test('an open poll is radio buttons with a name, and a press of Vote sends the chosen place', async () => {
  await show(open)
  expect(page.querySelector('fieldset')?.getAttribute('aria-label')).toBe('Poll, choose one')
  expect(inputs().map((one) => one.type)).toEqual(['radio', 'radio'])
  expect(new Set(inputs().map((one) => one.name)).size).toBe(1)
  expect(text()).toMatch(/4 people · ends in 1 day/)
  expect(text()).not.toContain('%')
  await act(() => inputs()[1]?.click())
  await press('Vote')
  expect(sent).toEqual([{ method: 'POST', path: '/api/v1/polls/7/votes', body: { choices: [1] } }])
  expect(inputs()).toEqual([])
  expect(text()).toMatch(/May, your choice60%3, 3 votes/)
  expect(page.querySelectorAll('meter')).toHaveLength(2)
  expect(document.activeElement).toBe(page.querySelector('.poll'))
})

test('several choices are check boxes, and shares are of people', async () => {
  await show({ ...open, multiple: true, votes_count: 6, voters_count: 4 })
  expect(inputs().map((one) => one.type)).toEqual(['checkbox', 'checkbox'])
  for (const one of inputs()) await act(() => one.click())
  await press('Vote')
  expect(sent[0]?.body).toEqual({ choices: [0, 1] })
  await show({ ...voted, multiple: true, votes_count: 6, voters_count: 4 })
  expect(text()).toContain('75%')
})

test('a press without a choice says so and sends nothing', async () => {
  await show(open)
  await press('Vote')
  expect(text()).toContain('Choose an option first.')
  expect(sent).toEqual([])
})

test('a vote that is refused says why, and the options stay', async () => {
  answer = { status: 422, body: { error: 'Validation failed: This poll is over' } }
  await show(open)
  await act(() => inputs()[0]?.click())
  await press('Vote')
  expect(text()).toContain('This poll is over')
  expect(inputs()).toHaveLength(2)
  expect(page.querySelector('[aria-busy=true]')).toBeNull()
})

test('results may be seen before, and one can go back', async () => {
  await show(open)
  await press('See results')
  expect(text()).toContain('25%')
  await press('Back to the options')
  expect(inputs()).toHaveLength(2)
})

test('hidden counts are said in words, before and after the vote', async () => {
  const options = open.options.map(({ title }) => ({ title, votes_count: null }))
  await show({ ...open, options })
  expect(text()).toContain('counts are hidden until the end')
  expect(text()).not.toContain('See results')
  await show({ ...voted, options })
  expect(text()).toContain('May, your choice')
  expect(text()).not.toContain('%')
  expect(page.querySelector('meter')).toBeNull()
})

test('a poll that ended while it lay here gets its last counts', async () => {
  answer = { status: 200, body: { ...open, expired: true, votes_count: 9, voters_count: 9 } }
  await show({ ...open, expires_at: new Date(Date.now() - 120_000).toISOString() })
  await act(() => new Promise((done) => setTimeout(done, 0)))
  expect(sent.map((one) => `${one.method} ${one.path}`)).toEqual(['GET /api/v1/polls/7'])
  expect(text()).toMatch(/9 people · ended|9 people · ends/)
  expect(inputs()).toEqual([])
})

test('a poll without an end, of a server that counts no people', async () => {
  await show({ ...open, expires_at: null, voters_count: null })
  expect(text()).toContain('4 votes · open without an end')
})

test('on public pages it is bars and words, and the way to vote leads through signing in', () => {
  const html = renderToString(<PublicPoll status={statusWith(open)} />)
  expect(html).toContain('<meter')
  expect(html).toContain('75%')
  expect(html).toContain('href="/sign-in?next=%2F%40noa%2F7"')
  expect(html).not.toMatch(/style=|<input|<button/)
  const over = renderToString(<PublicPoll status={statusWith({ ...open, expired: true })} />)
  expect(over).not.toContain('Sign in')
})

test('words of others keep their direction and are never markup', async () => {
  await show({
    ...open,
    options: [
      { title: '<b>أبريل</b>', votes_count: 1 },
      { title: 'May', votes_count: 3 },
    ],
  })
  expect(page.querySelector('b')).toBeNull()
  expect(page.querySelector('.poll-option span')?.getAttribute('dir')).toBe('auto')
})
