import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { ApiError, explain, request } from '../../../api/request.ts'
import { keepStatus } from '../../../api/store.ts'
import { navigate } from '../../../app/router.ts'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { written } from '../composer-state.ts'
import { findStatus } from './convert.ts'
import type { Writing } from './model.ts'

/** A post that can still be taken back. */
export type Held = { writing: Writing; ids: string[]; endsAt: number }

export const held = signal<Held | undefined>(undefined)
export const secondsLeft = signal(0)

let ticking: ReturnType<typeof setInterval> | undefined
const TICK_MS = 250
const LOOK_MS = 1_000
const MOST_LOOKS = 10

/** The server's clock may differ from this one: what counts is how long it holds the post. */
export function hold(now: Writing, statuses: readonly Status[]): void {
  const [first] = statuses
  if (!first?.hamlet?.held_until) return
  const lengthMs = Date.parse(first.hamlet.held_until) - Date.parse(first.created_at)
  if (held.value) void watch(held.value.ids)
  held.value = { writing: now, ids: statuses.map((one) => one.id), endsAt: Date.now() + lengthMs }
  clearInterval(ticking)
  ticking = setInterval(tick, TICK_MS)
  tick()
}

function tick(): void {
  const now = held.value
  secondsLeft.value = Math.max(0, Math.ceil(((now?.endsAt ?? 0) - Date.now()) / 1000))
  if (!now || secondsLeft.value > 0) return
  stop()
  void watch(now.ids)
}

function stop(): void {
  clearInterval(ticking)
  held.value = undefined
}

/** Takes the post back and gives what was written, to be written on. */
export async function takeBack(): Promise<Writing | undefined> {
  const now = held.value
  if (!now) return undefined
  stop()
  try {
    await request('DELETE', `/api/v1/statuses/${now.ids[0]}`)
  } catch (error) {
    const isGone = error instanceof ApiError && error.status === 404
    toast(isGone ? t('composer.undoneElsewhere', 'The post was taken back already.') : explain(error))
    if (!isGone) void watch(now.ids)
    return undefined
  }
  const { draft: _, ...rest } = now.writing
  return { ...rest, key: crypto.randomUUID(), localId: crypto.randomUUID() }
}

export async function postNow(): Promise<void> {
  const now = held.value
  if (!now) return
  stop()
  try {
    await request('POST', `/api/hamlet/v1/statuses/${now.ids[0]}/publish`, { body: {} })
    await watch(now.ids)
  } catch (error) {
    toast(explain(error))
  }
}

/** Waits until the posts are out, and shows them. */
async function watch(ids: readonly string[]): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a look follows only on one that came too early
    const found = await Promise.all(ids.map(findStatus))
    if (!found[0]) return
    if (!found[0].hamlet?.held_until) return published(found.filter((one) => one !== undefined))
    // oxlint-disable-next-line no-await-in-loop -- the pause between two looks
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
}

/** Tells lists of what is out now, one after the other, so that each has its turn. */
export async function published(statuses: readonly Status[]): Promise<void> {
  if (statuses[0]?.hamlet?.review) {
    const look = { label: t('composer.lookWaiting', 'Look'), run: () => navigate('/waiting') }
    toast(t('composer.inReview', 'It waits for a moderator. Nobody else sees it yet.'), look)
    return
  }
  for (const status of statuses) {
    keepStatus(status)
    written.value = status
    // oxlint-disable-next-line no-await-in-loop -- one turn of the page for each
    await new Promise((done) => setTimeout(done, 0))
  }
  toast(t('composer.isOut', '{n, plural, one {Your post is out.} other {Your thread is out.}}', { n: statuses.length }))
}
