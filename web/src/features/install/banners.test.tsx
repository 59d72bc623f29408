import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isOffline, readFrom } from '../../api/network.ts'
import { ColumnHead } from '../../app/column.tsx'
import { me, server } from '../../app/session.ts'
import { elsewhere } from '../accounts/tabs.ts'
import { waiting } from './worker.ts'

let page: HTMLElement
beforeEach(async () => {
  vi.stubGlobal('scrollTo', () => {})
  server.value = { title: 'Skerry' } as never
  me.value = { id: '1', acct: 'noa' } as never
  page = document.body.appendChild(document.createElement('div'))
  await act(() => render(<ColumnHead title="Home" />, page))
})
afterEach(async () => {
  await act(() => {
    isOffline.value = false
    readFrom.value = undefined
    waiting.value = null
    elsewhere.value = undefined
  })
  render(null, page)
  page.remove()
  vi.unstubAllGlobals()
})
const banner = () => page.querySelector('.column-title > output')

test('what a page says of itself stands in the title row, in a place that is always there, one thing at a time', async () => {
  expect(banner()?.childElementCount).toBe(0)
  await act(() => void (waiting.value = {} as ServiceWorker))
  expect(banner()?.textContent).toContain('There is a new version.')
  await act(() => {
    isOffline.value = true
    readFrom.value = Date.now() - 12 * 60_000
  })
  expect(banner()?.querySelector('.wide-only')?.textContent).toBe(
    'You are offline · reading what was saved 12 minutes ago',
  )
  expect(banner()?.querySelector('.phone-only')?.textContent).toBe('Offline')
  await act(() => void (elsewhere.value = { acct: 'ines' } as never))
  expect(banner()?.querySelector('.phone-only')?.textContent).toBe('Still @noa here')
  expect(banner()?.querySelectorAll('p')).toHaveLength(1)
})
