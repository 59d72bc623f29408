import type { CredentialAccount } from '@hamlet/contract/account'
import { render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me } from '../../app/session.ts'
import { EmojiButton, insertShortcode } from './emoji-button.tsx'
import { arrange, noteChosen, recentNames } from './emoji-list.ts'
import { EmojiPicker } from './picker.tsx'

const emoji = (shortcode: string, category?: string) => ({
  shortcode,
  url: `/${shortcode}.png`,
  static_url: `/${shortcode}.png`,
  visible_in_picker: true,
  ...(category === undefined ? {} : { category }),
})
const all = [emoji('fern', 'Plants'), emoji('moss', 'Plants'), emoji('boat'), emoji('wave', 'Animals')]
let page: HTMLElement
beforeEach(() => {
  me.value = { id: '1' } as CredentialAccount
  localStorage.clear()
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(all)))
  page = document.createElement('div')
  document.body.append(page)
})
afterEach(() => {
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})
const drawn = () => vi.waitFor(() => expect(page.querySelectorAll('.emoji-choice').length).toBeGreaterThan(0))
const names = () => [...page.querySelectorAll<HTMLImageElement>('.emoji-choice img')].map((one) => one.alt)
const press = (target: Element | null, key: string) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))

test('lately used ones come first, then categories by name, then the rest; a search leaves what fits', () => {
  const sections = arrange(all, ['wave', 'gone'], '')
  expect(sections.map(({ key, title, emojis }) => [key, title, emojis.map((one) => one.shortcode)])).toEqual([
    ['recent', '', ['wave']],
    ['category', 'Animals', ['wave']],
    ['category', 'Plants', ['fern', 'moss']],
    ['rest', '', ['boat']],
  ])
  expect(arrange(all, ['wave'], ' :FE').flatMap((section) => section.emojis.map((one) => one.shortcode))).toEqual([
    'fern',
  ])
  expect(arrange(all, [], 'nothing')).toEqual([])
})

test('what was used lately is kept, newest first, sixteen at most, and broken memory is none', () => {
  for (let n = 0; n < 20; n += 1) noteChosen(`e${n}`)
  noteChosen('e10')
  expect(recentNames()).toHaveLength(16)
  expect(recentNames().slice(0, 2)).toEqual(['e10', 'e19'])
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"broken')
  expect(recentNames()).toEqual([])
})

test('the picker searches as one types, takes the first by Enter, and closes by Escape', async () => {
  const picked: string[] = []
  let closed = 0
  render(<EmojiPicker pick={(name) => picked.push(name)} close={() => (closed += 1)} />, page)
  await drawn()
  const input = page.querySelector('input')
  expect(document.activeElement).toBe(input)
  expect(names()).toEqual([':wave:', ':fern:', ':moss:', ':boat:'])
  if (input) input.value = 'mo'
  input?.dispatchEvent(new Event('input', { bubbles: true }))
  await vi.waitFor(() => expect(names()).toEqual([':moss:']))
  press(input, 'Enter')
  expect([picked, recentNames()]).toEqual([['moss'], ['moss']])
  press(input, 'ArrowDown')
  expect(document.activeElement).toBe(page.querySelector('.emoji-choice'))
  press(document.activeElement, 'ArrowUp')
  expect(document.activeElement).toBe(input)
  press(input, 'Escape')
  expect(closed).toBe(1)
})

test('the picker hears its first key before anything is painted, and its button closes one that is still loaded', async () => {
  let closed = 0
  render(<EmojiPicker pick={() => {}} close={() => (closed += 1)} />, page)
  expect(document.activeElement).toBe(page.querySelector('input'))
  press(document.activeElement, 'Escape')
  expect(closed).toBe(1)
  const around = vi.fn()
  page.addEventListener('keydown', around)
  render(<EmojiButton />, page)
  const button = page.querySelector('button')
  button?.click()
  await Promise.resolve()
  expect(button?.getAttribute('aria-expanded')).toBe('true')
  press(button, 'Escape')
  await Promise.resolve()
  expect(button?.getAttribute('aria-expanded')).toBe('false')
  expect(around).not.toHaveBeenCalled()
})

test('what is chosen stands where the caret was, between spaces, and the field hears of it', async () => {
  const heard: string[] = []
  render(
    <form>
      <textarea onInput={(event) => heard.push(event.currentTarget.value)} />
      <EmojiButton />
    </form>,
    page,
  )
  const field = page.querySelector('textarea') as HTMLTextAreaElement
  field.value = 'look here'
  field.focus()
  field.setSelectionRange(4, 4)
  page.querySelector('button')?.click()
  await drawn()
  page.querySelectorAll<HTMLElement>('.emoji-choice')[1]?.click()
  expect(field.value).toBe('look :fern: here')
  expect(heard).toEqual(['look :fern: here'])
  await vi.waitFor(() => expect(page.querySelector('.emoji-picker')).toBeNull())
  expect(document.activeElement).toBe(field)
  insertShortcode(null, 'fern')
})
