/** Proves on two real towns what this server promises: nothing lost, doubled or leaked, and nothing forged believed. */
import { readArguments } from './arguments.ts'
import { runTool } from './lifetime.ts'
import { countPosts, KILLS, postThroughCrashes } from './proof/crashes.ts'
import { faceHostility } from './proof/hostility.ts'
import { prepareWalk, walkPrivacy } from './proof/privacy.ts'
import { isProven, renderProof, type Findings } from './proof/report.ts'
import { startTown, untilQuiet } from './proof/towns.ts'

const usage = `npm run proof

Starts two towns as separate server processes and proves, in about 90 seconds:
  - posts survive kill -9: none lost, none doubled, in their town and in the other
  - forgeries of a hostile server are refused, write nothing, and send the town to no private address
  - every post is shown to whom it is for, on every way to read it, in both towns

Prints one table (Markdown) and ends with 1 when anything was lost, doubled, leaked or believed.
What it is at goes to standard error. It leaves neither processes nor folders behind.`

/** Deliveries that a killed process had in hand come back after their lease of 30 s; then they must go. */
const QUIET_TIMEOUT_MS = 90_000

const started = performance.now()
const seconds = (from: number) => (performance.now() - from) / 1000
const say = (line: string) => process.stderr.write(`${seconds(started).toFixed(1).padStart(5)} s  ${line}\n`)

async function timed<T>(run: () => Promise<T>): Promise<T & { seconds: number }> {
  const from = performance.now()
  const result = await run()
  return { ...result, seconds: seconds(from) }
}

/** Posts for the readers have arrived before anything is killed; while leases of the killed run out, they are read. */
async function prove(stack: AsyncDisposableStack): Promise<number> {
  say('starting two towns')
  const [a, b] = await Promise.all([startTown(stack), startTown(stack)])
  say(`A is ${a.process.url}, B is ${b.process.url}`)
  const walks = await Promise.all([prepareWalk(a, b, 'a'), prepareWalk(b, a, 'b')])
  const hostility = await timed(() => faceHostility(stack, a))
  say(`${hostility.forgeries} forgeries and ${hostility.baits} baits were tried`)
  const crashesFrom = performance.now()
  const posted = await postThroughCrashes(a, b, say)
  const privacyFrom = performance.now()
  const privacy = await Promise.all(walks.map(walkPrivacy))
  const privacySeconds = seconds(privacyFrom)
  say('audiences were tried; waiting for what the killed had in hand')
  if (!(await untilQuiet(a, b, QUIET_TIMEOUT_MS))) say('the towns did not come to rest; counting what is there')
  const crashes = { ...(await countPosts(posted)), kills: KILLS, seconds: seconds(crashesFrom) }
  const findings: Findings = { crashes, hostility, privacy, privacySeconds }
  console.log(renderProof(findings, seconds(started)))
  return isProven(findings) ? 0 : 1
}

const { values } = readArguments({ options: { help: { type: 'boolean' } } })
if (values.help) console.log(usage)
else await runTool(prove)
