import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Asked, LiveDoor, Wire } from '#platform/http'
import { describeError } from '#platform/log'
import type { StreamPayload } from '#platform/streams'
import { END, LIVE, type Ended } from './announce.ts'
import { paths, readHearing, type Hearing } from './streams.ts'

/** What one hearing is told; an event without payload is a mere hint. */
export type Heard = { hearing: Hearing; event: string; payload?: string }

/** Turns a live event into what each of the hearings is told: read anew, for its person, only what they may see. */
export type Presenter = (ctx: Context, facts: StreamPayload, hearings: readonly Hearing[]) => Promise<readonly Heard[]>

/** A hint for one person alone, on their own stream: that something of theirs is to be read anew. */
export function tellPerson(event: string): Presenter {
  return async (_ctx, facts, hearings) =>
    hearings
      .filter((one) => one.name === 'user' && one.accountId === facts.accountId)
      .map((hearing) => ({ hearing, event }))
}

/** What the rooms above give, bound in app: presenters by kind of event, and who may hear a list. */
export type Sources = {
  presenters: Readonly<Record<string, Presenter>>
  mayHearList(ctx: Context, accountId: Id, listId: Id): Promise<boolean>
}

export type Hub = LiveDoor & { close(): void }

const MOST_PER_PERSON = 50
const MOST_STREAMS = 100
const LANES = 4
/** More than this waiting in a lane is let go: live events may be lost. */
const MOST_WAITING = 1_000

type Listening = { hearing: Hearing; wires: Set<Wire> }
type Connections = { byPerson: Map<Id, Set<Wire>>; byKey: Map<string, Listening>; keysOf: Map<Wire, Set<string>> }

/** All connections of this process, and what each listens to. */
export function openHub(ctx: Context, sources: Sources): Hub {
  const connections: Connections = { byPerson: new Map(), byKey: new Map(), keysOf: new Map() }
  const tell = makeLanes(ctx, sources, connections)
  const stopLive = ctx.streams.subscribe(LIVE, tell)
  const stopEnd = ctx.streams.subscribe(END, (ended) => endMatching(connections, ended))
  const subscribe = async (wire: Wire, asked: Asked) => {
    const hearing = readHearing(wire.viewer, asked)
    if (hearing.name === 'list' && !(await sources.mayHearList(ctx, hearing.accountId, hearing.param as Id)))
      throw new Refusal('unauthorized', 'Not authorized to stream this list')
    listen(connections, wire, hearing)
  }
  return {
    paths,
    subscribe,
    attend: (wire) => {
      enter(connections, wire)
      return {
        hear: (asked) => void answer(ctx, connections, { wire, asked, subscribe }),
        ended: () => leave(connections, wire),
      }
    },
    close: () => {
      stopLive()
      stopEnd()
    },
  }
}

type Words = { wire: Wire; asked: Asked; subscribe: LiveDoor['subscribe'] }

async function answer(ctx: Context, connections: Connections, { wire, asked, subscribe }: Words): Promise<void> {
  try {
    if (asked.type === 'subscribe') await subscribe(wire, asked)
    else if (asked.type === 'unsubscribe') unlisten(connections, wire, readHearing(wire.viewer, asked).key)
  } catch (error) {
    if (!(error instanceof Refusal)) ctx.log.error('a subscription failed', describeError(error))
    if (error instanceof Refusal) wire.complain(error.message, error.reason === 'unauthorized' ? 401 : 400)
    else wire.complain('Something went wrong on our side. It has been noted.', 500)
  }
}

function enter({ byPerson, keysOf }: Connections, wire: Wire): void {
  const own = byPerson.get(wire.viewer.accountId) ?? new Set()
  if (own.size >= MOST_PER_PERSON) throw new Refusal('tooMany', 'Too many open connections')
  byPerson.set(wire.viewer.accountId, own.add(wire))
  keysOf.set(wire, new Set())
}

function leave(connections: Connections, wire: Wire): void {
  const { byPerson, keysOf } = connections
  for (const key of keysOf.get(wire) ?? []) unlisten(connections, wire, key)
  keysOf.delete(wire)
  const own = byPerson.get(wire.viewer.accountId)
  own?.delete(wire)
  if (own?.size === 0) byPerson.delete(wire.viewer.accountId)
}

/** A connection that ended while its list was looked up listens to nothing. */
function listen({ byKey, keysOf }: Connections, wire: Wire, hearing: Hearing): void {
  const keys = keysOf.get(wire)
  if (!keys) return
  if (keys.size >= MOST_STREAMS) throw new Refusal('badRequest', 'Too many streams on one connection')
  keys.add(hearing.key)
  const listening = byKey.get(hearing.key) ?? { hearing, wires: new Set() }
  listening.wires.add(wire)
  byKey.set(hearing.key, listening)
}

function unlisten({ byKey, keysOf }: Connections, wire: Wire, key: string): void {
  keysOf.get(wire)?.delete(key)
  const listening = byKey.get(key)
  listening?.wires.delete(wire)
  if (listening?.wires.size === 0) byKey.delete(key)
}

function endMatching({ keysOf }: Connections, ended: Ended): void {
  const names = (['tokenId', 'sessionId', 'userId', 'accountId'] as const).filter((name) => ended[name] !== undefined)
  for (const wire of keysOf.keys()) {
    if (names.some((name) => wire.viewer[name] === ended[name])) wire.close('over')
  }
}

/** Events about one thing are told in their order; others need not wait for them. */
function makeLanes(ctx: Context, sources: Sources, { byKey }: Connections): (payload: StreamPayload) => void {
  const lanes = Array.from({ length: LANES }, () => ({ last: Promise.resolve(), waiting: 0 }))
  const tell = async (kind: string, facts: StreamPayload) => {
    const hearings = [...byKey.values()].map((listening) => listening.hearing)
    const heard = hearings.length > 0 ? await sources.presenters[kind]?.(ctx, facts, hearings) : undefined
    for (const { hearing, event, payload } of heard ?? []) {
      const message = { stream: hearing.stream, event, ...(payload === undefined ? {} : { payload }) }
      for (const wire of byKey.get(hearing.key)?.wires ?? []) wire.send(message)
    }
  }
  return (payload) => {
    const { kind, facts } = payload as { kind: string; facts: StreamPayload }
    if (byKey.size === 0) return
    const lane = lanes[laneOf(facts)]
    if (!lane || lane.waiting >= MOST_WAITING) return
    lane.waiting += 1
    lane.last = lane.last
      .then(() => tell(kind, facts))
      .catch((error: unknown) => ctx.log.error('a live event could not be told', { kind, ...describeError(error) }))
      .finally(() => {
        lane.waiting -= 1
      })
  }
}

function laneOf(facts: StreamPayload): number {
  const id = facts.statusId ?? facts.accountId
  return typeof id === 'string' ? Number(BigInt(id) % BigInt(LANES)) : 0
}
