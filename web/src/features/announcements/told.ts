import type { Announcement, Reaction } from '@hamlet/contract/announcement'
import { computed, signal } from '@preact/signals'
import { explain, request } from '../../api/request.ts'
import type { StreamEvent } from '../../api/stream.ts'
import { toast } from '../../ui/toast.tsx'

const PATH = '/api/v1/announcements'

/** What the team announces, in its order; undefined until it is known. */
export const told = signal<readonly Announcement[] | undefined>(undefined)
/** What of it this person has not put away. */
export const unreadNews = computed(() => (told.value ?? []).filter((one) => one.read !== true))

let asked: Promise<void> | undefined

/** Reads it once for each visit; live events say when to read again. */
export function awaitNews(): Promise<void> {
  asked ??= loadNews()
  return asked
}

export async function loadNews(): Promise<void> {
  try {
    told.value = await request<Announcement[]>('GET', PATH)
  } catch (error) {
    asked = undefined
    throw error
  }
}

/** For who can do without: the next visit asks again. */
export const refreshNews = () => void loadNews().catch(() => undefined)

/** What the stream says of announcements. A reaction is counted where it stands; everything else is read anew. */
export function hearNews({ event, payload }: StreamEvent): void {
  if (event === 'announcement' || event === 'announcement.delete' || (event === 'reopened' && told.peek()))
    refreshNews()
  if (event !== 'announcement.reaction') return
  const { announcement_id: id, ...reaction } = JSON.parse(payload) as Reaction & { announcement_id: string }
  change(id, (one) => ({ ...one, reactions: counted(one.reactions, reaction) }))
}

function change(id: string, how: (one: Announcement) => Announcement): void {
  told.value = told.peek()?.map((one) => (one.id === id ? how(one) : one))
}

/** In the place where it stood, or as the last; whether it is one's own is not said by the stream. */
function counted(all: readonly Reaction[], fresh: Reaction): Reaction[] {
  const known = all.some(({ name }) => name === fresh.name)
  const next = known ? all.map((one) => (one.name === fresh.name ? { ...one, ...fresh } : one)) : [...all, fresh]
  return next.filter((one) => one.count > 0)
}

export async function dismiss(id: string): Promise<void> {
  change(id, (one) => ({ ...one, read: true }))
  await send('POST', `${PATH}/${id}/dismiss`)
}

/** Chooses an emoji or takes it back: shown at once, and as it was when the server refuses. */
export async function react(id: string, name: string): Promise<void> {
  const before = told
    .peek()
    ?.find((one) => one.id === id)
    ?.reactions.find((one) => one.name === name)
  const isOn = before?.me === true
  const count = (before?.count ?? 0) + (isOn ? -1 : 1)
  change(id, (one) => ({ ...one, reactions: counted(one.reactions, { ...before, name, count, me: !isOn }) }))
  await send(isOn ? 'DELETE' : 'PUT', `${PATH}/${id}/reactions/${encodeURIComponent(name)}`)
  if (before === undefined) refreshNews()
}

async function send(method: 'POST' | 'PUT' | 'DELETE', path: string): Promise<void> {
  try {
    await request(method, path)
  } catch (error) {
    toast(explain(error))
    refreshNews()
  }
}
