import { sql } from 'kysely'
import { startPeer } from '../../server/test/peer.ts'
import { act, comesTrue, follow, until } from '../api.ts'
import { layBaits, startCanary, startRedirector } from './baits.ts'
import { actOf, createOf, forbiddenLies, noteBy, rubbish, unprovenLies, type Cast, type Lie } from './forgeries.ts'
import type { Town } from './towns.ts'

export type HostilityResult = {
  forgeries: number
  /** Not refused: answered as if it were true at the door, or written. */
  believed: string[]
  /** Rows that are there, gone or changed because of forgeries. */
  written: number
  baits: number
  privateRequests: number
}

/** A peer lies to a town in every way that it knows, then tries to send it to a private address. */
export async function faceHostility(stack: AsyncDisposableStack, town: Town): Promise<HostilityResult> {
  const cast = await gather(stack, town)
  await requireHonestBelieved(cast, town)
  const believed: string[] = []
  let written = 0
  const unproven = unprovenLies(cast)
  const forbidden = forbiddenLies(cast)
  const judge = async (name: string, isRefused: boolean, before: Set<string>) => {
    const rows = countChanges(before, await readRows(town))
    written += rows
    if (!isRefused || rows > 0) believed.push(name)
  }
  for (const lie of unproven) {
    const before = await readRows(town)
    const status = await tell(cast, lie)
    await untilHandled(town)
    await judge(lie.name, status >= 400 && status < 500, before)
  }
  for (const [name, bytes] of rubbish) {
    const before = await readRows(town)
    const status = await cast.peer.sendRaw(`${cast.victim.url}/inbox`, Buffer.from(bytes), cast.bram)
    await judge(name, status >= 400 && status < 500, before)
  }
  for (const lie of forbidden) {
    const before = await readRows(town)
    await tell(cast, lie)
    await untilHandled(town)
    await judge(lie.name, true, before)
  }
  const canary = stack.use(await startCanary())
  const redirector = stack.use(await startRedirector(`http://127.0.0.9:${canary.port}/redirected`))
  const baits = await layBaits(cast, canary, redirector.url)
  await untilHandled(town)
  const forgeries = unproven.length + rubbish.length + forbidden.length
  return { forgeries, believed, written, baits, privateRequests: canary.connections() }
}

const tell = (cast: Cast, lie: Lie) => cast.peer.send(`${cast.victim.url}/inbox`, lie.body, lie.as, lie.change)

/** An honest neighbour whom the town knows, a liar whom it knows too, and a member with something to lose. */
async function gather(stack: AsyncDisposableStack, town: Town): Promise<Cast> {
  const peer = stack.use(await startPeer())
  const { victim } = await town.inside.people('victim')
  const bram = peer.addActor('bram')
  const mallory = peer.addActor('mallory')
  const inbox = `${victim.url}/inbox`
  await act(victim, '/api/v1/statuses', { status: 'hello, neighbours' })
  const secret = await act(victim, '/api/v1/statuses', { status: 'for followers', visibility: 'private' })
  const bramsFollow = actOf(bram, 'Follow', victim.uri)
  await peer.send(inbox, bramsFollow, bram)
  await peer.send(inbox, { ...actOf(mallory, 'Nothing', victim.uri) }, mallory)
  const answering = answerFollow(peer, bram, inbox)
  await follow(victim, `bram@${peer.host}`)
  await answering
  const bramsPost = noteBy(bram, victim)
  await peer.send(inbox, createOf(bram, bramsPost), bram)
  await untilHandled(town)
  return { peer, bram, mallory, victim, bramsPost, bramsFollow, privatePost: secret.uri }
}

/** Refusals prove nothing where the truth is refused too: an honest post is written, and seen to be. */
async function requireHonestBelieved({ peer, bram, victim }: Cast, town: Town): Promise<void> {
  const before = await readRows(town)
  const status = await peer.send(`${victim.url}/inbox`, createOf(bram, noteBy(bram, victim)), bram)
  await untilHandled(town)
  const isWritten = countChanges(before, await readRows(town)) > 0
  if (status !== 202 || !isWritten) throw new Error(`An honest post was answered ${status} and not believed`)
}

/** Accepts the follow that the town will send. */
async function answerFollow(peer: Cast['peer'], bram: Cast['bram'], inbox: string): Promise<void> {
  const asked = () =>
    peer.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body) as { type: string })
      .find(({ type }) => type === 'Follow')
  await until('bram is asked', async () => asked() !== undefined)
  await peer.send(inbox, actOf(bram, 'Accept', asked()), bram)
}

/** What lies could change: every row of these tables, by what stands in it. */
async function readRows(town: Town): Promise<Set<string>> {
  const whole = ['statuses', 'follows', 'favourites', 'blocks', 'notifications', 'reports', 'mentions', 'status_edits']
  const parts = whole.map((table) => sql`select ${sql.lit(table)} || md5(t::text) as row from ${sql.table(table)} t`)
  // When an account was last looked at may change: who it is may not.
  const people = sql`select 'accounts' || md5((a.id, a.username, a.display_name, a.note, a.inbox_url, a.suspended_at)::text) as row from accounts a`
  const found = await sql<{ row: string }>`${sql.join([...parts, people], sql` union all `)}`.execute(
    town.inside.ctx.db,
  )
  return new Set(found.rows.map(({ row }) => row))
}

const countChanges = (before: Set<string>, after: Set<string>) => before.symmetricDifference(after).size

/** A lie that is believed may leave work which waits for what does not exist: it shows in the rows, not here. */
const HANDLED_TIMEOUT_MS = 10_000

/** Waits until the town has done all that it does at once about what it was sent; what it could not reach it tries again later. */
const untilHandled = (town: Town) =>
  comesTrue(async () => (await town.inside.countOpenWork('', 'due')) === 0, HANDLED_TIMEOUT_MS)
