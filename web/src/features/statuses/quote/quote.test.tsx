import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepStatus, statusOf } from '../../../api/store.ts'
import { me, server } from '../../../app/session.ts'
import { Toasts } from '../../../ui/toast.tsx'
import { StatusCard } from '../card.tsx'
import { asked as wanted } from '../composer-state.ts'
import { openQuote, quoteItems } from './acts.ts'
import { forgetOffer, linkIn, lookAtPaste, QuoteOffer } from './offer.tsx'
import { PublicQuote } from './public-quote.tsx'
import { QuotesPage } from './quotes-page.tsx'
import { wordsOf } from './words.ts'

let page: HTMLElement
let asked: string[]
let answers: Record<string, unknown>
let serial = 100

const person = (name: string) => ({ id: name, username: name, acct: name, display_name: `${name} Faria`, avatar: '/a' })
function post(change: Record<string, unknown> = {}): Status {
  serial += 1
  return {
    id: String(serial),
    account: person('ines'),
    content: '<p>The tide is out</p>',
    created_at: '2026-11-20T10:00:00.000Z',
    edited_at: null,
    url: `https://town.test/@ines/${serial}`,
    uri: `https://town.test/ap/${serial}`,
    spoiler_text: '',
    visibility: 'public',
    language: 'en',
    mentions: [],
    media_attachments: [],
    reblog: null,
    quote: null,
    quotes_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    replies_count: 0,
    quote_approval: { automatic: ['public'], manual: [], current_user: 'automatic' },
    ...change,
  } as unknown as Status
}
const quoting = (quote: unknown, change: Record<string, unknown> = {}) =>
  post({
    account: person('bram'),
    content: '<p class="quote-inline">RE: <a href="https://town.test/">there</a></p><p>Look</p>',
    quote,
    ...change,
  })

beforeEach(() => {
  asked = []
  answers = {}
  me.value = { ...person('noa'), source: { privacy: 'public', quote_policy: 'public', language: 'en' } } as never
  server.value = { title: 'Skerry' } as never
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${path}`)
    const answer = answers[`${method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Record not found' }), { status: answer ? 200 : 404 })
  })
  page = document.body.appendChild(document.createElement('div'))
})
afterEach(() => {
  void act(() => render(null, page))
  page.remove()
  wanted.value = undefined
  forgetOffer()
  vi.unstubAllGlobals()
})

async function draw(what: Parameters<typeof render>[0]): Promise<void> {
  await act(async () => render(what, page))
}
async function show(status: Status): Promise<void> {
  keepStatus(status)
  await draw(<StatusCard id={status.id} />)
}
const button = (name: string) => [...page.querySelectorAll('button')].find((one) => one.textContent === name)

test('a quote is drawn under the words, and the line that stood in for it is not', async () => {
  await show(quoting({ state: 'accepted', quoted_status: post() }))
  const quote = page.querySelector('.quote')
  expect(quote?.getAttribute('aria-label')).toBe('Quoted from ines Faria')
  expect(quote?.textContent).toContain('The tide is out')
  expect(page.textContent).not.toContain('RE:')
  expect(page.querySelector('article')?.getAttribute('aria-label')).toMatch(/Look, with a quote$/)
  expect(page.querySelector('.quote .card-name bdi')?.textContent).toBe('ines Faria')
})

test('a quote in it is a line that leads there, named once it is known', async () => {
  const inner = post({ account: person('ana') })
  answers[`GET /api/v1/statuses/${inner.id}`] = inner
  const middle = post({ quote: { state: 'accepted', quoted_status_id: inner.id } })
  await show(quoting({ state: 'accepted', quoted_status: middle }))
  const link = page.querySelector<HTMLAnchorElement>('.quote-inner')
  await vi.waitFor(() => expect(link?.textContent).toBe('quotes ana Faria'))
  expect(link?.getAttribute('href')).toBe(`/@ana/${inner.id}`)
  expect(page.querySelectorAll('.quote')).toHaveLength(1)
})

test.each([
  ['pending', 'once its author agrees'],
  ['rejected', 'did not agree'],
  ['revoked', 'has taken their post out'],
  ['deleted', 'was deleted'],
  ['unauthorized', 'not for you'],
])('%s says so, and shows nothing', async (state, words) => {
  await show(quoting({ state, quoted_status: null }))
  expect(page.querySelector('.quote-none')?.textContent).toContain(words)
  expect(page.querySelector('.quote button')).toBeNull()
})

test.each([
  ['muted_account', 'somebody you mute'],
  ['blocked_account', 'somebody you block'],
  ['blocked_domain', 'a server you block'],
])('%s is shown when it is asked for', async (state, words) => {
  await show(quoting({ state, quoted_status: post() }))
  expect(page.querySelector('.quote')?.textContent).toContain(words)
  expect(page.textContent).not.toContain('The tide is out')
  await act(async () => button('Show it')?.click())
  expect(page.querySelector('.quote')?.textContent).toContain('The tide is out')
})

