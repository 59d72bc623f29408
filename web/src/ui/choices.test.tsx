import { render } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { afterEach, expect, test } from 'vitest'
import { Choices } from './choices.tsx'

const root = document.createElement('div')
document.body.append(root)
afterEach(() => render(null, root))
Element.prototype.scrollIntoView = () => {}

const press = (key: string) =>
  root.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))

/** A field that proposes two things as soon as something stands in it. */
function Field({ did }: { did: string[] }) {
  const field = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  const choices = ['Tea', 'Toast'].map((label) => ({ id: label, label, run: () => did.push(label) }))
  return (
    <>
      <input ref={field} onInput={() => setOpen(true)} />
      {isOpen && (
        <Choices
          id="proposals"
          class=""
          label="Proposals"
          field={field}
          groups={[{ id: 'all', title: 'All', choices }]}
          close={(key) => did.push(key)}
        />
      )}
    </>
  )
}

test('keys that come the moment the list is there choose in it, each from what the one before has chosen', async () => {
  const did: string[] = []
  render(<Field did={did} />, root)
  const field = root.querySelector('input')
  field?.dispatchEvent(new Event('input', { bubbles: true }))
  await Promise.resolve()
  expect(field?.getAttribute('aria-expanded')).toBe('true')
  for (const key of ['ArrowDown', 'ArrowDown']) {
    press(key)
    await Promise.resolve()
  }
  expect(field?.getAttribute('aria-activedescendant')).toBe('proposals-Toast')
  press('Enter')
  press('Escape')
  expect(did).toEqual(['Toast', 'Escape'])
})
