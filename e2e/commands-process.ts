/** Runs commands that its parent sends, as `hamlet` would, and answers with what they printed. */
import { runCommand } from '../server/src/cli/run.ts'

process.on('message', (args: string[]) => void run(args))

async function run(args: string[]): Promise<void> {
  const printed = { stdout: '', stderr: '' }
  const write = { stdout: process.stdout.write, stderr: process.stderr.write }
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (chunk: string | Uint8Array) => {
      printed[name] += chunk.toString()
      return true
    }
  const code = await runCommand(args)
  for (const name of ['stdout', 'stderr'] as const) process[name].write = write[name]
  process.send?.({ code, out: printed.stdout, error: printed.stderr })
}
