import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Halves the start of every command; the folder carries the user's id so that users do not collide.
enableCompileCache(join(tmpdir(), `hamlet-compile-${process.getuid?.() ?? 0}`))

const { runCommand } = await import('./cli/run.ts')
process.exitCode = await runCommand(process.argv.slice(2))
