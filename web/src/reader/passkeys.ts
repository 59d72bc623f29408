import { hasPasskeys, provePasskey } from '../lib/webauthn.ts'

/** Forms that a passkey answers: the browser is asked, and what it says is sent with the form. */
const forms = document.querySelectorAll<HTMLFormElement>('form[data-passkey]')

for (const form of forms) {
  if (hasPasskeys()) serve(form)
  else for (const part of form.querySelectorAll<HTMLElement>('.passkey')) part.hidden = true
}

function serve(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('.passkey button')
  const fault = form.querySelector<HTMLElement>('.passkey-fault')
  const isForAnybody = form.dataset.passkey === 'anybody'
  const quiet = new AbortController()
  const ask = () => (isForAnybody ? fetchQuestion() : Promise.resolve(JSON.parse(valueOf(form, 'question')) as object))
  const send = (answer: object | null) => {
    const field = form.elements.namedItem('answer')
    if (answer === null || !(field instanceof HTMLInputElement)) return
    field.value = JSON.stringify(answer)
    form.submit()
  }
  button?.addEventListener('click', () => {
    // One question at a time: the quiet one makes way.
    quiet.abort()
    button.setAttribute('aria-busy', 'true')
    if (fault) fault.hidden = true
    ask()
      .then((question) => provePasskey(question))
      .then(send)
      .catch(() => {
        if (fault) fault.hidden = false
      })
      .finally(() => button.removeAttribute('aria-busy'))
  })
  if (isForAnybody)
    void waitQuietly(quiet.signal)
      .then((answer) => answer && send(answer))
      .catch(() => undefined)
}

/** Until the button is pressed, however early that is: from then on the browser has one question alone. */
async function waitQuietly(signal: AbortSignal): Promise<object | null> {
  const canWait = await PublicKeyCredential.isConditionalMediationAvailable?.()
  if (!canWait || signal.aborted) return null
  const question = await fetchQuestion()
  return signal.aborted ? null : provePasskey(question, { isQuiet: true, signal })
}

async function fetchQuestion(): Promise<object> {
  const response = await fetch('/api/hamlet/v1/passkeys/question', { method: 'POST' })
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as object
}

function valueOf(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLInputElement ? field.value : ''
}
