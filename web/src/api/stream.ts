import { actingAs } from './request.ts'

/**
 * Live events of the signed-in person, over one socket that opens itself anew. What is lost while it is shut, the next
 * read brings: the event `reopened` says when to read.
 */
export type StreamEvent = { stream: string[]; event: string; payload: string }
type Hear = (event: StreamEvent) => void

const listeners = new Set<Hear>()
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000
let socket: WebSocket | undefined
let pauseMs = FIRST_PAUSE_MS
let wasOpen = false
const wanted = new Map<string, Record<string, string>>()

/** Hears events; the socket lives as long as somebody listens. Gives the function that ends it. */
export function hearStream(stream: Record<string, string>, hear: Hear): () => void {
  const key = JSON.stringify(stream)
  listeners.add(hear)
  wanted.set(key, stream)
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'subscribe', ...stream }))
  else open()
  return () => {
    listeners.delete(hear)
    if (listeners.size === 0) {
      wanted.clear()
      socket?.close()
      socket = undefined
    }
  }
}

function open(): void {
  if (socket || typeof WebSocket === 'undefined') return
  const whose = new URLSearchParams(actingAs()).toString()
  const fresh = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/streaming${whose && `?${whose}`}`)
  socket = fresh
  fresh.addEventListener('open', () => {
    pauseMs = FIRST_PAUSE_MS
    for (const stream of wanted.values()) fresh.send(JSON.stringify({ type: 'subscribe', ...stream }))
    if (wasOpen) for (const hear of listeners) hear({ stream: [], event: 'reopened', payload: '' })
    wasOpen = true
  })
  fresh.addEventListener('message', (message: MessageEvent<string>) => {
    const event = readEvent(message.data)
    if (event) for (const hear of listeners) hear(event)
  })
  fresh.addEventListener('close', () => {
    if (socket === fresh) socket = undefined
    if (listeners.size === 0) return
    setTimeout(open, pauseMs * (0.75 + Math.random() / 2))
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  })
}

function readEvent(text: string): StreamEvent | undefined {
  try {
    const event = JSON.parse(text) as StreamEvent
    return typeof event.event === 'string' ? event : undefined
  } catch {
    return undefined
  }
}
