import { render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import { Menu } from './menu.tsx'

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
