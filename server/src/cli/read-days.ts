import { Refusal } from '#lib/refusal'
import type { Arguments } from './command.ts'

/** `--days`, a whole number from 0 on. */
export function readDays(args: Arguments, usual: number): number {
  const { days } = args.flags
  if (typeof days !== 'string') return usual
  if (!/^\d{1,5}$/.test(days)) throw new Refusal('invalid', `--days "${days}" is no number of days.`)
  return Number(days)
}
