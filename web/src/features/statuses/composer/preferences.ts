import { me } from '../../../app/session.ts'

/** What this browser remembers of how somebody writes. */
const HOLD = 'hamlet-hold-seconds'
const warnings = () => `hamlet-warnings-${me.peek().id}`
const MOST_WARNINGS = 8
const USUAL_HOLD = 5

/** For how many seconds a post can be taken back; 0 sends at once. */
export const holdChoices = [0, 5, 8, 15, 30]

export function holdSeconds(): number {
  const kept = Number(localStorage.getItem(HOLD) ?? USUAL_HOLD)
  return holdChoices.includes(kept) ? kept : USUAL_HOLD
}

export function keepHoldSeconds(seconds: number): void {
  localStorage.setItem(HOLD, String(seconds))
}

/** Own warnings, the latest first. */
export function recentWarnings(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(warnings()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export function keepWarning(text: string): void {
  if (text.trim() === '') return
  const rest = recentWarnings().filter((one) => one !== text)
  localStorage.setItem(warnings(), JSON.stringify([text, ...rest].slice(0, MOST_WARNINGS)))
}
