/**
 * What a figure may not fall below (or, for times and memory, rise above) on a machine of two cores: rows T-01 to T-17 of
 * the project's targets. `--check` compares with these and with nothing else. They are floors, not aims.
 */
export type Floor = { row: string; atLeast?: number; atMost?: number }

export const floors: Readonly<Record<string, Floor>> = {
  'home.rate': { row: 'T-01', atLeast: 300 },
  'home.p50': { row: 'T-01', atMost: 25 },
  'home.p99': { row: 'T-01', atMost: 250 },
  'posts.rate': { row: 'T-02', atLeast: 50 },
  'posts.p95': { row: 'T-02', atMost: 150 },
  'inbox.rate': { row: 'T-03', atLeast: 200 },
  'inbox.p95': { row: 'T-03', atMost: 100 },
  'deliveries.rate': { row: 'T-04', atLeast: 500 },
  'memory.idle': { row: 'T-09', atMost: 250 },
  'start.killed': { row: 'T-10', atMost: 10_000 },
}

/** True when a figure keeps its floor, undefined when there is none for it. */
export function keepsFloor(id: string, value: number): boolean | undefined {
  const floor = floors[id]
  if (!floor) return undefined
  return value >= (floor.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (floor.atMost ?? Number.POSITIVE_INFINITY)
}
