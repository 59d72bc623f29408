import { Type } from 'typebox'
import { anyone, route, type Route } from '#platform/http'
import type { JobKind } from '#platform/jobs'
import type { FederationPorts } from '../ports.ts'
import { acceptActivity, isNewsOfStranger } from './receive.ts'
import { requireSigner } from './verify.ts'

const MAX_BYTES = 1024 * 1024

/** The shared inbox and everybody's own: who is meant, the activity says. */
export function inboxRoutes(
  ports: () => FederationPorts,
  receive: JobKind<{ inboundId: string; key: string }>,
): Route[] {
  const inbox = (path: string, params: Record<string, ReturnType<typeof Type.String>>) =>
    route({
      method: 'POST',
      path,
      summary: 'Take in an activity of another server',
      access: anyone,
      params: Type.Object(params),
      response: Type.Object({}),
      raw: { maxBytes: MAX_BYTES },
      handle: async ({ ctx, rawBody, rawHeaders, target, answer }) => {
        answer.status(202)
        if (await isNewsOfStranger(ctx, ports(), rawBody)) return {}
        const actor = await requireSigner(ctx, ports(), { method: 'POST', target, rawHeaders, body: rawBody })
        await acceptActivity(ctx, ports(), receive, { actorUri: actor, body: rawBody })
        return {}
      },
    })
  return [inbox('/inbox', {}), inbox('/actor/inbox', {}), inbox('/ap/users/:id/inbox', { id: Type.String() })]
}