test('what a filter keeps back waits too, and a warning covers the quote', async () => {
  const filtered = [{ filter: { title: 'tides', filter_action: 'warn' } }]
  await show(quoting({ state: 'accepted', quoted_status: post({ filtered }) }))
  expect(page.querySelector('.quote-none')?.textContent).toContain('your filter “tides”')
  void act(() => render(null, page))
  await show(quoting({ state: 'accepted', quoted_status: post() }, { spoiler_text: 'tides' }))
  expect(page.querySelector('.quote')).toBeNull()
  await act(async () => button('Open')?.click())
  expect(page.querySelector('.quote')?.textContent).toContain('The tide is out')
})

test('the line stays where the quote is not for the reader', () => {
  expect(wordsOf(quoting({ state: 'unauthorized', quoted_status: null }))).toHaveLength(2)
  expect(wordsOf(quoting({ state: 'accepted', quoted_status: null }))).toHaveLength(1)
})

test('quoting begins a post, or says why not', async () => {
  const open = post()
  openQuote(open)
  expect(wanted.value?.quote?.id).toBe(open.id)
  wanted.value = undefined
  const closed = post({ quote_approval: { automatic: ['followers'], manual: [], current_user: 'denied' } })
  await draw(<Toasts />)
  await act(async () => openQuote(closed))
  expect(wanted.value).toBeUndefined()
  expect(page.textContent).toBe('ines Faria lets followers alone quote this.')
  const manual = post({ quote_approval: { automatic: [], manual: ['public'], current_user: 'manual' } })
  expect(quoteItems(manual)[0]?.help).toContain('is asked first')
})

test('a pasted address of a post is offered as a quote, with what its author allows', async () => {
  const found = post()
  const query = (link: string) => `GET /api/v2/search?q=${encodeURIComponent(link)}&resolve=true&type=statuses&limit=1`
  answers[query(found.url ?? '')] = { statuses: [found] }
  const taken: string[] = []
  await draw(<QuoteOffer quote={(status, link) => taken.push(status.id, link)} />)
  await act(() => lookAtPaste(`  ${found.url}\n`))
  expect(page.textContent).toContain('This leads to a post by ines Faria.')
  await act(async () => button('Quote this instead')?.click())
  expect(taken).toEqual([found.id, found.url])
  expect(page.textContent).toBe('')
  const closed = post({ quote_approval: { automatic: [], manual: [], current_user: 'denied' } })
  answers[query('https://far.example/1')] = { statuses: [closed] }
  await act(() => lookAtPaste('https://far.example/1'))
  expect(page.textContent).toContain('does not let you quote this')
  expect(button('Quote this instead')).toBeUndefined()
  await act(async () => forgetOffer())
  asked = []
  for (const text of ['see https://x.test/', 'javascript:alert(1)', 'words', 'https://']) await lookAtPaste(text)
  expect(asked).toEqual([])
  expect(linkIn('https://x.test/a b')).toBeUndefined()
})

test('a public page shows a quote to strangers, or a line', async () => {
  const body = (quoted: Status) => <p>{quoted.content}</p>
  await draw(<PublicQuote status={quoting({ state: 'accepted', quoted_status: post() })} body={body} />)
  expect(page.querySelector('blockquote')?.textContent).toContain('The tide is out')
  await draw(<PublicQuote status={quoting({ state: 'unauthorized', quoted_status: null })} body={body} />)
  expect(page.textContent).toContain('not for you')
})

test('the author takes a post out of a quote; others cannot', async () => {
  const mine = post({ account: person('noa') })
  const theirs = quoting({ state: 'accepted', quoted_status: mine })
  answers[`GET /api/v1/statuses/${mine.id}/quotes`] = [theirs]
  answers[`GET /api/v1/statuses/${mine.id}`] = mine
  const revoke = `POST /api/v1/statuses/${mine.id}/quotes/${theirs.id}/revoke`
  await draw(<QuotesPage id={mine.id} />)
  await vi.waitFor(() => expect(button('Remove my post from this quote')).toBeDefined())
  await act(async () => button('Remove my post from this quote')?.click())
  expect(page.querySelectorAll('article')).toHaveLength(1)
  answers[revoke] = { ...theirs, quote: { state: 'revoked', quoted_status: null } }
  await act(async () => button('Remove my post from this quote')?.click())
  await vi.waitFor(() => expect(page.querySelectorAll('article')).toHaveLength(0))
  expect(page.textContent).toContain('Nobody quotes this yet')
  expect(statusOf(theirs.id).value?.quote?.state).toBe('revoked')
  expect(quoteItems(theirs)).toHaveLength(2)
  expect(quoteItems(quoting({ state: 'accepted', quoted_status: post() }))).toHaveLength(1)
})
