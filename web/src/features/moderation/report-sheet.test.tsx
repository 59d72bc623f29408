import type { Account } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { server } from '../../app/session.ts'
import { ReportSheet } from './report-sheet.tsx'
import { openReport, report } from './report-state.ts'

const account = { id: '1', acct: 'tern@mill.example', username: 'tern', display_name: 'Tern' } as Account
let sent: { call: string; body: any }[]
let page: HTMLElement

beforeEach(async () => {
  sent = []
  vi.stubGlobal('fetch', async (path: string, init: { method: string; body: string | null }) => {
    sent.push({ call: `${init.method} ${path}`, body: init.body ? JSON.parse(init.body) : undefined })
    const posts = [
      { id: '8', content: '<p>first</p>', spoiler_text: '' },
      { id: '9', content: '<p>second</p>', spoiler_text: '' },
    ]
    return new Response(JSON.stringify(path.includes('/statuses') ? posts : {}))
  })
  HTMLDialogElement.prototype.showModal = function show(this: HTMLDialogElement) {
    this.open = true
  }
  server.value = { title: 'Skerry', rules: [{ id: '3', text: 'Be kind', hint: '' }] } as unknown as Instance
  openReport(account)
  page = document.createElement('div')
  document.body.append(page)
  await act(() => render(<ReportSheet />, page))
})
afterEach(() => {
  render(null, page)
  page.remove()
  report.value = undefined
  vi.unstubAllGlobals()
})

const press = (words: string) =>
  act(() => [...page.querySelectorAll('button')].find((one) => one.textContent.trim() === words)?.click())
const tick = (words: string) =>
  act(() =>
    [...page.querySelectorAll('label')]
      .find((one) => one.textContent.includes(words))
      ?.querySelector('input')
      ?.click(),
  )

test('step by step: the rule, the posts, the words, and what else one can do', async () => {
  await press('Next')
  expect(page.textContent).toContain('Say which rule.')
  await tick('Be kind')
  await press('Next')
  await vi.waitFor(() => expect(page.textContent).toContain('second'))
  await tick('second')
  await press('Next')
  expect(page.textContent).toContain('to the moderators of mill.example')
  await press('Back')
  expect(page.textContent).toContain('Which posts are meant?')
  await press('Next')
  await tick('to the moderators of mill.example')
  await press('Send report')
  await vi.waitFor(() => expect(page.textContent).toContain('The moderators have it now.'))
  expect(sent.find((one) => one.call === 'POST /api/v1/reports')?.body).toEqual({
    account_id: '1',
    status_ids: ['9'],
    category: 'violation',
    rule_ids: ['3'],
    comment: '',
    forward: true,
  })
  expect(page.textContent).toContain('You get a mail when they have decided')
  await press('Mute')
  await vi.waitFor(() => expect(sent.some((one) => one.call === 'POST /api/v1/accounts/1/mute')).toBe(true))
  expect(report.value).toBeUndefined()
})

test('what does not need a rule is sent without one', async () => {
  await tick('It is spam')
  await press('Next')
  expect(page.textContent).toContain('Which posts are meant?')
})
