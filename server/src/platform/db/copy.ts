import { once } from 'node:events'
import type { Socket } from 'node:net'
import type pg from 'pg'

/** What `pg` gives to whoever speaks the protocol for one statement (its own types leave most of it out). */
type Wire = {
  stream: Socket
  query(text: string): void
  sync(): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

const GATHERED_BYTES = 1024 ** 2

/**
 * Runs one `COPY … TO STDOUT`. Rows are handed on about a megabyte at a time, and the database waits while `take` is
 * busy. Gives how many rows there were.
 */
export function copyOut(client: pg.Client, statement: string, take: (rows: Buffer) => Promise<void>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let gathered: Buffer[] = []
  let bytes = 0
  let rows = 0
  let isBusy = false
  let isOver = false
  let failure: Error | undefined
  const settle = () => (failure ? reject(failure) : resolve(rows))
  const hand = async (wire: Wire) => {
    isBusy = true
    wire.stream.pause()
    while (bytes >= GATHERED_BYTES || (isOver && bytes > 0)) {
      const chunk = Buffer.concat(gathered)
      gathered = []
      bytes = 0
      // oxlint-disable-next-line no-await-in-loop -- what came meanwhile is handed on after this
      if (!failure) await take(chunk).catch((error: Error) => (failure = error))
    }
    isBusy = false
    wire.stream.resume()
    if (isOver) settle()
  }
  send(client, {
    submit: (wire) => wire.query(statement),
    handleCopyData: (message, wire) => {
      // `pg` goes on to use the memory behind a message for the next ones.
      gathered.push(Buffer.from(message.chunk))
      bytes += message.chunk.length
      if (bytes >= GATHERED_BYTES && !isBusy) void hand(wire)
    },
    handleCommandComplete: (message) => (rows = Number(/\d+$/.exec(message.text)?.[0] ?? 0)),
    // After a failure `pg` says nothing more of this statement.
    handleError: (error) => reject((failure ??= error)),
    handleReadyForQuery: (wire) => {
      isOver = true
      if (!isBusy) void hand(wire)
    },
  })
  return promise
}

/** Runs one `COPY … FROM STDIN` over what `chunks` gives. Gives how many rows were written. */
export function copyIn(client: pg.Client, statement: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let rows = 0
  let failure: Error | undefined
  const pump = async (wire: Wire) => {
    try {
      for await (const chunk of chunks) {
        if (failure) return
        wire.sendCopyFromChunk(chunk)
        if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain')
      }
      wire.endCopyFrom()
    } catch (error) {
      failure ??= error as Error
      wire.sendCopyFail('the rows could not be read')
    }
  }
  send(client, {
    submit: (wire) => wire.query(statement),
    handleCopyInResponse: (wire) => void pump(wire),
    handleCommandComplete: (message) => (rows = Number(/\d+$/.exec(message.text)?.[0] ?? 0)),
    handleError: (error) => reject((failure ??= error)),
    handleReadyForQuery: () => resolve(rows),
  })
  return promise
}

type Conversation = {
  submit(wire: Wire): void
  handleCopyData?(message: { chunk: Buffer }, wire: Wire): void
  handleCopyInResponse?(wire: Wire): void
  handleCommandComplete(message: { text: string }): void
  handleError(error: Error): void
  handleReadyForQuery(wire: Wire): void
}

/** `pg` hands every message about the statement under way to the object that began it. */
function send(client: pg.Client, conversation: Conversation): void {
  const rest = { handleRowDescription() {}, handleDataRow() {}, handlePortalSuspended() {}, handleEmptyQuery() {} }
  client.query({ ...rest, ...conversation } as unknown as pg.Submittable)
}
