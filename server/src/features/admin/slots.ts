const SLOT_MS = 5 * 60_000

/** The beginning of the five minutes that a moment lies in. */
export function slotOf(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / SLOT_MS) * SLOT_MS).toISOString()
}

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** All days from one to another, both of them with. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(first); at <= Date.parse(last); at += 24 * 3_600_000) days.push(dayOf(new Date(at)))
  return days
}
