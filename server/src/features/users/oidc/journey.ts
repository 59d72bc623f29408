import type { Context } from '#platform/context'
import type { Claims, Journey } from '#platform/openid'

/** What a browser carries while somebody is away at another service, or chooses a name: closed, so that nobody writes it. */
export type Flow = { next: string; isAdding: boolean } & (
  | { kind: 'away'; journey: Journey; linkTo: string | null }
  | { kind: 'joining'; claims: Claims }
)

const LIVES_MS = 15 * 60_000
const CONTEXT = 'openid-flow'

export function closeFlow(ctx: Context, flow: Flow): string {
  return ctx.seal.seal(JSON.stringify({ flow, until: ctx.clock.now().getTime() + LIVES_MS }), CONTEXT)
}

/** Undefined when it is none of ours, too old, or about something else. */
export function openFlow<K extends Flow['kind']>(
  ctx: Context,
  text: string | undefined,
  kind: K,
): Extract<Flow, { kind: K }> | undefined {
  if (text === undefined) return undefined
  try {
    const { flow, until } = JSON.parse(ctx.seal.open(text, CONTEXT)) as { flow: Flow; until: number }
    if (flow.kind !== kind || until < ctx.clock.now().getTime()) return undefined
    return flow as Extract<Flow, { kind: K }>
  } catch {
    return undefined
  }
}
