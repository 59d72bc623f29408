/** Everything that must hold: the laws, server and web tests, the journeys. Ends with one line of counts. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
/** Far more than any part takes: one that stands still is ended and told of, as it would else end without a word. */
const LIMIT_MS = 30 * 60_000
const COUNTS = /(?:^|\n)(?:journeys: )?(\d+) passed, (\d+) failed/g

type Result = { passed: number; failed: number }

/** Runs one part, shows its output with its own counts marked, and reads those counts. */
async function runPart(name: string, script: string[]): Promise<Result> {
  console.log(`== ${name}`)
  const started = performance.now()
  const child = spawn('npm', ['run', '--silent', ...script], { cwd: root, detached: true })
  let output = ''
  const show = (chunk: Buffer) => {
    output += chunk.toString()
    process.stdout.write(chunk.toString().replaceAll(/(^|\n)(\d+ passed, \d+ failed)/g, `$1${name}: $2`))
  }
  child.stdout.on('data', show)
  child.stderr.on('data', show)
  const end = (signal: NodeJS.Signals) => child.pid && process.kill(-child.pid, signal)
  const stop = (signal: NodeJS.Signals) => {
    end(signal)
    process.exit(1)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const timer = setTimeout(() => {
    console.log(`== ${name} was not over after ${LIMIT_MS / 60_000} min`)
    end('SIGKILL')
  }, LIMIT_MS)
  const code = await new Promise<number>((done) => {
    child.on('close', (status) => done(status ?? 1)).on('error', () => done(1))
    // Whatever it left running may hold the output open for good.
    child.on('exit', (status) => setTimeout(done, 5000, status ?? 1))
  })
  clearTimeout(timer)
  process.off('SIGINT', stop).off('SIGTERM', stop)
  const ended = code === 0 ? '' : `, ended with code ${code}`
  console.log(`== ${name} took ${((performance.now() - started) / 1000).toFixed(1)} s${ended}`)
  const counts = [...output.matchAll(COUNTS)].at(-1)
  const passed = counts ? Number(counts[1]) : code === 0 ? 1 : 0
  const failed = counts ? Number(counts[2]) : 0
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

const results: Result[] = []
results.push(await runPart('build', ['build']))
results.push(await runPart('check', ['check']))
results.push(await runPart('row types', ['db:types', '--', '--verify']))
results.push(await runPart('unit', ['test:unit']))
results.push(await runPart('e2e', ['test:e2e']))
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
