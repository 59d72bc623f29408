import { openContext, type ContextOptions } from '#app/context'
import { readConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { makeLog } from '#platform/log'

/** Runs a command with the database up, whether or not the server runs beside it. */
export async function withContext<T>(
  run: (ctx: Context) => Promise<T>,
  options: Pick<ContextOptions, 'ensureDomain'> = {},
): Promise<T> {
  const log = makeLog((line) => process.stderr.write(`${line}\n`), 'warn')
  const open = await openContext({ config: readConfig(), log, ...options })
  try {
    return await run(open.ctx)
  } finally {
    await open.close()
  }
}
