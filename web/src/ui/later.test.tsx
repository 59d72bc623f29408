import { render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import { later } from './later.tsx'

const root = document.createElement('div')
document.body.append(root)
afterEach(() => render(null, root))

const press = (key: string, more: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))

test('while a layer is on its way, the page behind hears nothing of what is typed; once it is there, or gone, it does', async () => {
  const heard: string[] = []
  const hear = (event: KeyboardEvent) => heard.push(event.key)
  addEventListener('keydown', hear)
  let arrive: (part: () => null) => void = () => {}
  const Layer = later(() => new Promise<() => null>((done) => (arrive = done)), { isLayer: true })
  render(<Layer />, root)
  for (const key of ['b', 'Enter', 'Tab']) press(key)
  press('k', { ctrlKey: true })
  expect(heard).toEqual(['Tab', 'k'])
  await vi.waitFor(() => {
    arrive(() => null)
    press('f')
    expect(heard.at(-1)).toBe('f')
  })
  removeEventListener('keydown', hear)
})

test('a part of the page takes no keys while it is loaded', () => {
  const heard = vi.fn()
  addEventListener('keydown', heard)
  const Part = later(() => new Promise<() => null>(() => {}))
  render(<Part />, root)
  press('b')
  expect(heard).toHaveBeenCalledOnce()
  removeEventListener('keydown', heard)
})
