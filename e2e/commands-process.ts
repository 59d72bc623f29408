/** Runs commands that its parent sends, one after the other, as `hamlet` would, and answers with what they printed. */
import { runCommand } from '../server/src/cli/run.ts'

let printed = { stdout: '', stderr: '' }
for (const name of ['stdout', 'stderr'] as const)
  process[name].write = (chunk: string | Uint8Array) => {
    printed[name] += chunk.toString()
    return true
  }

process.on('message', (args: string[]) => void run(args))

async function run(args: string[]): Promise<void> {
  printed = { stdout: '', stderr: '' }
  const code = await runCommand(args)
  process.send?.({ code, out: printed.stdout, error: printed.stderr })
}
