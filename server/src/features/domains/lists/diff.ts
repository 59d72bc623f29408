import type { Id } from '#lib/id'
import type { PolicyRow, Severity } from '../policies/store.ts'
import type { Entry } from './read-list.ts'

export type Change = 'new' | 'stricter' | 'milder' | 'gone'
export type Wanted = Entry & { change: Change }
/** What is treated as on the list already, and what was decided by hand, so that no list changes it. */
export type Difference = { drafts: Wanted[]; same: number; pinned: number }

export type Today = {
  listId: Id
  policies: readonly (PolicyRow & { list_id: Id | null })[]
  /** What was declined of this list: asked once, and not again until the list says something else. */
  declined: ReadonlySet<string>
  /** True for our own names. */
  isOwn: (host: string) => boolean
}

const RANK: Record<Severity, number> = { noop: 0, silence: 1, suspend: 2 }
type Weight = { severity: Severity; reject_media: boolean; reject_reports: boolean }
/** Shutting out includes the rest. */
const weigh = ({ severity, reject_media, reject_reports }: Weight) =>
  severity === 'suspend' ? 100 : RANK[severity] * 10 + Number(reject_media) + Number(reject_reports)

export const keyOf = ({ host, change, severity, reject_media, reject_reports }: Omit<Wanted, 'reason' | 'obfuscate'>) =>
  [host, change, severity, reject_media, reject_reports].join(' ')

/** What a list asks for beside how servers are treated today. */
export function diffList(entries: readonly Entry[], today: Today): Difference {
  const byHost = new Map(today.policies.map((policy) => [policy.host, policy]))
  const listed = new Set(entries.map((entry) => entry.host))
  const outcome: Difference = { drafts: [], same: 0, pinned: 0 }
  for (const entry of entries) {
    if (today.isOwn(entry.host)) continue
    const change = changeOf(entry, byHost, today.listId)
    if (change === 'same') outcome.same += 1
    else if (change === 'pinned') outcome.pinned += 1
    else outcome.drafts.push({ ...entry, change })
  }
  for (const policy of today.policies) {
    if (policy.list_id !== today.listId || listed.has(policy.host)) continue
    const { host, severity, reject_media, reject_reports, obfuscate } = policy
    const reason = policy.public_comment
    outcome.drafts.push({ host, severity, reject_media, reject_reports, obfuscate, reason, change: 'gone' })
  }
  outcome.drafts = outcome.drafts.filter((draft) => !today.declined.has(keyOf(draft)))
  return outcome
}

function changeOf(entry: Entry, byHost: ReadonlyMap<string, Today['policies'][number]>, listId: Id) {
  const own = byHost.get(entry.host)
  if (!own) {
    if (weigh(entry) === 0) return 'same'
    // What lies under a name that is treated as strictly needs no row of its own.
    return parentsOf(entry.host).some((host) => weighHost(byHost, host) >= weigh(entry)) ? 'same' : 'new'
  }
  const by = Math.sign(weigh(entry) - weigh(own))
  if (by === 0) return 'same'
  if (own.list_id === null) return 'pinned'
  if (by > 0) return 'stricter'
  return own.list_id === listId ? 'milder' : 'same'
}

const weighHost = (byHost: ReadonlyMap<string, Weight>, host: string) => {
  const policy = byHost.get(host)
  return policy ? weigh(policy) : -1
}

function parentsOf(host: string): string[] {
  const labels = host.split('.')
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'))
}
