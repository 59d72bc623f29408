import type { Status } from '@hamlet/contract/status'

/** A reply with those to it; `count` and `people` are of all below it. */
export type Branch = { status: Status; children: Branch[]; count: number; people: number }

/** Replies under what they answer, in the order in which they came. Those to something that is not here are left out. */
export function growTree(rootId: string, replies: readonly Status[]): Branch[] {
  const byParent = Map.groupBy(replies, (one) => one.in_reply_to_id ?? '')
  const seen = new Set<string>()
  const grow = (parentId: string): Branch[] =>
    (byParent.get(parentId) ?? [])
      .filter(({ id }) => !seen.has(id) && seen.add(id))
      .map((status) => {
        const children = grow(status.id)
        return { status, children, ...countBelow(children) }
      })
  return grow(rootId)
}

function countBelow(children: readonly Branch[]): { count: number; people: number } {
  const all = listBelow(children)
  return { count: all.length, people: new Set(all.map(({ account }) => account.id)).size }
}

function listBelow(branches: readonly Branch[]): Status[] {
  return branches.flatMap(({ status, children }) => [status, ...listBelow(children)])
}

const DAY_MS = 24 * 3_600_000

/** Whole days of silence before a branch: what was written after a pause is no answer of the moment. */
export function daysBetween(before: Status | undefined, after: Status): number {
  if (!before) return 0
  return Math.max(0, Math.floor((Date.parse(after.created_at) - Date.parse(before.created_at)) / DAY_MS))
}

/** What one person wrote on from post to post, beginning above the post that is read. */
export function ownChain(root: Status, ancestors: readonly Status[], replies: readonly Status[]): Status[] {
  const isOwn = (one: Status) => one.account.id === root.account.id
  const above: Status[] = []
  for (const one of ancestors.toReversed()) {
    if (!isOwn(one)) break
    above.unshift(one)
  }
  const below: Status[] = []
  let last = root
  for (;;) {
    const next = replies.find((one) => isOwn(one) && one.in_reply_to_id === last.id)
    if (!next || below.includes(next)) break
    below.push(next)
    last = next
  }
  return [...above, root, ...below]
}
