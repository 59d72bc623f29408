import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Reads a tool's arguments; what is wrong with them is one line that says where to look. */
export function readArguments<T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config)
  } catch (error) {
    return refuseArguments((error as Error).message)
  }
}

export function refuseArguments(message: string): never {
  const [line = ''] = message.split('\n')
  console.error(`${line.replace(/\.$/, '')}. See --help.`)
  process.exit(2)
}
