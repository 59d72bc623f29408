import { signal } from '@preact/signals'
import { ApiError, explain, OFFLINE, request } from '../../api/request.ts'
import { navigate } from '../../app/router.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

/** Something that was pressed and waits for the network: what the page shows already, and the server is still to be told. */
export type WaitingAct = {
  key: string
  path: string
  body: unknown
  /** What it is of: the opposite of an act that waits has the same, and the two cancel each other. */
  subject: string
  /** In words, for the list of what waits. */
  says: string
  at: number
}
type Act<T> = Pick<WaitingAct, 'path' | 'body' | 'subject' | 'says'> & {
  /** The server has done it. */
  took: (answer: T) => void
  /** It was refused or called off: what the page shows already is not so. */
  revert: () => unknown
}

/** In the order in which they go out. */
export const waitingActs = signal<WaitingAct[]>([])
/** The one that is on its way this moment. */
export const sendingAct = signal<string | undefined>(undefined)

const FIRST_PAUSE_MS = 3_000
const LONGEST_PAUSE_MS = 60_000
const ends = new Map<string, { took: (answer: never) => void; revert: () => unknown }>()
let pauseMs = FIRST_PAUSE_MS
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

const nameOf = () => `hamlet-acts-${me.peek().id}`

function setActs(acts: WaitingAct[]): void {
  waitingActs.value = acts
  if (acts.length > 0) localStorage.setItem(nameOf(), JSON.stringify(acts))
  else localStorage.removeItem(nameOf())
}

/** Finds what an earlier page left, and sends it. */
export function startActs(): void {
  try {
    waitingActs.value = JSON.parse(localStorage.getItem(nameOf()) ?? '[]') as WaitingAct[]
  } catch {
    setActs([])
  }
  addEventListener('online', () => void flushActs())
  void flushActs()
}

export type Outcome = 'done' | 'waiting' | 'refused' | 'called off'

/** Does it now; without a network it waits and goes out later, after what waits already. What was refused is said. */
export async function doOrWait<T>(act: Act<T>): Promise<Outcome> {
  const { path, body, subject, says, took, revert } = act
  const opposite = waitingActs.peek().find((one) => one.subject === subject && one.key !== sendingAct.peek())
  if (opposite) {
    cancelAct(opposite.key)
    return 'called off'
  }
  if (waitingActs.peek().length === 0) {
    try {
      took(await request<T>('POST', path, { body }))
      return 'done'
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== OFFLINE) {
        refuse(error, revert)
        return 'refused'
      }
      toast(
        t('outbox.waits', 'The server cannot be reached. What you did waits here and goes out by itself.'),
        seeOutbox(),
      )
    }
  }
  const key = crypto.randomUUID()
  ends.set(key, { took, revert })
  setActs([...waitingActs.peek(), { key, path, body, subject, says, at: Date.now() }])
  tryLater()
  return 'waiting'
}

/** The way to what waits, for a toast that says that something does. */
export function seeOutbox(): { label: string; run: () => void } {
  return { label: t('outbox.see', 'See what waits'), run: () => navigate('/outbox') }
}

function refuse(error: unknown, revert: () => unknown): void {
  revert()
  toast(explain(error))
}

function forget(key: string): void {
  ends.delete(key)
  setActs(waitingActs.peek().filter((one) => one.key !== key))
}

/** Calls one off that has not left yet. */
export function cancelAct(key: string): void {
  if (key === sendingAct.peek()) return
  ends.get(key)?.revert()
  forget(key)
}

/** Lets one out before the one that stands above it. */
export function sendActSooner(key: string): void {
  const acts = waitingActs.peek()
  const at = acts.findIndex((one) => one.key === key)
  const [above, own] = [acts[at - 1], acts[at]]
  if (above && own && above.key !== sendingAct.peek()) setActs(acts.with(at - 1, own).with(at, above))
}

/** Sends in order; at the first that does not get through, all wait. */
export function flushActs(): Promise<void> {
  running ??= sendAll().finally(() => (running = undefined))
  return running
}

async function sendAll(): Promise<void> {
  clearTimeout(timer)
  while (waitingActs.peek()[0]) {
    const [{ key, path, body }] = waitingActs.peek() as [WaitingAct]
    sendingAct.value = key
    try {
      // oxlint-disable-next-line no-await-in-loop -- the order is what was asked for
      const answer = await request('POST', path, { body })
      ends.get(key)?.took(answer as never)
      pauseMs = FIRST_PAUSE_MS
    } catch (error) {
      sendingAct.value = undefined
      if (isPassing(error)) return tryLater()
      refuse(error, ends.get(key)?.revert ?? (() => undefined))
    }
    sendingAct.value = undefined
    forget(key)
  }
}

/** Nobody was there, or too busy: the same may work later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  return error.status === OFFLINE || error.status === 401 || error.status === 429 || error.status >= 500
}

function tryLater(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void flushActs(), pauseMs)
  pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
}
