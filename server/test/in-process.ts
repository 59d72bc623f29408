import { vi } from 'vitest'
import { runCommand } from '../src/cli/run.ts'

export type Ended = { code: number; out: string; error: string }

/** A `hamlet` command in this process: loading the server costs more than all that a command does. */
export async function runInProcess(args: string[], environment: Record<string, string>): Promise<Ended> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const said = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += chunk.toString()
      return true
    }),
  )
  try {
    return { code: await runCommand(args), out: said.stdout, error: said.stderr }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}
