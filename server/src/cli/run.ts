import { Refusal } from '#lib/refusal'
import { accountsCreate } from './accounts.ts'
import { readArguments, type Command } from './command.ts'
import { demoLoad, demoRemove } from './demo.ts'
import { doctor } from './doctor.ts'
import { domainSet } from './domain.ts'
import { migrateCommand } from './migrate.ts'
import { settingsGet, settingsSet } from './settings.ts'
import { start } from './start.ts'
import { tokensCreate } from './tokens.ts'

const commands: Command[] = [
  start,
  migrateCommand,
  accountsCreate,
  tokensCreate,
  settingsGet,
  settingsSet,
  domainSet,
  demoLoad,
  demoRemove,
  doctor,
]

const overview = `hamlet: a social network server

  hamlet <command> [--help]

${commands.map((command) => `  ${command.usage.split('\n')[0]}`).join('\n')}
`

/** Finds and runs a command; gives the exit code. Errors are one line that says what to do. */
export async function runCommand(argv: string[]): Promise<number> {
  const command = commands.find((known) => {
    const words = known.name.split(' ')
    return words.every((word, index) => argv[index] === word)
  })
  if (!command) {
    const isHelp = argv.length === 0 || argv.includes('--help') || argv[0] === 'help'
    process[isHelp ? 'stdout' : 'stderr'].write(
      isHelp ? overview : `hamlet: there is no command "${argv.join(' ')}". See 'hamlet --help'.\n`,
    )
    return isHelp ? 0 : 2
  }
  try {
    const args = readArguments(command, argv.slice(command.name.split(' ').length))
    if (args.flags.help) process.stdout.write(`${command.usage}\n`)
    else await command.run(args)
    return 0
  } catch (error) {
    process.stderr.write(
      `hamlet: ${error instanceof Refusal ? error.message : ((error as Error).stack ?? String(error))}\n`,
    )
    return 1
  }
}
