import type { Context } from '#platform/context'
import { refuseField } from '../create-user.ts'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const OLDEST_YEARS = 150

/** Refuses whoever is younger than the team wants. The date is looked at here, and kept nowhere. */
export function requireAge(ctx: Context, minAge: number, dateOfBirth: string | undefined): void {
  if (minAge === 0) return
  const text = dateOfBirth?.trim() ?? ''
  if (text === '') throw refuseField('date_of_birth', 'ERR_BLANK', "can't be blank")
  const born = readDate(text)
  const today = ctx.clock.now().toISOString().slice(0, 10)
  if (born === undefined || born > today || born < minus(today, OLDEST_YEARS))
    throw refuseField('date_of_birth', 'ERR_INVALID', 'is not a date')
  if (born > minus(today, minAge)) throw refuseField('date_of_birth', 'ERR_BELOW_LIMIT', 'is below the age limit')
}

/** A day that there was: no 30th of February. */
function readDate(text: string): string | undefined {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined) return undefined
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  date.setUTCFullYear(Number(year))
  return date.toISOString().slice(0, 10) === text ? text : undefined
}

/** The same day some years before; days as text compare as they follow each other. */
const minus = (day: string, years: number) =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`
