import type { Status } from '@hamlet/contract/status'
import { signal, type Signal } from '@preact/signals'
import { ApiError, explain, OFFLINE, request, requestPage } from './request.ts'
import { dropStatus, keepStatus, statusOf } from './store.ts'
import type { LoadState } from './timeline.ts'

/** What a timeline is made of: posts, and places where posts are missing between two that are there. */
export type Row = { kind: 'post'; id: string } | { kind: 'gap'; id: string; state: 'idle' | 'loading' | 'failed' }
export type Side = 'newer' | 'older'

/** Posts in order, newest first. Nothing that arrives moves what is shown: it waits until it is asked for. */
export type StatusTimeline = {
  path: string
  rows: Signal<Row[]>
  /** Arrived above. */
  waiting: Signal<Row[]>
  /** Posts that must not move under the reader when the rows come that were just asked for; the nearest first. */
  still: Signal<string[]>
  state: Signal<LoadState>
  fault: Signal<string>
  /** Reads the newest; with an id, also what stands around that post. */
  start(at?: string): Promise<void>
  loadOlder(): Promise<void>
  /** Reads on into a gap: from below it upwards (`newer`), or from above it downwards. */
  fillGap(id: string, side: Side): Promise<void>
  /** Reads what came while nothing was heard. */
  catchUp(): Promise<void>
  arrive(status: Status): void
  remove(id: string): void
  showWaiting(): void
}

/** Where the newest posts of a timeline are kept for reading without a network. */
export type Shelf = { keep(statuses: readonly Status[]): Promise<void>; read(): Promise<readonly Status[] | undefined> }

const AT_ONCE = 40
let gapNumber = 0
const postRow = (id: string): Row => ({ kind: 'post', id })
const gapRow = (): Row => ({ kind: 'gap', id: `gap-${(gapNumber += 1)}`, state: 'idle' })
const newer = (a: string, b: string) => BigInt(a) > BigInt(b)

/** What the functions of one timeline share. */
type Core = Pick<StatusTimeline, 'path' | 'rows' | 'waiting' | 'still' | 'state' | 'fault'> & {
  next: string | null
  running: Promise<void> | undefined
  shelf: Shelf | undefined
}

export function makeStatusTimeline(path: string, shelf?: Shelf): StatusTimeline {
  const core: Core = {
    path,
    rows: signal<Row[]>([]),
    waiting: signal<Row[]>([]),
    still: signal<string[]>([]),
    state: signal<LoadState>('first'),
    fault: signal(''),
    next: within(path),
    running: undefined,
    shelf,
  }
  const { rows, waiting, state, fault } = core
  return {
    path,
    rows,
    waiting,
    still: core.still,
    state,
    fault,
    start: (at) => {
      rows.value = []
      waiting.value = []
      core.next = within(path)
      return once(core, 'first', () => (at === undefined ? readOlder(core) : readAround(core, at)))
    },
    loadOlder: () => {
      const isEmpty = rows.peek().length === 0
      if (state.peek() === 'end' && !isEmpty) return Promise.resolve()
      return once(core, isEmpty ? 'first' : 'more', () => readOlder(core))
    },
    fillGap: (id, side) => fillGap(core, id, side),
    catchUp: () => catchUp(core),
    arrive: (status) => {
      waiting.value = [...add(core, [status]), ...waiting.peek()]
    },
    remove: (id) => {
      dropStatus(id)
      rows.value = rows.peek().filter((row) => row.id !== id)
      waiting.value = waiting.peek().filter((row) => row.id !== id)
    },
    showWaiting: () => {
      rows.value = [...waiting.peek(), ...rows.peek()]
      waiting.value = []
    },
  }
}

/** Rows for the posts that are not there yet. */
function add({ rows, waiting }: Core, statuses: readonly Status[]): Row[] {
  const known = new Set([...rows.peek(), ...waiting.peek()].map((row) => row.id))
  const fresh = statuses.filter((status) => !known.has(status.id))
  for (const status of fresh) keepStatus(status)
  return fresh.map((status) => postRow(status.id))
}

/** Two who ask at once share one answer; what fails is said, and can be asked for again. */
function once(core: Core, during: LoadState, read: () => Promise<void>): Promise<void> {
  if (core.running) return core.running
  core.state.value = during
  core.running = read()
    .then(() => shelve(core))
    .catch(async (error: unknown) => {
      core.fault.value = explain(error)
      core.state.value = (await takeFromShelf(core, error)) ? 'end' : 'failed'
    })
    .finally(() => (core.running = undefined))
  return core.running
}

