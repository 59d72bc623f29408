import { firstBits } from './sha256.ts'

/**
 * The puzzle of a form (`server/src/features/users/joining/stamp.ts`): a number that makes the hash of stamp, name and
 * number begin with zeros. A person does not notice it; who signs up a thousand times does. Without a script the form is
 * sent as it is, and a moderator looks at it.
 */
const AT_ONCE = 2_000

/** Finds the number, with a breath now and then so that typing goes on. */
export async function solve(start: string, bits: number, isWanted: () => boolean): Promise<string | undefined> {
  for (let number = 0; isWanted(); number += AT_ONCE) {
    for (let at = number; at < number + AT_ONCE; at += 1)
      if (firstBits(`${start}:${at}`) >>> (32 - bits) === 0) return String(at)
    // oxlint-disable-next-line no-await-in-loop -- the breath
    await new Promise((done) => setTimeout(done))
  }
  return undefined
}

/** Begins when the name is there, and holds the form back until it is done. */
export function workFor(form: HTMLFormElement): void {
  const field = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)
  const [name, stamp, answer] = [field('username'), field('stamp'), field('work')]
  if (!name || !stamp || !answer) return
  const bits = Number(form.dataset.work)
  const current = () => `${stamp.value}:${name.value.trim().toLowerCase()}`
  let solved: { start: string; done: Promise<void> } | undefined
  const findFor = async (start: string) => {
    const found = await solve(start, bits, () => current() === start)
    if (current() === start) answer.value = found ?? ''
  }
  const begin = (): Promise<void> => {
    const start = current()
    if (solved?.start === start) return solved.done
    answer.value = ''
    const done = findFor(start)
    solved = { start, done }
    return done
  }
  name.addEventListener('change', () => void begin())
  form.addEventListener('submit', (event) => {
    const done = begin()
    if (answer.value !== '') return
    event.preventDefault()
    const button = form.querySelector('button[type=submit]')
    button?.setAttribute('aria-busy', 'true')
    void done.then(() => form.submit())
  })
}
