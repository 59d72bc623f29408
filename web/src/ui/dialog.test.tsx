import { render } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { afterEach, expect, test } from 'vitest'
import { Dialog } from './dialog.tsx'

const root = document.createElement('div')
document.body.append(root)
afterEach(() => render(null, root))

test('a dialog is open the moment it is there, so that what it holds can take the focus', () => {
  let wasOpen: boolean | undefined
  function Field() {
    const field = useRef<HTMLInputElement>(null)
    useLayoutEffect(() => {
      wasOpen = field.current?.closest('dialog')?.open
      field.current?.focus()
    }, [])
    return <input ref={field} />
  }
  const outside = root.appendChild(document.createElement('button'))
  outside.focus()
  render(
    <Dialog label="Words" onClose={() => {}}>
      <Field />
    </Dialog>,
    root,
  )
  expect(wasOpen).toBe(true)
  expect(document.activeElement?.tagName).toBe('INPUT')
})

test('a press beside it closes it, one in it does not, and the focus goes back where it was', () => {
  const before = document.body.appendChild(document.createElement('button'))
  before.focus()
  let closed = 0
  render(
    <Dialog label="Words" onClose={() => (closed += 1)}>
      <p>…</p>
    </Dialog>,
    root,
  )
  root.querySelector('p')?.click()
  expect(closed).toBe(0)
  root.querySelector('dialog')?.click()
  expect(closed).toBe(1)
  render(null, root)
  expect(document.activeElement).toBe(before)
  before.remove()
})
