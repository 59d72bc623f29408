import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Refusal } from '#lib/refusal'

export type Options = NonNullable<ParseArgsConfig['options']>
export type Arguments = { words: string[]; flags: Record<string, string | boolean | undefined> }

/** One command of `hamlet`. `usage` is what `--help` prints. */
export type Command = {
  name: string
  usage: string
  options: Options
  run(args: Arguments): Promise<void>
}

export function readArguments(command: Command, argv: string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { ...command.options, help: { type: 'boolean' } },
      allowPositionals: true,
    })
    return { words: positionals, flags: values }
  } catch (cause) {
    throw new Refusal('invalid', `${(cause as Error).message.split('\n')[0]} See 'hamlet ${command.name} --help'.`, {
      cause,
    })
  }
}

export function requireWord(args: Arguments, index: number, what: string): string {
  const word = args.words[index]
  if (word === undefined) throw new Refusal('invalid', `Say ${what}. Add --help to see how.`)
  return word
}

export function requireFlag(args: Arguments, name: string): string {
  const value = args.flags[name]
  if (typeof value !== 'string' || value === '')
    throw new Refusal('invalid', `--${name} is missing. Add --help to see how.`)
  return value
}

/** One JSON object for programs, or lines for people. */
export function print(args: Arguments, value: Record<string, unknown>, lines: string[]): void {
  process.stdout.write(args.flags.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`)
}
