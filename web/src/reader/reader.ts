import { countSignedIn } from '../lib/hint.ts'

/**
 * Comfort for public pages, which read whole without it: absolute times get their distance as a tooltip, in the
 * reader's own language. Whoever is signed in gets the app instead.
 */
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const isSignedIn = countSignedIn() > 0
/** What the app can show of itself. */
const inApp = /^\/(?:@[^/]+(?:\/(?:[^/]+|tagged\/[^/]+|[^/]+\/quotes))?|tags\/[^/]+)\/?$/.test(
  decodeURI(location.pathname),
)

if (isSignedIn && location.pathname === '/') location.replace('/home')
else if (isSignedIn && inApp) void import('../app/main.tsx')
else addDistances()
addReveals()
if (document.querySelector('form[data-passkey]')) void import('./passkeys.ts')
addWork()

/** A form that makes a browser work for its place brings what that takes. */
function addWork(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-work]')
  if (form) void import('./work.ts').then(({ workFor }) => workFor(form))
}

/** The eye in a password field shows what is typed, and hides it before the form is sent. */
function addReveals(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.reveal')) {
    const input = button.parentElement?.querySelector('input')
    if (!input) continue
    const turn = (isShown: boolean) => {
      input.type = isShown ? 'text' : 'password'
      button.setAttribute('aria-pressed', String(isShown))
    }
    button.addEventListener('click', () => turn(input.type === 'password'))
    input.form?.addEventListener('submit', () => turn(false))
  }
}

function addDistances(): void {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  for (const time of document.querySelectorAll('time')) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000
    const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
    time.title = format.format(Math.round(seconds / size), unit)
  }
}
