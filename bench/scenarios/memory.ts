import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseFolder, openTown } from '../../scripts/town-process.ts'
import type { Scenario } from '../scenario.ts'

const IDLE_MS = 10_000
const MB = 1024

/** What an idle town holds: the server and what it started, and its PostgreSQL. npm is not in it: it has become the server. */
export const memory: Scenario = {
  name: 'memory',
  what: 'memory of an idle town (Linux)',
  run: async ({ stack }) => {
    if (process.platform !== 'linux') return []
    const town = stack.use(await openTown())
    await town.start()
    await sleep(IDLE_MS)
    const lock = join(databaseFolder(town.dataDir), 'pg/18/postmaster.pid')
    const postmaster = Number(readFileSync(lock, 'utf8').split('\n')[0])
    const cluster = familyOf(postmaster)
    const family = familyOf(town.pid()).filter((pid) => !cluster.includes(pid))
    const server = sum(family, (pid) => readKb(pid, 'status', 'VmRSS'))
    // Its processes share their buffers: counted in each, as RSS does, they would be there many times.
    const database = sum(cluster, (pid) => readKb(pid, 'smaps_rollup', 'Pss'))
    return [
      { id: 'memory.server', what: 'server process, idle (RSS)', value: server / MB, unit: 'MB' },
      { id: 'memory.database', what: 'its PostgreSQL, idle (PSS)', value: database / MB, unit: 'MB' },
      { id: 'memory.idle', what: 'both', value: (server + database) / MB, unit: 'MB' },
    ]
  },
}

const sum = (pids: number[], of: (pid: number) => number) => pids.reduce((total, pid) => total + of(pid), 0)

/** A process and all that descend from it. */
function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: readParent(name) }))
  const below = (one: number): number[] => [
    one,
    ...parents.filter(({ parent }) => parent === one).flatMap((child) => below(child.pid)),
  ]
  return below(pid)
}

/** The fourth field; the second may hold spaces, and ends with the last bracket (proc(5)). A process may be gone by now. */
function readParent(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

/** What a process holds; nothing, when it is gone by now, as PostgreSQL's helpers often are. */
function readKb(pid: number, file: string, name: string): number {
  try {
    const text = readFileSync(`/proc/${pid}/${file}`, 'utf8')
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
  } catch {
    return 0
  }
}
