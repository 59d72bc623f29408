import { render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import { Menu } from './menu.tsx'
import { Toasts } from './toast.tsx'

const root = document.createElement('div')
document.body.append(root)
afterEach(() => render(null, root))

test('a key pressed the moment a menu is there is its own, before anything is painted', async () => {
  const behind = vi.fn()
  addEventListener('keydown', behind)
  render(
    <Menu label="More" items={[{ label: 'Turn', run: vi.fn() }]}>
      …
    </Menu>,
    root,
  )
  const button = root.querySelector('button')
  button?.click()
  await Promise.resolve()
  expect(document.activeElement?.textContent).toBe('Turn')
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
  )
  await Promise.resolve()
  expect(root.querySelector('[role=menu]')).toBeNull()
  expect(document.activeElement).toBe(button)
  expect(behind).not.toHaveBeenCalled()
  removeEventListener('keydown', behind)
})

test('what a menu needs is waited for once; when it cannot be had, that is said and a press asks again', async () => {
  const coming = [Promise.reject(new Error('no way')), Promise.resolve(), undefined]
  const before = vi.fn(() => coming.shift())
  render(
    [
      <Menu key="a" label="More" items={() => [{ label: 'Turn', run: vi.fn() }]} before={before}>
        …
      </Menu>,
      <Toasts key="b" />,
    ],
    root,
  )
  const button = root.querySelector('button')
  const press = async () => {
    button?.click()
    await new Promise((done) => setTimeout(done))
  }
  await press()
  expect(root.querySelector('[role=menu]')).toBeNull()
  expect(root.querySelector('.toast')?.textContent).toContain('could not be loaded')
  await press()
  expect(document.activeElement?.textContent).toBe('Turn')
  await press()
  expect(root.querySelector('[role=menu]')).toBeNull()
  button?.click()
  await Promise.resolve()
  expect(document.activeElement?.textContent).toBe('Turn')
  expect(before).toHaveBeenCalledTimes(3)
})
