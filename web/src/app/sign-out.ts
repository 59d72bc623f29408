import { forgetBrowser, forgetRead } from '../features/install/worker.ts'
import { tellTabs } from '../features/accounts/tabs.ts'
import { others } from '../features/accounts/others.ts'
import { me } from './session.ts'

/** Signs this browser out of the account in use, or of all; a form, so that the browser follows to what is left. */
export async function signOut(which: 'this' | 'all' = 'this'): Promise<void> {
  const isLast = which === 'all' || others.value.length === 0
  // While somebody stays, what this browser is woken for stays, too.
  await (isLast ? forgetBrowser() : forgetRead())
  tellTabs({ kind: 'left', accountId: which === 'all' ? undefined : me.value.id })
  sendForm('/sign-out', { account: which === 'all' ? 'all' : me.value.id })
}

/** Sends a form of our own; the page goes where the server leads it, and nothing of it stays in memory. */
export function sendForm(action: string, fields: Record<string, string>): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}
