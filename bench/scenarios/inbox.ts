import { until } from '../../scripts/api.ts'
import type { Inside, Person } from '../../scripts/inside.ts'
import { signRequest } from '../../server/src/federation/signatures/index.ts'
import { startPeer, type Peer } from '../../server/test/peer.ts'
import { createOf, noteBy } from '../../scripts/proof/forgeries.ts'
import { floors } from '../floors.ts'
import { load, sendAll, type Shot } from '../load.ts'
import { requireAnswered, SENDERS, startTown, type Scenario } from '../scenario.ts'

const SENDING_ACTORS = 10
const DRAIN_TIMEOUT_MS = 5 * 60_000
/** How long the burst is, in activities per second of the usual load: the burst of T-03. */
const BURST_PER_SECOND = 1000

/** Signed posts of another server that name a member: taken in, judged, stored, and the member told. */
export const inbox: Scenario = {
  name: 'inbox',
  what: 'taking in signed activities of other servers',
  run: async (stage) => {
    const { town, inside } = await startTown(stage)
    const { member } = await inside.people('member')
    const peer = stage.stack.use(await startPeer())
    const pace = floors['inbox.rate']?.atLeast ?? 0
    const actors = Array.from({ length: SENDING_ACTORS }, (_, index) => peer.addActor(`actor${index}`))
    // Their keys are known before it counts: a server meets a stranger once.
    for (const actor of actors) await peer.send(`${town.url}/inbox`, createOf(actor, noteBy(actor, member)), actor)
    await untilHandled(inside)
    const burst = await signMany(actors, member, stage.seconds * BURST_PER_SECOND)
    const from = performance.now()
    const target = { url: town.url, senders: SENDERS, status: 202 }
    const sent = await sendAll(target, burst)
    await untilHandled(inside)
    const rate = (burst.length * 1000) / (performance.now() - from)
    const steady = await signMany(actors, member, (stage.seconds + 2) * pace)
    const paced = await load({
      ...target,
      seconds: stage.seconds,
      perSecond: pace,
      next: (number) => steady[number] as Shot,
    })
    requireAnswered('inbox', sent.failed + paced.failed)
    return [
      {
        id: 'inbox.rate',
        what: 'activities until handled, at most',
        value: rate,
        unit: 'activities/s',
        limit: 'verify',
      },
      { id: 'inbox.accepted', what: 'of these acknowledged', value: sent.rate, unit: 'activities/s', limit: 'commit' },
      { id: 'inbox.p95', what: `inbox at ${pace}/s, p95 to the 202`, value: paced.p95, unit: 'ms' },
    ]
  },
}

/** Signed before it counts: what the other servers spend on it is theirs. */
async function signMany(actors: ReturnType<Peer['addActor']>[], member: Person, count: number): Promise<Shot[]> {
  const url = `${member.url}/inbox`
  const type = { 'content-type': 'application/activity+json' }
  const shots: Shot[] = []
  for (let number = 0; number < count; number += 1) {
    const actor = actors[number % actors.length] as ReturnType<Peer['addActor']>
    const body = Buffer.from(JSON.stringify(createOf(actor, noteBy(actor, member))))
    const keyId = `${actor.id}#main-key`
    const { Host: _, ...signed } = await signRequest({
      method: 'POST',
      url,
      body,
      keyId,
      privateKey: actor.key,
      date: new Date(),
      headers: type,
    })
    shots.push({ method: 'POST', path: '/inbox', headers: { ...type, ...signed }, body })
  }
  return shots
}

const untilHandled = (inside: Inside) =>
  until('all that arrived is handled', async () => (await inside.countOpenWork('', 'all')) === 0, DRAIN_TIMEOUT_MS)
