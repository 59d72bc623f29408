import type { Instance } from '@hamlet/contract/instance'
import { signal } from '@preact/signals'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { server } from '../../app/session.ts'
import { draftOf, emptyPoll, pollBody, problemOf, type PollDraft } from './poll-draft.ts'
import { PollEditor } from './poll-editor.tsx'

const limits = { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 }
const value = signal<PollDraft>(emptyPoll)
let page: HTMLElement

function Shown({ isEdit = false }: { isEdit?: boolean }) {
  return <PollEditor value={value.value} onChange={(next) => (value.value = next)} isEdit={isEdit} />
}

beforeEach(async () => {
  server.value = { configuration: { polls: limits } } as Instance
  value.value = emptyPoll
  page = document.createElement('div')
  document.body.append(page)
  await act(() => render(<Shown />, page))
})
afterEach(() => {
  render(null, page)
  page.remove()
})

const fields = () => [...page.querySelectorAll<HTMLInputElement>('input')]
const named = (label: string) => page.querySelector<HTMLElement>(`[aria-label="${label}"]`)
const type = (index: number, text: string) =>
  act(() => {
    const field = fields()[index] as HTMLInputElement
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
const press = (find: () => HTMLElement | null | undefined) => act(() => find()?.click())
const byText = (text: string) => () =>
  [...page.querySelectorAll<HTMLElement>('button')].find((one) => one.textContent?.trim() === text)

test('options are written, added up to the most, and removed down to two', async () => {
  await type(0, 'April')
  await press(byText('Add option'))
  expect(document.activeElement).toBe(fields()[2])
  await press(byText('Add option'))
  expect(fields()).toHaveLength(4)
  expect(byText('Add option')()).toBeUndefined()
  await press(() => named('Remove Option 2'))
  await press(() => named('Remove Option 2'))
  expect(value.value.options).toEqual(['April', ''])
  expect(named('Remove Option 1')).toBeNull()
})

test('options are moved by a menu, and the keyboard stays with what it moved', async () => {
  value.value = { ...emptyPoll, options: ['a', 'b', 'c'] }
  await press(() => named('Move Option 1'))
  await press(() => page.querySelector<HTMLElement>('[role=menuitem]'))
  expect(value.value.options).toEqual(['b', 'a', 'c'])
  expect(document.activeElement).toBe(named('Move Option 2'))
  await press(() => named('Move Option 3'))
  await press(() => page.querySelector<HTMLElement>('[role=menuitem]'))
  expect(value.value.options).toEqual(['b', 'c', 'a'])
})

test('Enter goes to the next option, and makes one at the end', async () => {
  const enter = (index: number) =>
    act(() => {
      fields()[index]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    })
  await enter(0)
  expect(document.activeElement).toBe(fields()[1])
  await enter(1)
  expect(fields()).toHaveLength(3)
  expect(document.activeElement).toBe(fields()[2])
})

test('pasted lines become options, as many as may be', async () => {
  await type(1, 'last')
  await act(() => {
    const paste = new Event('paste', { bubbles: true, cancelable: true })
    Object.assign(paste, { clipboardData: { getData: () => 'one\r\n\n two \nthree\nfour\nfive' } })
    fields()[0]?.dispatchEvent(paste)
  })
  expect(value.value.options).toEqual(['one', 'two', 'three', 'four'])
})

test('terms are chosen: how many, until when, and whether counts are hidden', async () => {
  const select = (label: string, chosen: string) =>
    act(() => {
      const field = named(label) as HTMLSelectElement
      field.value = chosen
      field.dispatchEvent(new Event('change', { bubbles: true }))
    })
  expect(named('When it ends')?.textContent).toContain('Ends in 5 minutes')
  expect(named('When it ends')?.textContent).toContain('Ends in 7 days')
  await select('How many can be chosen', 'many')
  await select('When it ends', '259200')
  await press(byText('Hide counts'))
  expect(value.value).toMatchObject({ multiple: true, expiresIn: 259_200, hideTotals: true })
  expect(byText('Hide counts')()?.getAttribute('aria-pressed')).toBe('true')
})

test('what is too long is said at its option', async () => {
  await type(0, 'x'.repeat(53))
  expect(fields()[0]?.getAttribute('aria-invalid')).toBe('true')
  expect(page.textContent).toContain('3 characters too many')
})

test('a poll that stands keeps its end unless another is chosen', async () => {
  const poll = draftOf({
    id: '1',
    expires_at: '2026-12-01T00:00:00.000Z',
    expired: false,
    multiple: true,
    votes_count: 0,
    voters_count: 0,
    options: [
      { title: 'a', votes_count: null },
      { title: 'b', votes_count: null },
    ],
    emojis: [],
  })
  expect(poll).toEqual({ options: ['a', 'b'], expiresIn: null, multiple: true, hideTotals: true })
  expect(pollBody(poll as PollDraft)).toEqual({ options: ['a', 'b'], multiple: true, hide_totals: true })
  value.value = poll as PollDraft
  await act(() => render(<Shown isEdit />, page))
  expect((named('When it ends') as HTMLSelectElement).value).toBe('')
  expect(page.textContent).toContain('take all votes so far away')
})

test.each([
  [['a', ''], 'A poll needs two options at least.'],
  [['a', ' a'], 'Two options of the poll are the same.'],
  [['a', 'x'.repeat(51)], 'An option of the poll is too long.'],
  [['a', 'b', ''], undefined],
])('%j: %s', (options, problem) => {
  expect(problemOf({ ...emptyPoll, options }, limits)).toBe(problem)
})
