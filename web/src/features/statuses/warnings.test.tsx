import type { WarningRule } from '@hamlet/contract/account-settings'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listenToKeys } from '../../app/keys.ts'
import { changeReading, usualReading } from '../../app/reading.ts'
import { me } from '../../app/session.ts'
import { Content } from './card/content.tsx'
import { moreItems } from './card/more.ts'
import { WarningsButton } from './thread/warnings-button.tsx'
import { actOn, isOpen, setOpen, threadPosts } from './warnings.ts'

let serial = 0
function post(spoiler_text: string, media = 0): Status {
  serial += 1
  return {
    id: `w${serial}`,
    account: { id: '9', acct: 'ana', username: 'ana', display_name: 'Ana' },
    content: `<p>words ${serial}</p>`,
    spoiler_text,
    sensitive: spoiler_text !== '',
    media_attachments: Array.from({ length: media }, (_, at) => ({
      id: String(at),
      preview_url: '/m.webp',
      url: '/m.webp',
      description: 'a pond',
      meta: { focus: { x: 0, y: 0 } },
    })),
    mentions: [],
    emojis: [],
    quote: null,
    poll: null,
    card: null,
  } as unknown as Status
}

let page: HTMLElement
let unlisten: () => void
beforeEach(() => {
  localStorage.clear()
  changeReading(usualReading)
  me.value = { id: '1', acct: 'noa' } as typeof me.value
  page = document.createElement('div')
  document.body.append(page)
  unlisten = listenToKeys()
})
afterEach(() => {
  render(null, page)
  page.remove()
  unlisten()
})
const rule = (...warningRules: WarningRule[]) => changeReading({ warningRules })
const draw = (...posts: Status[]) =>
  act(() =>
    render(
      <>
        <WarningsButton posts={posts} />
        {posts.map((status) => (
          <section key={status.id}>
            <Content status={status} isRoot={false} />
          </section>
        ))}
      </>,
      page,
    ),
  )
const texts = () => [...page.querySelectorAll('.prose')].map((one) => one.textContent)
const press = (key: string) =>
  act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })))

describe('a rule for warnings', () => {
  test.each([
    ['a word, whole, in any case', { word: 'Rain', act: 'open' }, 'food, RAIN and mud', 'open'],
    ['not a part of a word', { word: 'rain', act: 'open' }, 'Ukraine', undefined],
    ['several words, however they are joined', { word: 'self harm', act: 'fold' }, 'mention of self-harm', 'fold'],
    ['signs that mean something to a computer', { word: 'c++ (old)', act: 'fold' }, 'about C++ (old)', 'fold'],
    ['letters without spaces between words', { word: '食べ物', act: 'open' }, 'おいしい食べ物の話', 'open'],
    ['Arabic', { word: 'مطر', act: 'open' }, 'صور مطر', 'open'],
    ['a kind, by the words of it', { kind: 'politics', act: 'fold' }, 'uspol (-)', 'fold'],
    ['a kind in another language', { kind: 'food', act: 'cover' }, 'Essen', 'cover'],
    ['a kind that it is not', { kind: 'food', act: 'cover' }, 'eye contact', undefined],
  ] as [string, WarningRule, string, string | undefined][])('finds %s', (_name, one, warning, found) => {
    rule(one)
    expect(actOn(warning)).toBe(found)
  })

  test('by a word goes before one by a kind, and the more careful before the other', () => {
    rule({ kind: 'food', act: 'fold' }, { word: 'cake', act: 'open' }, { kind: 'spoilers', act: 'open' })
    expect([actOn('food: cake'), actOn('food'), actOn('spoilers and food'), actOn('')]).toEqual([
      'open',
      'fold',
      'fold',
      undefined,
    ])
  })

  test('opens, keeps closed or covers the pictures, and goes before the usual', async () => {
    rule({ kind: 'food', act: 'open' }, { word: 'war', act: 'fold' }, { kind: 'eyes', act: 'cover' })
    const posts = [post('food', 1), post('war'), post('eye contact', 1), post('other')]
    await draw(...posts)
    expect(texts()).toEqual([posts[0], posts[2]].map((one) => one?.content?.replaceAll(/<.*?>/g, '')))
    const sections = [...page.querySelectorAll('section')]
    expect(sections.map((one) => one.querySelectorAll('.picture').length)).toEqual([1, 0, 0, 0])
    expect(sections[2]?.textContent).toContain('A picture you may not want to see')
    await act(() => changeReading({ expandWarnings: true }))
    expect(texts()).toHaveLength(3)
    expect(page.querySelectorAll('.card-warning')).toHaveLength(4)
  })

  test('is overruled by hand, and what was pressed holds when the post is drawn again', async () => {
    rule({ word: 'war', act: 'fold' })
    const status = post('war')
    await draw(status)
    await act(() => page.querySelector<HTMLElement>('.card-open')?.click())
    expect(texts()).toHaveLength(1)
    render(null, page)
    await draw(status)
    expect(texts()).toHaveLength(1)
  })
})

test('the menu of a post with a warning leads to the rules, and no other does', () => {
  const leads = (status: Status) =>
    moreItems(status).find(({ label }) => label === 'Always open or close such warnings')
  const withMenu = (warning: string) =>
    ({
      ...post(warning),
      visibility: 'public',
      quote_approval: { automatic: [], manual: [], current_user: 'denied' },
    }) as Status
  expect([leads(withMenu('')), leads(withMenu('rain'))?.icon]).toEqual([undefined, 'warning'])
})

describe('all warnings of a thread', () => {
  test('open and close by one key and by one button, and it is said', async () => {
    const posts = [post('food'), post(''), post('war'), post('rain')]
    setOpen([posts[0] as Status], true)
    await draw(...posts)
    expect(texts()).toHaveLength(2)
    expect(page.querySelector('output')?.textContent).toBe('')
    await press('z')
    expect([texts().length, page.querySelector('output')?.textContent]).toEqual([4, 'All warnings are open.'])
    const button = page.querySelector<HTMLElement>('.icon-button')
    expect([button?.getAttribute('aria-label'), button?.ariaExpanded ?? button?.getAttribute('aria-expanded')]).toEqual(
      ['All 3 warnings of the thread', 'true'],
    )
    await act(() => button?.click())
    expect([texts().length, page.querySelector('output')?.textContent]).toEqual([1, 'All warnings are closed.'])
  })

  test('have no button where there are not several, and the key is no one’s where there is no thread', async () => {
    const status = post('food')
    await draw(status, post(''))
    expect(page.querySelector('.icon-button')).toBeNull()
    // As a reader leaves: nothing flushes what the screen does while it goes.
    render(null, page)
    await new Promise((done) => setTimeout(done, 50))
    expect(threadPosts.current).toEqual([])
    await press('z')
    expect(isOpen(status)).toBe(false)
  })
})
