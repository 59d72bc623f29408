import { openContext } from '#app/context'
import { readConfig } from '#platform/config'
import { makeLog } from '#platform/log'
import { print, type Arguments } from './command.ts'

export async function migrateDatabase(args: Arguments): Promise<void> {
  const open = await openContext({
    config: readConfig(),
    log: makeLog((line) => process.stderr.write(`${line}\n`), 'warn'),
  })
  await open.close()
  print(args, { applied: open.migrated }, open.migrated.length > 0 ? open.migrated : ['The database is up to date.'])
}