/** What was read is kept; a full shelf is no reason to show less. */
function shelve({ shelf, rows }: Core): void {
  const statuses = rows.peek().map((row) => statusOf(row.id).peek())
  void shelf?.keep(statuses.filter((status) => status !== null)).catch(() => undefined)
}

/** Without a network: what was kept, if anything was. */
async function takeFromShelf(core: Core, error: unknown): Promise<boolean> {
  if (!(error instanceof ApiError) || error.status !== OFFLINE || core.rows.peek().length > 0) return false
  const statuses = await core.shelf?.read().catch(() => undefined)
  core.rows.value = add(core, statuses ?? [])
  return core.rows.peek().length > 0
}

function endAt(core: Core, page: { items: readonly Status[]; next: string | null }): void {
  core.next = page.next
  core.state.value = page.next && page.items.length > 0 ? 'idle' : 'end'
}

async function readOlder(core: Core): Promise<void> {
  const page = await requestPage<Status>(core.next ?? within(core.path))
  core.rows.value = [...core.rows.peek(), ...add(core, page.items)]
  endAt(core, page)
}

async function readAround(core: Core, at: string): Promise<void> {
  const { path } = core
  const [newest, above, below] = await Promise.all([
    requestPage<Status>(within(path)),
    request<Status[]>('GET', within(path, { min_id: at })),
    requestPage<Status>(within(path, { max_id: (BigInt(at) + 1n).toString() })),
  ])
  const upper = joined(add(core, newest.items), add(core, above), newest.items, above)
  core.rows.value = onceEach([...upper, ...add(core, below.items)])
  endAt(core, below)
}

async function catchUp(core: Core): Promise<void> {
  const { rows, waiting, path } = core
  const top = [...waiting.peek(), ...rows.peek()].find((row) => row.kind === 'post')
  // What cannot be read now is read when the stream opens again.
  const page = await request<Status[]>('GET', within(path)).catch(() => [])
  const fresh = page.filter((status) => !top || newer(status.id, top.id))
  if (fresh.length === 0) return
  // A whole page of new ones: between them and what is known there may be more.
  const isTorn = top !== undefined && fresh.length === page.length
  waiting.value = [...add(core, fresh), ...(isTorn ? [gapRow()] : []), ...waiting.peek()]
}

function onceEach(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Two runs as one list; a gap where the upper one does not reach the lower. */
function joined(upper: Row[], lower: Row[], above: readonly Status[], below: readonly Status[]): Row[] {
  const last = above.at(-1)
  const first = below[0]
  const reaches = !last || !first || !newer(last.id, first.id)
  return reaches || upper.length === 0 ? [...upper, ...lower] : [...upper, gapRow(), ...lower]
}

async function fillGap(core: Core, id: string, side: Side): Promise<void> {
  const { path, rows } = core
  const set = (state: 'loading' | 'failed') => {
    rows.value = rows.peek().map((row) => (row.id === id && row.kind === 'gap' ? { ...row, state } : row))
  }
  const at = rows.peek().findIndex((row) => row.id === id)
  const above = rows.peek()[at - 1]
  const below = rows.peek()[at + 1]
  if (at < 0 || !above || !below) return
  set('loading')
  const bounds = side === 'newer' ? { min_id: below.id, max_id: above.id } : { since_id: below.id, max_id: above.id }
  try {
    const found = await request<Status[]>('GET', within(path, bounds))
    const fresh = add(core, found)
    const isClosed = found.length < AT_ONCE
    const gap: Row[] = isClosed ? [] : [{ kind: 'gap', id, state: 'idle' }]
    const now = rows.peek()
    const place = now.findIndex((row) => row.id === id)
    const near = side === 'newer' ? now.slice(place + 1) : now.slice(0, place).toReversed()
    core.still.value = near.slice(0, AT_ONCE).map((row) => row.id)
    rows.value = [
      ...now.slice(0, place),
      ...(side === 'newer' ? [...gap, ...fresh] : [...fresh, ...gap]),
      ...now.slice(place + 1),
    ]
  } catch {
    set('failed')
  }
}

/** The address of a page of a timeline: 40 posts, within bounds. */
export function within(path: string, bounds: Record<string, string> = {}): string {
  const url = new URL(path, location.origin)
  url.searchParams.set('limit', String(AT_ONCE))
  for (const [name, value] of Object.entries(bounds)) url.searchParams.set(name, value)
  return url.pathname + url.search
}
