import { openContext } from '#app/context'
import { readConfig } from '#platform/config'
import { makeLog } from '#platform/log'
import { print, type Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  usage: `hamlet migrate [--json]

Brings the database up to date. 'hamlet start' does this by itself.`,
  options: { json: { type: 'boolean' } },
  run: async (args) => {
    const open = await openContext({
      config: readConfig(),
      log: makeLog((line) => process.stderr.write(`${line}\n`), 'warn'),
    })
    await open.close()
    print(args, { applied: open.migrated }, open.migrated.length > 0 ? open.migrated : ['The database is up to date.'])
  },
}
