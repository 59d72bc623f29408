import { render } from 'preact'
import { expect, test } from 'vitest'
import { Field } from '../ui/form.tsx'

test('what is typed into a password field can be looked at, and is hidden again before it is sent', async () => {
  render(
    <form>
      <Field name="password" label="Password" type="password" state={{ values: {}, errors: {} }} />
    </form>,
    document.body,
  )
  const eye = document.querySelector<HTMLButtonElement>('.reveal')
  const input = document.querySelector('input')
  await import('./reader.ts')
  expect([eye?.getAttribute('aria-pressed'), input?.type]).toEqual(['false', 'password'])
  eye?.click()
  expect([eye?.getAttribute('aria-pressed'), input?.type]).toEqual(['true', 'text'])
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  expect([eye?.getAttribute('aria-pressed'), input?.type]).toEqual(['false', 'password'])
})
