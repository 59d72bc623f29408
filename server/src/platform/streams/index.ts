/**
 * Live messages between the parts of a server, on all its processes. They may be lost, so they carry ids, and whoever
 * hears one reads the truth from the database. Between processes: NOTIFY, gathered for a few milliseconds.
 */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { listen, type Db, type Listener } from '#platform/db'
import { describeError, type Log } from '#platform/log'

/** Small and plain: ids, names of events. */
export type StreamPayload = Readonly<Record<string, unknown>>
export type Hear = (payload: StreamPayload) => void

export type Streams = {
  /** Tells every listener of a channel, here at once and elsewhere shortly. Call it after commit. */
  publish(channel: string, payload: StreamPayload): void
  /** Gives the function that ends it. */
  subscribe(channel: string, hear: Hear): () => void
  /** Begins to hear other processes; a command that only speaks need not. */
  listen(): Promise<void>
  close(): Promise<void>
}

export type StreamsOptions = { db: Db; url: string; log: Log }

const CHANNEL = 'hamlet_streams'
const GATHER_MS = 3
/** PostgreSQL takes less than 8000 bytes in one NOTIFY. */
const MAX_BYTES = 7500

type Message = { c: string; p: StreamPayload }

export function openStreams({ db, url, log }: StreamsOptions): Streams {
  const self = randomBytes(6).toString('hex')
  const listeners = new Map<string, Set<Hear>>()
  const tellHere = ({ c, p }: Message) => {
    for (const hear of listeners.get(c) ?? []) hear(p)
  }
  const outbox = makeOutbox(self, { db, log })
  const heard = (text: string) => {
    const { from, messages } = JSON.parse(text) as { from: string; messages: Message[] }
    if (from !== self) for (const message of messages) tellHere(message)
  }
  let listener: Listener | undefined
  return {
    publish: (channel, payload) => {
      tellHere({ c: channel, p: payload })
      outbox.add({ c: channel, p: payload })
    },
    subscribe: (channel, hear) => {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(hear))
      return () => {
        set.delete(hear)
        if (set.size === 0 && listeners.get(channel) === set) listeners.delete(channel)
      }
    },
    listen: async () => {
      listener ??= await listen(url, log, CHANNEL, heard)
    },
    close: async () => {
      await outbox.close()
      await listener?.close()
    },
  }
}

function makeOutbox(self: string, { db, log }: { db: Db; log: Log }) {
  let waiting: Message[] = []
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<unknown> = Promise.resolve()
  const flush = () => {
    timer = undefined
    const texts = pack(self, waiting)
    waiting = []
    sending = Promise.all(texts.map((text) => sql`select pg_notify(${CHANNEL}, ${text})`.execute(db))).catch(
      (error: unknown) => log.warn('other processes could not be told', describeError(error)),
    )
  }
  return {
    add: (message: Message) => {
      waiting.push(message)
      timer ??= setTimeout(flush, GATHER_MS)
    },
    close: async () => {
      clearTimeout(timer)
      if (waiting.length > 0) flush()
      await sending
    },
  }
}

/** As few texts as hold all messages; one that is too large for any is a mistake of the sender. */
function pack(self: string, messages: readonly Message[]): string[] {
  const texts: string[] = []
  let group: Message[] = []
  let bytes = 0
  const close = () => {
    if (group.length > 0) texts.push(JSON.stringify({ from: self, messages: group }))
    group = []
    bytes = 0
  }
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1
    if (size > MAX_BYTES - 100) throw new Error(`A live message on ${message.c} is too large`)
    if (bytes + size > MAX_BYTES - 100) close()
    group.push(message)
    bytes += size
  }
  close()
  return texts
}
