import type { RuleWording } from '@hamlet/contract/rule-grammar'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { Toasts } from '../../ui/toast.tsx'
import { HeldPosts } from './held.tsx'
import { ContentRules } from './rules.tsx'
import { ruleSentence } from './sentence.ts'

const RULES = '/api/hamlet/v1/admin/rules'
const TRIALS = '/api/hamlet/v1/admin/rule_trials'
const HELD = '/api/hamlet/v1/admin/held'

type Sent = { method: string; path: string; body: unknown }
let sent: Sent[]
let answers: Record<string, unknown>
let page: HTMLElement

const rule = {
  id: '7',
  title: 'Coins',
  match: 'all',
  conditions: [{ kind: 'links', domains: ['coins.example'] }],
  effects: [{ kind: 'hold' }],
  public_text: '',
  expires_at: null,
  enabled: false,
  version: 1,
  position: 1,
  sentence: 'If a post links to coins.example, it waits for a moderator.',
  hits_week: 3,
  hits: 3,
  created_at: '2026-11-25T08:00:00.000Z',
  updated_at: '2026-11-25T08:00:00.000Z',
}
const account = { acct: 'defne@liman.example', avatar: '/avatar.svg' }
const example = { account, created_at: '2026-11-25T08:00:00.000Z' }
const trial = {
  id: '1',
  state: 'done',
  total: 900,
  examined: 900,
  hits: 2,
  innocent: 1,
  reported: 1,
  authors: 2,
  servers: [],
  spread: [0, 2],
  since: '2026-11-01T08:00:00.000Z',
  examples: [
    { ...example, status_id: '1', excerpt: 'Careful, do not click', signs: ['old_account'], looks_innocent: true },
    { ...example, status_id: '2', excerpt: 'Double your coins', signs: [], looks_innocent: false },
  ],
}
const held = (id: string, rest: Record<string, unknown> = {}) => ({
  id,
  reason: 'first_posts',
  rule: null,
  account: { acct: `new${id}`, avatar: '/avatar.svg' },
  status: { content: `<p>hello ${id}</p>`, spoiler_text: '', media_attachments: [] },
  visibility: 'public',
  created_at: '2026-11-25T08:00:00.000Z',
  ...rest,
})

beforeEach(() => {
  sent = []
  answers = {
    [`GET ${RULES}`]: [rule],
    [`GET ${RULES}/7`]: rule,
    'GET /api/hamlet/v1/admin/first_posts': { posts: 0, days: 0 },
    'PUT /api/hamlet/v1/admin/first_posts': { posts: 2, days: 0 },
    [`POST ${RULES}`]: rule,
    [`PUT ${RULES}/7`]: rule,
    [`POST ${RULES}/7/enable`]: { ...rule, enabled: true },
    [`POST ${TRIALS}`]: trial,
    [`GET ${HELD}`]: [held('3'), held('2'), held('1', { status: null, reason: 'rule', visibility: 'direct' })],
    [`POST ${HELD}/decide`]: { ids: [] },
    [`GET ${RULES}/7/hits`]: [],
  }
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ method: init.method, path, body: init.body === null ? undefined : JSON.parse(init.body) })
    const answer = answers[`${init.method} ${path}`]
    return new Response(JSON.stringify(answer ?? { error: 'Record not found' }), { status: answer ? 200 : 404 })
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
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})

const settle = () => act(() => new Promise((done) => setTimeout(done, 5)))
async function open(path: string) {
  await act(() =>
    render(
      <>
        {path === '/moderation/held' ? <HeldPosts /> : <ContentRules path={path} />}
        <Toasts />
      </>,
      page,
    ),
  )
  await settle()
}
const button = (name: string) =>
  [...page.querySelectorAll('button')].find(
    (one) => one.getAttribute('aria-label') === name || one.textContent?.trim() === name,
  ) as HTMLButtonElement
async function press(name: string) {
  await act(() => button(name).click())
  await settle()
}
const last = () => sent.at(-1)

describe('the list', () => {
  test('says each rule in a sentence, with what it did this week, and switches it', async () => {
    await open('/moderation/rules')
    expect(page.textContent).toContain('If a post links to coins.example, it waits for a moderator.')
    expect(page.textContent).toContain('3 posts this week')
    const turn = page.querySelector<HTMLButtonElement>('[role=switch]')
    expect(turn?.getAttribute('aria-checked')).toBe('false')
    await act(() => turn?.click())
    await settle()
    expect(last()).toMatchObject({ method: 'POST', path: `${RULES}/7/enable` })
    expect(turn?.getAttribute('aria-checked')).toBe('true')
  })

  test('sets how long first posts wait', async () => {
    await open('/moderation/rules')
    await settle()
    const posts = page.querySelector<HTMLInputElement>('input[name=posts]')
    if (posts) posts.value = '2'
    await act(() => page.querySelector('form')?.requestSubmit())
    await settle()
    expect(last()).toMatchObject({ method: 'PUT', body: { posts: 2, days: 0 } })
  })

  test('is empty, or says what went wrong', async () => {
    answers[`GET ${RULES}`] = []
    await open('/moderation/rules')
    expect(page.textContent).toContain('There are no rules yet')
    render(null, page)
    delete answers[`GET ${RULES}`]
    await open('/moderation/rules')
    expect(page.textContent).toContain('Record not found')
  })
})

