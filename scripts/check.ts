/** The laws: format, lint, types, architecture. Runs them side by side and prints what each took. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const vitest = ['vitest', 'run', '--project', 'server', 'test/architecture.test.ts']
const steps: { name: string; command: string[] }[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'architecture', command: vitest },
  { name: 'messages', command: ['node', 'scripts/messages.ts', '--check'] },
]

async function runStep(step: (typeof steps)[number]): Promise<boolean> {
  const started = performance.now()
  const bin = join(root, 'node_modules/.bin', step.command[0] as string)
  // Called by path the tools would run under the system's Node, so ours goes first on PATH.
  const path = `${join(process.execPath, '..')}:${process.env.PATH}`
  const child = spawn(bin, step.command.slice(1), { cwd: root, env: { ...process.env, PATH: path } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise((done) => child.on('close', done).on('error', () => done(1)))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`check ${step.name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
  if (code !== 0) console.log(output)
  return code === 0
}

const results = await Promise.all(steps.map(runStep))
process.exitCode = results.every(Boolean) ? 0 : 1
