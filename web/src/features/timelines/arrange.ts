import type { Status } from '@hamlet/contract/status'
import type { Row } from '../../api/status-timeline.ts'

/** What a reader wants to see of a timeline. */
export type ViewOptions = {
  boosts: 'all' | 'none'
  replies: 'all' | 'none'
  quotes: boolean
  onlyMedia: boolean
  /** One card for consecutive posts of one thread by one author. */
  grouped: boolean
}

export const usualView: ViewOptions = { boosts: 'all', replies: 'all', quotes: true, onlyMedia: false, grouped: true }

/** One line of the list as it is drawn. Keys stay while posts come above and below. */
export type Item =
  | { kind: 'card'; key: string; id: string; boosters: string[]; thread: string[] }
  /** A boost of what was read before: a line instead of the whole post again. */
  | { kind: 'also'; key: string; id: string; boosters: string[] }
  | { kind: 'gap'; key: string; id: string; state: 'idle' | 'loading' | 'failed' }
  | { kind: 'up-to-date'; key: 'up-to-date'; since: string | undefined }

export type Arrangement = {
  view: ViewOptions
  /** The newest post that was read before this visit; undefined when that is not known. */
  readUpTo?: string | undefined
  /** When that was. */
  readSince?: string | undefined
  /** Private mentions have a place of their own. */
  hidesDirect: boolean
}

/** How far apart two appearances of one post are still one (web-spec 4.2). */
const FOLD_WITHIN = 500

type Card = Extract<Item, { kind: 'card' }>
type Placed = { card: Card; at: number; isNew: boolean; place: number }

/**
 * Rows as items: what the view leaves out is left out, a post that comes again is folded into one card with everyone
 * who boosted it, consecutive posts of a self-thread are one card, and a line says what was read before.
 */
export function arrange(rows: readonly Row[], find: (id: string) => Status | null, how: Arrangement): Item[] {
  const items: Item[] = []
  const placed = new Map<string, Placed>()
  let hasLine = how.readUpTo === undefined
  for (const [at, row] of rows.entries()) {
    if (row.kind === 'gap') {
      items.push({ ...row, key: row.id })
      continue
    }
    const status = find(row.id)
    if (!status || isLeftOut(status, how)) continue
    const isNew = how.readUpTo !== undefined && BigInt(row.id) > BigInt(how.readUpTo)
    if (!hasLine && !isNew) {
      if (items.length > 0) items.push({ kind: 'up-to-date', key: 'up-to-date', since: how.readSince })
      hasLine = true
    }
    const subjectId = status.reblog?.id ?? status.id
    const boosters = status.reblog ? [status.account.id] : []
    const known = placed.get(subjectId)
    if (known && at - known.at < FOLD_WITHIN && !(known.isNew && !isNew)) {
      known.card.boosters = [...new Set([...known.card.boosters, ...boosters])]
      continue
    }
    if (known && known.isNew && !isNew)
      items[known.place] = { kind: 'also', key: known.card.key, id: subjectId, boosters: known.card.boosters }
    const last = items.at(-1)
    if (how.view.grouped && last?.kind === 'card' && continues(status, last, find)) {
      last.thread = [status.id, ...last.thread]
      last.id = status.id
      continue
    }
    const card: Card = { kind: 'card', key: row.id, id: row.id, boosters, thread: [row.id] }
    placed.set(subjectId, { card, at, isNew, place: items.length })
    items.push(card)
  }
  return items
}

function isLeftOut(status: Status, { view, hidesDirect }: Arrangement): boolean {
  const subject = status.reblog ?? status
  if (hidesDirect && subject.visibility === 'direct') return true
  if (view.boosts === 'none' && status.reblog) return true
  const isReply = status.in_reply_to_account_id !== null && status.in_reply_to_account_id !== status.account.id
  if (view.replies === 'none' && isReply) return true
  if (!view.quotes && subject.quote) return true
  return view.onlyMedia && subject.media_attachments.length === 0
}

/** Whether the card just above goes on from this post, by the same author. */
function continues(status: Status, above: Card, find: (id: string) => Status | null): boolean {
  const first = find(above.id)
  return (
    !status.reblog &&
    first !== null &&
    !first.reblog &&
    first.in_reply_to_id === status.id &&
    first.account.id === status.account.id
  )
}
