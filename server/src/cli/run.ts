import { Refusal } from '#lib/refusal'
import { readArguments } from './command.ts'
import { commands } from './commands.ts'
import { readVersion } from './version.ts'

const overview = `hamlet: a social network server

  hamlet <command> [--help]
  hamlet --version

${commands.map((command) => `  ${command.usage.split('\n')[0]}`).join('\n')}
`

/** Finds and runs a command; gives the exit code. Errors are one line that says what to do. */
export async function runCommand(argv: string[]): Promise<number> {
  const command = commands.find((known) => {
    const words = known.name.split(' ')
    return words.every((word, index) => argv[index] === word)
  })
  if (!command) return answerWithoutCommand(argv)
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

function answerWithoutCommand(argv: string[]): number {
  if (argv.length === 0 || argv.includes('--help') || argv[0] === 'help') {
    process.stdout.write(overview)
    return 0
  }
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`hamlet ${readVersion()}\n`)
    return 0
  }
  process.stderr.write(`hamlet: there is no command "${argv.join(' ')}". See 'hamlet --help'.\n`)
  return 2
}
