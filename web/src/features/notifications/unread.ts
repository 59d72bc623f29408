import { signal } from '@preact/signals'
import { readNotificationMarker, type Markers } from '../../api/markers.ts'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

/** How many rows one has not looked at, and how many of them are mentions. */
export const unread = signal(0)
export const unreadMentions = signal(0)
/**
 * Up to where one had read when the page came, and what was looked at since: rows before the one or among the other are
 * read. Negative until the server has said it.
 */
export const readBefore = signal(-1)
export const seen = signal<ReadonlySet<number>>(new Set())
/** What the server was told last. */
let saved = 0

/** What makes one row of many: Mastodon's kinds, and ours of a busy post (docs/api.md, surge_pause). */
export const GROUPING = ['favourite', 'reblog', 'follow', 'admin.sign_up', 'mention']
  .map((kind) => `grouped_types[]=${kind}`)
  .join('&')
const COUNT = `/api/v2/notifications/unread_count?${GROUPING}`
const MARKERS = '/api/v1/markers'
const SAVE_AFTER_MS = 500

export async function loadUnread(): Promise<void> {
  const count = (query: string) => request<{ count: number }>('GET', COUNT + query).catch(() => ({ count: 0 }))
  const [{ all, mentions }, markers] = await Promise.all([
    // Nothing unread has no mention in it.
    count('').then(async (all) => ({ all, mentions: all.count > 0 ? await count('&types[]=mention') : all })),
    readNotificationMarker().catch((): Markers => ({})),
  ])
  unread.value = all.count
  unreadMentions.value = mentions.count
  saved = Number(markers.notifications?.last_read_id ?? '0')
  if (readBefore.peek() < 0) readBefore.value = saved
}

export function isUnread(id: number): boolean {
  return readBefore.value >= 0 && id > readBefore.value && !seen.value.has(id)
}

/** A visit starts where the last one ended. */
export async function startVisit(): Promise<void> {
  readBefore.value = -1
  seen.value = new Set()
  await loadUnread()
}

let timer: ReturnType<typeof setTimeout> | undefined

/** A row was looked at for long enough. The marker stands at the newest that was; it never goes back by itself. */
export function markSeen(id: number): void {
  if (!isUnread(id)) return
  seen.value = new Set([...seen.value, id])
  if (id <= saved) return
  clearTimeout(timer)
  timer = setTimeout(() => void save(Math.max(...seen.peek())).catch(() => undefined), SAVE_AFTER_MS)
}

async function save(id: number): Promise<void> {
  await request('POST', MARKERS, { body: { notifications: { last_read_id: String(id) } } })
  saved = id
  await loadUnread()
}

/** Everything up to the newest row is read at once; it can be taken back. */
export async function markAllRead(newest: number): Promise<void> {
  const before = { read: readBefore.value, seen: seen.value, saved }
  clearTimeout(timer)
  readBefore.value = newest
  unread.value = 0
  unreadMentions.value = 0
  const back = () => {
    readBefore.value = before.read
    seen.value = before.seen
  }
  try {
    await save(newest)
    const undo = () => {
      back()
      void save(before.saved).catch((error: unknown) => toast(explain(error)))
    }
    toast(t('notify.allRead', 'All is read.'), { label: t('notify.undo', 'Undo'), run: undo })
  } catch (error) {
    back()
    toast(explain(error))
  }
}
