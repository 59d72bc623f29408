import { availableParallelism } from 'node:os'
import type { CrashCount } from './crashes.ts'
import type { HostilityResult } from './hostility.ts'
import type { PrivacyResult } from './privacy.ts'

export type Findings = {
  crashes: CrashCount & { kills: number; seconds: number }
  hostility: HostilityResult & { seconds: number }
  privacy: PrivacyResult[]
  privacySeconds: number
}

type Row = { what: string; result: string; seconds?: number; isKept: boolean }

function rowsOf({ crashes, hostility, privacy, privacySeconds }: Findings): Row[] {
  const sum = (count: (result: PrivacyResult) => number) => privacy.reduce((total, result) => total + count(result), 0)
  const none = (what: string, count: number): Row => ({ what, result: String(count), isKept: count === 0 })
  const leaked = sum((result) => result.leaked.length)
  const missing = sum((result) => result.missing.length)
  const refused = hostility.forgeries - hostility.believed.length
  return [
    {
      what: `posts acknowledged by A, killed with -9 ${crashes.kills} times, once together with B`,
      result: String(crashes.acknowledged),
      seconds: crashes.seconds,
      isKept: crashes.acknowledged > 0,
    },
    none('of these lost on A', crashes.lost),
    none('doubled on A', crashes.doubled),
    {
      what: 'reached B',
      result: `${crashes.reached} of ${crashes.acknowledged}`,
      isKept: crashes.reached === crashes.acknowledged,
    },
    none('doubled on B', crashes.doubledAway),
    {
      what: 'forgeries of a hostile server refused',
      result: `${refused} of ${hostility.forgeries}`,
      seconds: hostility.seconds,
      isKept: refused === hostility.forgeries,
    },
    none('rows written, changed or removed by forgeries', hostility.written),
    {
      what: 'requests to a private address',
      result: `${hostility.privateRequests} after ${hostility.baits} baits`,
      isKept: hostility.privateRequests === 0,
    },
    {
      what: 'leaked: audience × reader × way to read, in both towns',
      result: `${leaked} of ${sum((result) => result.forbidden)}`,
      seconds: privacySeconds,
      isKept: leaked === 0,
    },
    {
      what: 'missing where it belongs',
      result: `${missing} of ${sum((result) => result.wanted)}`,
      isKept: missing === 0,
    },
  ]
}

export function isProven(findings: Findings): boolean {
  return rowsOf(findings).every((row) => row.isKept)
}

/** The table, and below it the name of everything that went wrong. */
export function renderProof(findings: Findings, totalSeconds: number): string {
  const lines = rowsOf(findings).map(
    (row) =>
      `| ${row.what} | ${row.isKept ? row.result : `**${row.result}**`} | ${row.seconds === undefined ? '' : row.seconds.toFixed(1)} |`,
  )
  const faults = [
    ...findings.hostility.believed.map((name) => `believed: ${name}`),
    ...findings.privacy.flatMap((result) => result.leaked.map((cell) => `leaked: ${cell}`)),
    ...findings.privacy.flatMap((result) => result.missing.map((cell) => `missing: ${cell}`)),
  ]
  const head = ['| two towns, tried whole | result | seconds |', '| --- | ---: | ---: |']
  const foot = `${totalSeconds.toFixed(0)} s in all, ${availableParallelism()} cores, Node ${process.versions.node}.`
  return [...head, ...lines, '', foot, ...(faults.length > 0 ? ['', ...faults] : [])].join('\n')
}
