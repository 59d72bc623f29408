/** The budgets of the web app (web-spec 13), measured in a browser against a server with posts: `npm run web:budget`. */
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { parseArgs } from 'node:util'
import { openBrowser } from '../browser.ts'
import { startTown } from '../town.ts'
import { measureActing } from './acting.ts'
import { measureLoad } from './load.ts'
import { isBroken, renderTable, type Measure } from './measure.ts'
import { measureReading } from './reading.ts'
import { measureServing } from './serving.ts'
import { furnish } from './stage.ts'

setDefaultAutoSelectFamilyAttemptTimeout(10_000)

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '1200' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(`npm run web:budget -- [--posts N] [--rounds N]

Measures the web app in Chromium: first load on a slow phone (390x844, a quarter of the processor, 1,600 kbit/s, 150 ms, empty
cache, median of --rounds), scrolling past --posts posts, presses and typing, pages as they are served. Prints a table
with the gates of the specification, and ends with 1 when one is broken. Nothing else should run on the machine.`)
  process.exit(0)
}

const opened = await openBrowser()
const town = await startTown()
const say = (words: string) => process.stderr.write(`${words} …\n`)
const measures: Measure[] = []
try {
  say(`writing ${values.posts} posts`)
  const stage = await furnish(opened.browser, town, Number(values.posts))
  say('first load')
  measures.push(...(await measureLoad(stage, Number(values.rounds))))
  say('presses and keys')
  measures.push(...(await measureActing(stage)))
  say('reading on')
  measures.push(...(await measureReading(stage, Number(values.posts))))
  say('serving')
  measures.push(...(await measureServing(stage)))
} finally {
  await town.stop()
  await opened.close()
}
console.log(renderTable(measures))
const broken = measures.filter(isBroken)
for (const { name } of broken) console.log(`over its gate: ${name}`)
process.exitCode = broken.length > 0 ? 1 : 0
