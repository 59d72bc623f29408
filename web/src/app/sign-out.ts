import { forgetBrowser } from '../features/install/worker.ts'

/** A form, so that the browser follows to the front page without the session. */
export async function signOut(): Promise<void> {
  await forgetBrowser()
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/sign-out'
  document.body.append(form)
  form.submit()
}
