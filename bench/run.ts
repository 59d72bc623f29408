/** Measures a server on this machine, beside what the machine can do at all. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { readArguments, refuseArguments } from '../scripts/arguments.ts'
import { runTool } from '../scripts/lifetime.ts'
import { findBroken, renderFigures, type Figure } from './figure.ts'
import { limitNames, measureMachine, type Limits } from './machine.ts'
import { startTown, type Scenario, type Stage } from './scenario.ts'
import { backup } from './scenarios/backup.ts'
import { deliveries } from './scenarios/deliveries.ts'
import { home } from './scenarios/home.ts'
import { inbox } from './scenarios/inbox.ts'
import { memory } from './scenarios/memory.ts'
import { posts } from './scenarios/posts.ts'
import { search } from './scenarios/search.ts'
import { start } from './scenarios/start.ts'

const scenarios: readonly Scenario[] = [start, memory, home, posts, search, inbox, deliveries, backup]
const USUAL_SECONDS = 10
/** The machine's own limits settle quickly. */
const LIMIT_SECONDS = 2

const usage = `npm run bench -- [scenario …] [--seconds N] [--json] [--check]

Measures a server on this machine, each scenario with a town of its own, and prints a table (Markdown) of figures beside
what the machine can do at all, measured in the same run. Client and server share the machine, so nothing else should run.

${scenarios.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n')}

  --seconds  how long each load lasts (default: ${USUAL_SECONDS})
  --json     print one JSON object in place of the table
  --check    compare with the floors in bench/floors.ts, and end with 1 below one`

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: String(USUAL_SECONDS) },
    json: { type: 'boolean' },
    check: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown !== undefined) refuseArguments(`There is no scenario "${unknown}".`)
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name))
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0)) refuseArguments('--seconds is a number above 0.')
  return seconds
}

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Runs something on a stage of its own, which is cleared before the next. */
async function onStage<T>(outer: AsyncDisposableStack, seconds: number, run: (stage: Stage) => Promise<T>): Promise<T> {
  const stack = outer.use(new AsyncDisposableStack())
  try {
    return await run({ stack, seconds })
  } finally {
    await stack.disposeAsync()
  }
}

async function measureLimits(stage: Stage): Promise<Limits> {
  const { inside } = await startTown(stage)
  return measureMachine(inside, stage.seconds)
}

function render(figures: readonly Figure[], limits: Limits): string {
  const machine = {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
  }
  if (values.json) return JSON.stringify({ machine, limits, figures })
  const limitLine = Object.entries(limits).map(
    ([name, value]) => `${limitNames[name as keyof Limits]} ${Math.round(value)}/s`,
  )
  const where = `${machine.date}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}.`
  return `${renderFigures(figures, limits)}\n\n${where} The machine: ${limitLine.join(', ')}.`
}

async function bench(stack: AsyncDisposableStack): Promise<number> {
  const chosen = chooseScenarios(positionals)
  const seconds = readSeconds(values.seconds)
  say('the machine …')
  const limits = await onStage(stack, LIMIT_SECONDS, measureLimits)
  const figures: Figure[] = []
  for (const scenario of chosen) {
    say(`${scenario.name}: ${scenario.what} …`)
    figures.push(...(await onStage(stack, seconds, scenario.run)))
  }
  console.log(render(figures, limits))
  if (!values.check) return 0
  const broken = findBroken(figures)
  for (const line of broken) say(`below its floor: ${line}`)
  return broken.length > 0 ? 1 : 0
}

if (values.help) console.log(usage)
else await runTool(bench)