describe('one rule', () => {
  test('is tried, with the likely mistakes first, and nothing is saved by it', async () => {
    await open('/moderation/rules/7')
    await press('Try it')
    expect(last()).toMatchObject({ path: TRIALS, body: { posts: 10_000, rule: { title: 'Coins' } } })
    const words = page.querySelector('.rule-trial')?.textContent ?? ''
    expect(words).toContain('On the last 900 posts')
    expect(words.indexOf('Look at these first')).toBeLessThan(words.indexOf('Careful, do not click'))
    expect(words.indexOf('Careful, do not click')).toBeLessThan(words.indexOf('Double your coins'))
    expect(words).toContain('here for years')
    expect(sent.filter(({ method, path }) => method !== 'GET' && path !== TRIALS)).toEqual([])
  })

  test('is saved and switched on, as it was written', async () => {
    await open('/moderation/rules/7')
    await press('Add a condition')
    expect(page.querySelector('.rule-said')?.textContent).toContain(
      'If a post links to coins.example and is by an account younger than 7 days, it waits for a moderator.',
    )
    await press('Enable')
    const saved = sent.find(({ method }) => method === 'PUT')?.body as RuleWording
    expect(saved.conditions).toEqual([...rule.conditions, { kind: 'younger', days: 7 }])
    expect(last()).toMatchObject({ path: `${RULES}/7/enable` })
    expect(page.textContent).toContain('The rule is on.')
    expect(button('Switch off')).toBeDefined()
  })

  test('says what was wrong with it', async () => {
    delete answers[`PUT ${RULES}/7`]
    await open('/moderation/rules/7')
    await press('Save')
    expect(page.querySelector('[role=alert]')?.textContent).toBe('Record not found')
  })
})

describe('posts that wait', () => {
  test('are shown with why; of one that is not public no word', async () => {
    await open('/moderation/held')
    expect(page.textContent).toContain('hello 3')
    expect(page.textContent).toContain('One of the first posts of a new account')
    expect(page.textContent).toContain('its words are not shown to the team')
  })

  test('are decided by keys, and the next one has the focus', async () => {
    await open('/moderation/held')
    const key = (name: string) =>
      act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })))
    const focused = () => (document.activeElement as HTMLElement).dataset.id
    const press = (name: string) =>
      act(
        () =>
          void (document.activeElement ?? document).dispatchEvent(
            new KeyboardEvent('keydown', { key: name, bubbles: true }),
          ),
      )
    await key('j')
    expect(focused()).toBe('3')
    await press('j')
    expect(focused()).toBe('2')
    await press('a')
    await settle()
    expect(last()?.body).toEqual({ ids: ['2'], decision: 'approved' })
    expect(page.querySelector('[data-id="2"]')).toBeNull()
  })

  test('are decided together', async () => {
    await open('/moderation/held')
    for (const box of page.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) await act(() => box.click())
    await press('Reject 3')
    expect(last()?.body).toEqual({ ids: ['3', '2', '1'], decision: 'rejected' })
    expect(page.textContent).toContain('No post waits')
  })
})

describe('a rule in one sentence', () => {
  const say = (rest: Partial<RuleWording>) =>
    ruleSentence({ match: 'all', conditions: [], effects: [{ kind: 'reject' }], expires_at: null, ...rest })
  test.each<[string, Partial<RuleWording>]>([
    [
      'If a post says “a” or “b” or does not come from mill.example, it is not taken.',
      {
        match: 'any',
        conditions: [
          { kind: 'text', words: ['a', 'b'], whole: true },
          { kind: 'origin', from: 'servers', servers: ['mill.example'], not: true },
        ],
      },
    ],
    [
      'If a post links to a.example, b.example, c.example, or 3 others, it gets the warning “Spam” and is kept out of public timelines, until 25 December 2026.',
      {
        conditions: [{ kind: 'links', domains: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.example`) }],
        effects: [{ kind: 'warn', text: 'Spam' }, { kind: 'unlist' }],
        expires_at: '2026-12-25T12:00:00.000Z',
      },
    ],
    [
      'If a post mentions somebody here who does not know its author, is by an account with fewer than 5 posts, and is by somebody whom nobody here follows, it is not taken.',
      {
        conditions: [
          { kind: 'strangers', at_least: 1 },
          { kind: 'fewer_posts', posts: 5 },
          { kind: 'followed', not: true },
        ],
      },
    ],
  ])('%s', (sentence, rest) => expect(say(rest)).toBe(sentence))
})
