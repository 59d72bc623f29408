import type { UserViewer } from './route.ts'

/** What a listener hears on one of its streams (mastodon-api 1.22). An event without a payload is a mere hint. */
export type LiveMessage = { stream: readonly string[]; event: string; payload?: string }

/** Why a connection ends: the process stops, its person may listen no longer, or it asks too much. */
export type WireEnd = 'restart' | 'over' | 'policy'

/** One open connection to a listener, whatever carries it. */
export type Wire = {
  viewer: UserViewer
  send(message: LiveMessage): void
  /** Says no to what a client asked; the connection stays. */
  complain(error: string, status: number): void
  close(why: WireEnd): void
}

/** What a client asks for: a stream by name, with its list or tag. */
export type Asked = Record<string, unknown>

/** How the server hands a connection's words and end on. */
export type Attended = { hear(asked: Asked): void; ended(): void }

/** The port that the room streaming fills. */
export type LiveDoor = {
  /** Streams that have an address of their own, for server-sent events. */
  paths: Readonly<Record<string, string>>
  /** Refuses a person who holds too many connections. */
  attend(wire: Wire): Attended
  /** Subscribes before the answer begins, so that a wrong name is refused in the answer's status. */
  subscribe(wire: Wire, asked: Asked): Promise<void>
}
