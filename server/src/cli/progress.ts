import type { Arguments } from './command.ts'

/** Says on standard error how far long work is: one line that is written over, and only where somebody looks. */
export function tellProgress(args: Arguments): (what: string, done: number, of: number) => void {
  if (args.flags.json || !process.stderr.isTTY) return () => {}
  return (what, done, of) => {
    process.stderr.write(`\r\u001B[K${what}: ${done} of ${of}${done === of ? '\n' : ''}`)
  }
}
